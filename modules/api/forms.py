"""What the pages with forms share: their token, their sender, their cookies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from modules import words
from modules.api import entering, pages
from modules.identity import known
from modules.settings import settings
from modules.shell import session

STEP = f"{session.PREFIX}steward_step"


async def sent(request: Request) -> FormData | None:
    """A form that came from our own page; None for any other."""
    form = await request.form(max_fields=10, max_files=0, max_part_size=8 * 1024)
    return form if entering.fits(request, str(form.get("token", ""))) else None


def show(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page with a form's token in it and in its cookie."""
    token = entering.form_token(request)
    response = pages.draw(template, status=status, token=token, **values)
    entering.keep_form_token(response, token)
    return response


def told(title: str, sentence: str, status: int, link: str = "/sign-in") -> Response:
    """A calm page with the way back."""
    say = words.of("en")
    return pages.draw(
        "message.html",
        status=status,
        title=title,
        sentence=sentence,
        number="",
        spot="error",
        link=link,
        action=say("signin.again"),
    )


def stale() -> Response:
    """The page for a form that is not ours, or too old."""
    say = words.of("en")
    return told(say("signin.refused"), say("signin.stale"), 403)


def address(request: Request) -> str:
    """The network address of the sender, as the proxy in front told it."""
    return request.client.host if request.client else ""


def waits(until: datetime, now: datetime) -> str:
    """The sentence for who has to wait."""
    say = words.of("en")
    seconds = max(1, int((until - now).total_seconds()) + 1)
    minutes = -(-seconds // 60)
    if seconds <= 60:
        return say("signin.wait_seconds", n=seconds)
    return say("signin.wait_minutes", n=minutes)


def going(wanted: str) -> RedirectResponse:
    """On to another page, by GET."""
    return RedirectResponse(wanted, status_code=303, headers={"Cache-Control": "no-store"})


def keep_step(response: Response, token: str, seconds: int) -> None:
    """Put the token of a sign-in that has begun into its cookie."""
    response.set_cookie(
        STEP, token, max_age=seconds, httponly=True, samesite="strict", secure=settings().tls
    )


def forget_step(response: Response) -> None:
    """Take the token of a sign-in that is finished out of the browser."""
    response.delete_cookie(STEP, httponly=True, samesite="strict", secure=settings().tls)


def keep_known(response: Response, email: str, now: datetime) -> None:
    """Let this browser be known for an address from now on."""
    response.set_cookie(
        known.COOKIE,
        known.token(email, now=now),
        max_age=int(known.LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings().tls,
    )
