"""Asking a provider over HTTP: short waits, small answers, no redirects, TLS or this machine."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx

from modules.identity.providers import near, safe_url
from modules.identity.refusing import Refused, Told

WAIT = httpx.Timeout(8.0, connect=4.0)  # seconds
LONGEST = 15.0  # seconds from the question to the end of the answer, however slowly it drips
LARGEST = 512 * 1024  # bytes; a large set of keys has 20 KB


@cache
def client(near: bool) -> httpx.Client:
    """The process's client: reading the certificates takes longer than most answers.

    It keeps no connection open: one that its other end has closed would fail the next sign-in.
    """
    return httpx.Client(
        timeout=WAIT,
        follow_redirects=False,
        trust_env=not near,
        limits=httpx.Limits(max_connections=32, max_keepalive_connections=0),
    )


def ask(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """The JSON object that a provider answers. Raises `Refused`, told as a provider that is down.

    An error of the token endpoint (400 or 401) is raised as a wrong answer, with its code.
    Proxies and certificates of the environment are heeded (HTTPS_PROXY, SSL_CERT_FILE), but never
    between two programs of this machine.
    """
    if not safe_url(url):
        raise Refused(Told.DOWN, "the provider names an address without TLS")
    try:
        with client(near(url)).stream(
            method,
            url,
            headers={"Accept": "application/json", **(headers or {})},
            data=form,
            auth=auth,
        ) as answer:
            body, until = b"", time.monotonic() + LONGEST
            for part in answer.iter_bytes():
                body += part
                if len(body) > LARGEST or time.monotonic() > until:
                    raise Refused(Told.DOWN, "the provider's answer is too large or too slow")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = f"the provider does not answer: {type(error).__name__}"
        raise Refused(Told.DOWN, reason) from error
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if answer.status_code in (400, 401) and isinstance(found, dict) and "error" in found:
        code = str(found["error"])[:40]
        raise Refused(Told.WRONG, f"the provider refuses: {plain(code)}")
    if answer.status_code != 200 or not isinstance(found, dict):
        raise Refused(Told.DOWN, f"the provider answers {answer.status_code} without an object")
    return found


def plain(code: str) -> str:
    """An error code of a provider as it may stand in a log: small letters and underscores."""
    kept = "".join(one for one in code if one.isascii() and (one.isalnum() or one in "_-"))
    return kept[:40] or "without a code"
