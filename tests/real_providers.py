"""Two OpenID providers written by others, on free ports: one from PyPI, one from npm."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from oidc_provider_mock import run_server_in_thread

from tests import machine

SCRIPT = machine.LOCK.with_name("provider.mjs")


@contextmanager
def from_pypi(people: dict[str, dict[str, Any]]) -> Iterator[str]:
    """oidc-provider-mock; gives its issuer. ``people``: claims by subject."""
    with run_server_in_thread(require_nonce=True) as server:
        issuer = f"http://localhost:{server.server_port}"
        for subject, claims in people.items():
            answer = httpx.put(f"{issuer}/users/{subject}", json=claims, trust_env=False)
            assert answer.status_code == 204, answer.text
        yield issuer


@contextmanager
def from_npm(
    port: int, clients: list[dict[str, Any]], people: dict[str, dict[str, Any]]
) -> Iterator[str]:
    """oidc-provider on Node.js; gives its issuer."""
    folder = machine.npm_packages()
    assert folder, "the packages from npm are not installed: run python tests/machine.py"
    log = Path(tempfile.mkstemp(prefix="steward-npm-", suffix=".log")[1])
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                str(machine.node()),
                str(SCRIPT),
                str(folder),
                str(port),
                json.dumps({"clients": clients, "people": people}),
            ],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    try:
        until = time.monotonic() + 60
        while "ready" not in log.read_text() and process.poll() is None:
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.05)
        assert process.poll() is None, log.read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.unlink()


def at_pypi(client: httpx.Client, page: httpx.Response, subject: str) -> httpx.Response:
    """Fill in the form of the provider from PyPI; the client follows where it leads."""
    assert "<form" in page.text, page.text
    return client.post(page.url, data={"sub": subject})


def at_npm(client: httpx.Client, page: httpx.Response, subject: str) -> httpx.Response:
    """Sign in at the provider from npm, and agree that it tells us who she is."""
    for values in ({"prompt": "login", "login": subject, "password": "any"}, {"prompt": "consent"}):
        form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
        assert form, page.text
        page = client.post(page.url.join(form[1]), data=values)
    return page
