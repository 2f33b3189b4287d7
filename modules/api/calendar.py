"""GET /calendar/{token}.ics: somebody's due days, for whoever holds the address she was given."""

from __future__ import annotations

import asyncio
import hashlib
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from db import feeds
from db.engine import reading, writing
from modules.api import pages, start
from modules.post import calendar
from modules.post.calendar import Answer
from modules.shell import session as door

LONGEST = 64
"""Characters of a token; anything longer is none."""


async def feed(request: Request) -> Response:
    """The feed; 404 for one that was withdrawn or never was, 304 for one that has not changed."""
    if trouble := await asyncio.to_thread(start.trouble):
        return pages.trouble(trouble)
    token = request.path_params["token"]
    found = await asyncio.to_thread(answered, token) if len(token) <= LONGEST else None
    if found is None:
        return PlainTextResponse("There is no such calendar.", status_code=404, headers=private())
    tag = f'"{hashlib.sha256(found.body).hexdigest()[:32]}"'
    headers = private() | {
        "ETag": tag,
        "Last-Modified": format_datetime(found.changed_at, usegmt=True),
    }
    if unchanged(request, tag, found):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="steward.ics"'
    return Response(found.body, media_type="text/calendar", headers=headers)


def answered(token: str) -> Answer | None:
    """What stands behind a token; what a calendar was told is kept when it has changed."""
    now = door.now()
    with reading() as session:
        found = calendar.answer(session, token=token, now=now)
    if found is None:
        return None
    kept, answer, noted = found
    if noted:
        with writing() as session:
            feeds.note(session, kept, noted)
    return answer


def unchanged(request: Request, tag: str, found: Answer) -> bool:
    """Whether the calendar has this already (RFC 9110, 13): the tag goes before the date."""
    if tags := request.headers.get("if-none-match"):
        known = {one.strip().removeprefix("W/") for one in tags.split(",")}
        return tag in known or "*" in known
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return found.changed_at <= since
    except (ValueError, TypeError):
        return False


def private() -> dict[str, str]:
    """For one calendar, for no cache on the way and no search engine."""
    return {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex, nofollow"}
