"""GET /content/<sha256>.<ending>: a picture, a recording or captions of a lesson.

For whoever is signed in. A file is named by the SHA-256 of its content, which nobody can guess and
only a page that shows it tells; it holds teaching and nothing about anybody. So it is not asked
whose modules show it, which would cost a search through them for each picture.
"""

from __future__ import annotations

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response

from db import assets
from db.assets import Kept
from db.engine import reading
from modules import words
from modules.api import pages
from modules.api.account import viewer_of
from modules.course.media import type_of

NAME = re.compile(r"([0-9a-f]{64})\.([a-z0-9]+)")
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
PIECE = 1_000_000
"""Bytes that are sent when a player asks for all from some place on: it asks again for the next."""
YEAR = 31_536_000


async def file(request: Request) -> Response:
    """The file, a part of it, or a calm 404; HEAD tells the same without the bytes."""
    return await asyncio.to_thread(_answer, request)


def _answer(request: Request) -> Response:
    asked = NAME.fullmatch(f"{request.path_params['sha256']}.{request.path_params['ext']}")
    if not viewer_of(request) or not asked:
        return _nothing()
    with reading() as session:
        found = assets.kept(session, hashes=[asked[1]]).get(asked[1])
        if found is None or type_of(f"a.{asked[2]}") != found.media_type:
            return _nothing()
        headers = {
            "Accept-Ranges": "bytes",
            # A name stands for one content for ever; it is for this reader, not for a shared cache.
            "Cache-Control": f"private, immutable, max-age={YEAR}",
            "Content-Type": _told(found.media_type),
            "ETag": f'"{found.sha256}"',
        }
        if request.headers.get("if-none-match", "") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        start, end, status = _wanted(request, found)
        if status == 416:
            return Response(status_code=416, headers={"Content-Range": f"bytes */{found.size}"})
        if status == 206:
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
        if request.method == "HEAD":
            return Response(
                status_code=status, headers={**headers, "Content-Length": str(end - start)}
            )
        whole = status == 200
        body = assets.read(
            session, sha256=found.sha256, start=start, length=None if whole else end - start
        )
    return Response(body, status, headers)


def _wanted(request: Request, found: Kept) -> tuple[int, int, int]:
    """Where what is asked for begins and ends, and the status that tells so."""
    told = request.headers.get("range", "")
    # A part of another content would be of no use: who has that gets the whole (RFC 9110, 13.1.5).
    other = request.headers.get("if-range", f'"{found.sha256}"') != f'"{found.sha256}"'
    asked = None if other else RANGE.fullmatch(told.replace(" ", ""))
    if not asked or asked[0] == "bytes=-":
        return 0, found.size, 200
    first, last = asked.groups()
    if not first:
        start, end = max(0, found.size - int(last)), found.size
    else:
        start = int(first)
        end = min(int(last) + 1, found.size) if last else min(start + PIECE, found.size)
    if last and first and int(last) < int(first):
        return 0, found.size, 200
    return (start, end, 206) if start < end else (0, 0, 416)


def _told(type: str) -> str:
    return f"{type}; charset=utf-8" if type in ("text/vtt", "image/svg+xml") else type


def _nothing() -> Response:
    say = words.of("en")
    return pages.draw(
        "message.html",
        status=404,
        title=say("media.none"),
        sentence=say("media.none_sentence"),
        number="",
        spot="empty",
        link="/",
        action=say("media.home"),
    )
