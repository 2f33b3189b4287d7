"""/digest/{token}: a manager turns the weekly mail about her people off, from a link in that mail.

Looking changes nothing, since programs look at links before people do; a click in a mail program
is a POST (RFC 8058), and so is the button of this page.
"""

from __future__ import annotations

import asyncio

import structlog
from starlette.requests import Request
from starlette.responses import Response

from db.engine import reading, writing
from db.letters import Reader
from modules import words
from modules.api import pages, start
from modules.post import weekly
from modules.shell import session as door

log = structlog.get_logger()
LONGEST = 128
"""Characters of a token; anything longer is none."""


async def page(request: Request) -> Response:
    """What the link does, with a button; 404 for one that is not ours."""
    return await answered(request, None)


async def turn(request: Request) -> Response:
    """Turn it off, as a mail program asks; or on again, as the button of the page does."""
    form = await request.form(max_fields=3, max_files=0)
    return await answered(request, form.get("digest") == "on")


async def answered(request: Request, on: bool | None) -> Response:
    """The page, after a change if there is one to make."""
    if trouble := await asyncio.to_thread(start.trouble):
        return pages.trouble(trouble)
    token = request.path_params["token"]
    found = await asyncio.to_thread(done, token, on) if len(token) <= LONGEST else None
    if found is None:
        say = words.of("en")
        told = {"title": say("digest.unknown"), "sentence": say("digest.unknown_sentence")}
        return private(
            pages.draw("message.html", status=404, link="/", action=say("digest.app"), **told)
        )
    reader, off = found
    return private(pages.draw("digest.html", off=off, organisation=reader.organisation))


def done(token: str, on: bool | None) -> tuple[Reader, bool] | None:
    """Whose it is and whether it is off by now."""
    now = door.now()
    if on is None:
        with reading() as session:
            reader = weekly.whose(session, token=token, now=now)
            return (reader, reader.digest_off) if reader else None
    with writing() as session:
        reader = weekly.turn(session, token=token, on=on, now=now)
    if reader is None:
        return None
    log.info("weekly mail turned", person=str(reader.person_id), on=on)
    return reader, not on


def private(response: Response) -> Response:
    """For no search engine: the address is hers."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
