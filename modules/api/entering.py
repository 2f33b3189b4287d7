"""From a proven person to a signed-in browser, and what guards the forms on the way."""

from __future__ import annotations

import hmac
import secrets
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db import sign_ins, whois
from modules.access import rights_of, viewer_of
from modules.api import gate
from modules.settings import settings
from modules.shell import session

FORM = f"{session.PREFIX}steward_form"


def safe_next(wanted: str) -> str:
    """Where to go after signing in: a page of this site, never another one."""
    try:
        parts = urlsplit(wanted)
    except ValueError:  # such as //[
        return "/"
    own = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    # As a browser reads it: /x/../auth/sign-out would sign out whoever has just signed in.
    path = normpath(unquote(parts.path or "/"))
    page = own and not parts.scheme and not parts.netloc and not f"{path}/".startswith("/auth/")
    return wanted if page else "/"


def form_token(request: Request) -> str:
    """The token that a form carries; the one of a page that is open already stays good."""
    return request.cookies.get(FORM) or secrets.token_urlsafe(24)


def keep_form_token(response: Response, token: str) -> None:
    """Put the form's token into a cookie of this site alone."""
    response.set_cookie(
        FORM, token, httponly=True, samesite="strict", secure=settings().tls, path="/"
    )


def fits(request: Request, sent: str) -> bool:
    """Whether a form came from our own page with the token that this browser was given."""
    kept = request.cookies.get(FORM, "")
    same = hmac.compare_digest(sent.encode(), kept.encode())
    return bool(gate.from_ourselves(request) and kept and same)


def enter(
    database: Session,
    *,
    person: whois.Known,
    provider: str,
    before: str,
    provider_session: str | None = None,
) -> str:
    """Sign somebody in who has proved who she is; gives the token for `entered`.

    ``before`` is the token that this browser had, or "": that sign-in ends. Needs a writing
    session.
    """
    now = session.now()
    if before:
        sign_ins.end(database, token=before, now=now)
    return sign_ins.start(
        database,
        org_id=person.org_id,
        person_id=person.person_id,
        now=now,
        hours=settings().sign_in_hours,
        provider=provider,
        provider_session=provider_session,
        rights=rights_of(viewer_of(person)),
    )


def entered(token: str, wanted: str) -> Response:
    """The answer that signs this browser in and goes on to a page of this site."""
    response = RedirectResponse(safe_next(wanted), status_code=303)
    keep(response, token)
    return response


def keep(response: Response, token: str) -> None:
    """Put a sign-in's token into its cookie."""
    response.set_cookie(
        session.COOKIE,
        token,
        max_age=settings().sign_in_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=settings().tls,
    )


def forget(response: Response) -> None:
    """Take a sign-in's cookie back; with `__Host-` browsers heed only what is Secure as well."""
    response.delete_cookie(session.COOKIE, httponly=True, samesite="lax", secure=settings().tls)
