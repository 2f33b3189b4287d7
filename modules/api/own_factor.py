"""Everybody's own second factor: begun, confirmed, removed, and its recovery codes."""

from __future__ import annotations

import asyncio
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from db.engine import writing
from modules import words
from modules.access import Viewer
from modules.api import account, entering, factor, forms
from modules.identity import own, passphrases


def _draw(request: Request, viewer: Viewer, fault: str = "") -> Response:
    return factor.draw(request, viewer, first=False, wanted="/account", fault=fault)


def _codes(request: Request, codes: list[str]) -> Response:
    return factor.codes(request, codes, wanted="/account?done=second")


def _begin(request: Request, viewer: Viewer, values: dict[str, str], now: datetime) -> Response:
    kept, told = account.confirmed(request, viewer, values.get("for-second", ""), now)
    if kept is None:
        return account.draw(request, viewer, told, "for-second")
    with writing() as database:
        own.begin_second(database, viewer)
    return forms.going("/account/second-factor")


async def begin(request: Request) -> Response:
    """POST /account/second-factor/begin."""
    return await account.posted(request, _begin)


async def factor_page(request: Request) -> Response:
    """GET /account/second-factor: the secret that waits for its first code."""
    viewer = await asyncio.to_thread(account.viewer_of, request)
    if viewer is None:
        return forms.going("/sign-in?next=/account")
    return await asyncio.to_thread(_draw, request, viewer)


def _confirm(request: Request, viewer: Viewer, values: dict[str, str], now: datetime) -> Response:
    say = words.of("en")
    with writing() as database:
        codes = own.confirm_second(database, viewer, code=values.get("code", ""), now=now)
    return _codes(request, codes) if codes else _draw(request, viewer, say("code.wrong"))


async def confirm(request: Request) -> Response:
    """POST /account/second-factor: its first code."""
    return await account.posted(request, _confirm)


def _remove(request: Request, viewer: Viewer, values: dict[str, str], now: datetime) -> Response:
    say = words.of("en")
    typed = values.get("for-removing", "")
    kept, told = account.confirmed(request, viewer, typed, now)
    if kept is None:
        return account.draw(request, viewer, told, "for-removing")
    if passphrases.length(typed) < passphrases.ALONE:
        # Alone it would be too short: first a longer one, then without the second factor.
        return account.draw(request, viewer, say("account.too_short", n=passphrases.ALONE), "new")
    with writing() as database:
        own.remove_second(database, viewer)
        token = account.again(database, viewer, now)
    response = forms.going("/account?done=removed")
    entering.keep(response, token)
    return response


async def remove(request: Request) -> Response:
    """POST /account/second-factor/remove."""
    return await account.posted(request, _remove)


def _recovery(request: Request, viewer: Viewer, values: dict[str, str], now: datetime) -> Response:
    kept, told = account.confirmed(request, viewer, values.get("for-codes", ""), now)
    if kept is None:
        return account.draw(request, viewer, told, "for-codes")
    with writing() as database:
        codes = own.new_recovery(database, viewer)
    return _codes(request, codes)


async def recovery(request: Request) -> Response:
    """POST /account/recovery: new recovery codes; the old ones are void."""
    return await account.posted(request, _recovery)
