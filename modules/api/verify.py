"""GET /verify/{code}: whether a certificate is genuine, and what its holder chose to show."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from db.engine import reading
from modules import words
from modules.api import pages, start
from modules.learn import certificates
from modules.learn.certificates import Shown
from modules.settings import settings
from modules.shell import session


def found(code: str) -> Shown | None:
    """What stands under a code."""
    with reading() as database:
        return certificates.public(database, code=code, now=session.now())


async def page(request: Request) -> Response:
    """The page about one code. Unknown, withdrawn and malformed ones get the same answer."""
    trouble = await asyncio.to_thread(start.trouble)
    if trouble:
        return pages.trouble(trouble)
    shown = await asyncio.to_thread(found, request.path_params["code"])
    response = pages.draw("verify.html", status=200 if shown else 404, **told(shown))
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def told(shown: Shown | None) -> dict[str, object]:
    """The texts of the page. Nothing in them comes from the address that was asked for."""
    say = words.of("en")
    demo = bool(settings().demo) or bool(shown and shown.invented)
    if shown is None:
        return {
            "title": say("verify.unknown"),
            "sentence": say("verify.unknown_sentence"),
            "spot": "empty",
            "facts": [],
            "note": "",
            "demo": demo,
        }
    state = "expired" if shown.expired else "genuine"
    name = dict(shown.shared).get("name", "")
    sentence = f"verify.{state}_{'named' if name else 'sentence'}"
    until = "verify.counted_until" if shown.expired else "verify.counts_until"
    facts = [
        (say("verify.module"), shown.title),
        (say("verify.version"), f"{shown.module} {shown.version}"),
        (say("verify.fingerprint"), shown.sha256[:16]),
        (say(until), shown.until),
        *([(say("verify.how"), say(f"verify.hand_{shown.by_hand}"))] if shown.by_hand else []),
        *((say(f"verify.{what}"), value) for what, value in shown.shared),
        (say("verify.number"), shown.code),
    ]
    return {
        "title": say(f"verify.{state}"),
        "sentence": say(sentence, until=shown.until, name=name),
        "spot": "" if shown.expired else "done",
        "facts": facts,
        "note": say("verify.holder_chose" if shown.shared else "verify.holder_hides"),
        "demo": demo,
    }
