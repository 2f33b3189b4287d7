"""The pages of a new second factor: its secret with the first code, then its recovery codes."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from db.engine import reading
from modules import words
from modules.access import Viewer
from modules.api import forms
from modules.identity import factors, own


def draw(
    request: Request, viewer: Viewer, *, first: bool, wanted: str, fault: str = ""
) -> Response:
    """The secret that waits for its first code; without one, back to where it is begun.

    ``first`` is whether it comes before her first sign-in; else she is in her account.
    """
    say = words.of("en")
    with reading() as database:
        secret = own.waiting_secret(database, viewer)
    if secret is None:
        return forms.going("/sign-in" if first else "/account")
    target = factors.address(secret, email=viewer.email, organisation=viewer.organisation)
    return forms.show(
        request,
        "factor.html",
        status=403 if fault else 200,
        title=say("factor.title"),
        picture=factors.picture(target),
        secret=factors.in_fours(secret),
        action="/auth/second-factor" if first else "/account/second-factor",
        first=first,
        next=wanted,
        fault=fault,
    )


def codes(request: Request, codes: list[str], *, wanted: str) -> Response:
    """The recovery codes, shown this once."""
    say = words.of("en")
    return forms.show(request, "codes.html", title=say("codes.title"), codes=codes, next=wanted)
