"""Signing out: here, on every device, at the provider, and because the provider says so."""

from __future__ import annotations

import asyncio

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from db import sign_ins
from db.engine import reading, writing
from modules.api.oidc import home, named, outside
from modules.identity import flow, leaving
from modules.identity import providers as configured
from modules.identity.providers import Provider
from modules.identity.refusing import Refused, Told
from modules.shell import session

log = structlog.get_logger()
LEFT = "/sign-in?left=1"
LARGEST = 64 * 1024  # bytes of a logout request


async def back_channel(request: Request) -> Response:
    """End what a provider's logout token names: a call from the provider, not from a browser."""
    quiet = {"Cache-Control": "no-store"}
    try:
        provider = named(request)
        if int(request.headers.get("content-length", "0") or 0) > LARGEST:
            raise Refused(Told.WRONG, "a logout request that is too large")
        form = await request.form(max_fields=5, max_files=0)
        sent = str(form.get("logout_token", ""))
        claims = await outside(lambda: leaving.checked(provider, sent, session.now()))
        ended = await asyncio.to_thread(end_ordered, provider, claims)
    except (Refused, ValueError) as why:
        reason = why.reason if isinstance(why, Refused) else "not a logout request"
        log.warning("sign-out by a provider refused", reason=reason)
        answer = {"error": "invalid_request", "error_description": "The token was not accepted."}
        return JSONResponse(answer, status_code=400, headers=quiet)
    log.info("signed out by a provider", provider=provider.name, ended=ended)
    return Response(status_code=200, headers=quiet)


def end_ordered(provider: Provider, claims: dict[str, object]) -> int:
    """End what a checked logout token names."""
    with writing() as database:
        return leaving.ordered(database, provider, claims, session.now())


async def front_channel(request: Request) -> Response:
    """End the sign-ins of a provider's session when its own page says that it has ended.

    Who knows the session's name may end it, and nothing else.
    """
    told = request.query_params
    sid = told.get("sid", "")
    try:
        provider = named(request)
        if told.get("iss") != provider.issuer or not 0 < len(sid) <= 255:
            raise Refused(Told.WRONG, "a front-channel sign-out without issuer or session")
    except Refused as why:
        log.warning("sign-out by a provider refused", reason=why.reason)
        return Response(status_code=400, headers={"Cache-Control": "no-store"})
    ended = await asyncio.to_thread(end_session, provider.name, sid)
    log.info("signed out by a provider", provider=provider.name, ended=ended)
    return Response(status_code=200, headers={"Cache-Control": "no-store"})


def end_session(provider: str, sid: str) -> int:
    """End the sign-ins of a provider's session."""
    with writing() as database:
        return sign_ins.end_of_provider(
            database, provider=provider, its_session=sid, now=session.now()
        )


async def signed_out(_request: Request) -> Response:
    """Where a provider sends her back to when it has signed her out."""
    return RedirectResponse(LEFT, status_code=303)


async def sign_out(request: Request) -> str:
    """End this browser's sign-in, or with `everywhere` all of hers; where to go on."""
    token = request.cookies.get(session.COOKIE, "")
    if not token:
        return LEFT
    everywhere = "everywhere" in request.query_params
    name = await asyncio.to_thread(end, token, everywhere)
    provider = configured.all_of_them().get(name)
    if provider is None:
        return LEFT
    try:
        back = f"{home(request)}/auth/oidc/{provider.name}/signed-out"
        at = session.now()
        return await outside(lambda: flow.farewell(provider, back_to=back, now=at)) or LEFT
    except Refused as why:
        # She is signed out here; a provider that is away must not hide that.
        log.warning("sign-out at a provider left out", provider=name, reason=why.reason)
        return LEFT


def end(token: str, everywhere: bool) -> str:
    """Close the sign-in behind a token, or all of its holder's; gives the way it began, or ""."""
    now = session.now()
    with reading() as database:
        found = sign_ins.begun_at(database, token=token, now=now)
    with writing() as database:
        sign_ins.end(database, token=token, now=now)
        if found and everywhere:
            sign_ins.end_all(database, org_id=found[1], person_ids=[found[2]], now=now)
    return found[0] if found else ""
