"""/scim/v2: a directory creates, moves and deactivates people (RFC 7644)."""

from __future__ import annotations

import asyncio
import json
import math
from functools import cache
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import structlog
from scim2_models import (
    NotFoundException,
    PayloadTooLargeException,
    SCIMException,
    UnauthorizedException,
)
from scim2_server.applications.base import BaseApplication
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.routing import Operation
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from db import scim_clients
from db.directory_wishes import Moment
from db.engine import reading, writing
from db.scim_clients import Caller
from modules.api import start
from modules.api.scim.limits import Limits
from modules.api.scim.models import MOST_BYTES, MOST_SEARCH, provider
from modules.api.scim.service import READS, Service
from modules.api.scim.storage import Storage
from modules.settings import settings
from modules.shell import session

log = structlog.get_logger()
PREFIX = "/scim/v2"
CONTENT = "application/scim+json"
limits = Limits()


class TooManyRequests(SCIMException):
    """The client calls too often."""

    status = 429
    _default_detail = "This client calls too often. Wait as long as Retry-After says."

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, math.ceil(seconds))


class Unavailable(SCIMException):
    """The database does not answer, or does not fit."""

    status = 503
    _default_detail = "Steward cannot work at this moment. Try again later."


@cache
def service() -> Service:
    """The one service; it keeps nothing of a request."""
    return Service(provider())


async def scim(request: Request) -> Response:
    """One request. Whatever fails is told as a SCIM error, never as a page."""
    asked = ScimRequest(
        method=request.method,
        base_url=base_url(request),
        path=BaseApplication.split_path(request.scope["path"].removeprefix(PREFIX)),
        query=dict(
            parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        ),
        headers=[
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw
        ],
    )
    too_long = False
    body = bytearray()
    async for part in request.stream():
        too_long = too_long or len(body) + len(part) > MOST_BYTES
        if not too_long:
            body += part
    asked.body = bytes(body)
    told = await asyncio.to_thread(answered, asked, too_long)
    return Response(
        b"" if told.body is None else json.dumps(told.body, ensure_ascii=False).encode(),
        status_code=int(told.status),
        headers={**told.headers, "Cache-Control": "no-store"},
        media_type=CONTENT,
    )


async def unknown(request: Request) -> Response:
    """Any other address below /scim: a SCIM error, for who expects one."""
    error = NotFoundException(detail=f"There is nothing here. The service is at {PREFIX}.")
    told = service().error_response(error)
    return Response(json.dumps(told.body).encode(), status_code=404, headers=dict(told.headers))


def base_url(request: Request) -> str:
    """The address under which the directory reaches us."""
    public = settings().public_url.rstrip("/")
    return f"{public or str(request.base_url).rstrip('/')}{PREFIX}"


def answered(asked: ScimRequest, too_long: bool) -> ScimResponse:
    """The answer to a request; every failure is one too."""
    try:
        return allowed(asked, too_long)
    except SQLAlchemyError as error:
        log.error("scim: the database does not answer", exc_info=error)
        return service().error_response(Unavailable())
    except Exception as error:
        if not isinstance(error, SCIMException):
            log.error("scim failed", exc_info=error)
        told = service().error_response(error)
        if isinstance(error, TooManyRequests):
            told.headers["Retry-After"] = str(error.seconds)
        return told


def allowed(asked: ScimRequest, too_long: bool) -> ScimResponse:
    """Serve a request whose client is known, may do this, and does not call too often."""
    if start.trouble():
        raise Unavailable
    operation = None
    try:
        operation = service().match(asked).operation
    except SCIMException:
        # An unknown address is told as such only to a client that is known.
        caller(asked)
        raise
    if operation is Operation.service_provider_config:
        # RFC 7643, 5: how to authenticate is told to everybody. Nothing in it is anybody's.
        return handled(asked, None, writes=False)
    found = caller(asked)
    if seconds := limits.wait(found.id):
        raise TooManyRequests(seconds)
    most = MOST_SEARCH if operation is Operation.search_with_body else MOST_BYTES
    if too_long or len(asked.body) > most:
        raise PayloadTooLargeException(detail=f"A body may have {most} bytes at most here.")
    asked.subject = found
    try:
        told = handled(asked, found, writes=operation not in READS and asked.method != "GET")
    except SCIMException as error:
        log.info("scim", client=str(found.id), operation=operation.value, status=error.status)
        raise
    log.info("scim", client=str(found.id), operation=operation.value, status=int(told.status))
    return told


def caller(asked: ScimRequest) -> Caller:
    """The client behind the bearer token. Raises UnauthorizedException: unknown, revoked, late."""
    kind, _, token = (asked.header("Authorization") or "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise UnauthorizedException(detail="A bearer token is needed.")
    now = session.now()
    with reading() as database:
        found = scim_clients.calling(database, token=token.strip(), now=now)
    if found is None:
        raise UnauthorizedException(detail="This token is not known, has expired or was revoked.")
    today = now.astimezone(ZoneInfo(found.zone)).date()
    if found.used_on != today:
        with writing() as database:
            scim_clients.used(database, caller=found, day=today)
    return found


def handled(asked: ScimRequest, found: Caller | None, *, writes: bool) -> ScimResponse:
    """Let the core serve it, in one transaction: all of it holds, or none."""
    if found is None:
        # Its storage is never asked.
        return ScimHandler(service(), _no_storage()).handle(asked)
    now = session.now()
    at = Moment(found.org_id, found.organisation, now, now.astimezone(ZoneInfo(found.zone)).date())
    with writing() if writes else reading() as database:
        storage = Storage(database, at, asked.base_url, writes=writes)
        answer = ScimHandler(service(), storage).handle(asked)
        storage.follow()
        return answer


def _no_storage() -> Any:
    from scim2_server.memory import InMemoryStorage

    return InMemoryStorage()
