"""Everybody's own account: ways to sign in, pass-phrase, browsers.

These are forms of the server's own and no Streamlit page: a pass-phrase then goes straight from the
browser's form into one request, and never into a session's widgets, which live as long as the tab.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from db import accounts, one_time, sign_ins, whois
from db.accounts import Kept
from db.engine import reading, writing
from modules import access, days, words
from modules.access import Viewer
from modules.api import entering, forms, links, local
from modules.basics import Denied
from modules.identity import known, own, passphrases, signing
from modules.identity import links as mailed
from modules.shell import guard, session

# What has just been done, as the address of the page tells it.
DONE = ("passphrase", "second", "removed", "ended", "others")


def viewer_of(request: Request) -> Viewer | None:
    """Who asks, from her cookie."""
    token = request.cookies.get(session.COOKIE, "")
    with reading() as database:
        found = sign_ins.hash_of(token)
        return access.by_token(database, token_hash=found, now=session.now()) if token else None


def draw(request: Request, viewer: Viewer, fault: str = "", field: str = "") -> Response:
    """The page; ``fault`` is a sentence about what was sent, ``field`` the input it is about."""
    say, now = words.of("en"), session.now()
    with reading() as database:
        found = own.overview(
            database, viewer, token=request.cookies.get(session.COOKIE, ""), now=now
        )
    done = request.query_params.get("done", "")
    return forms.show(
        request,
        "account.html",
        status=403 if fault else 200,
        title=say("account.title"),
        width="46rem",
        name=viewer.name,
        email=viewer.email,
        found=found,
        least=found.least,
        since=(
            days.moment(found.kept.totp_since, viewer.clock)
            if found.kept and found.kept.totp_since
            else ""
        ),
        changed=days.moment(found.kept.changed_at, viewer.clock) if found.kept else "",
        browsers=[
            (one.handle, days.moment(one.started_at, viewer.clock), way(one.provider), one.this)
            for one in found.browsers
        ],
        ways=[way(one) for one in found.providers],
        fault=fault,
        field=field,
        notice=say(f"account.done.{done}") if done in DONE and not fault else "",
    )


def way(provider: str) -> str:
    """A way of signing in, in words; a provider is called as the installation names it."""
    say = words.of("en")
    if provider in ("local", "demo"):
        return say(f"account.way.{provider}")
    return provider or say("account.way.other")


async def page(request: Request) -> Response:
    """GET /account."""
    viewer = await asyncio.to_thread(viewer_of, request)
    if viewer is None:
        return forms.going("/sign-in?next=/account")
    return await asyncio.to_thread(draw, request, viewer)


Step = Callable[[Request, Viewer, dict[str, str], datetime], Response]


async def posted(request: Request, step: Step) -> Response:
    """One form of the page: ours, and from somebody who is signed in."""
    form = await forms.sent(request)
    viewer = await asyncio.to_thread(viewer_of, request)
    if form is None or viewer is None:
        return forms.stale()
    values = {name: str(value) for name, value in form.items()}
    try:
        return await asyncio.to_thread(step, request, viewer, values, session.now())
    except Denied as denied:
        guard.note_refusal(viewer, str(denied))
        say = words.of("en")
        return forms.told(say("error.denied"), say("error.denied_sentence"), 403, "/account")


def confirmed(
    request: Request, viewer: Viewer, passphrase: str, now: datetime
) -> tuple[Kept | None, str]:
    """Whether she sits there herself: her pass-phrase, braked as at the sign-in; or a sentence."""
    say = words.of("en")
    with reading() as database:
        kept = accounts.of_person(database, org_id=viewer.org_id, person_id=viewer.person_id)
    if kept is None or kept.hash is None:
        raise Denied("no pass-phrase to confirm with")
    brakes = signing.braked(
        "passphrase",
        viewer.email,
        address=forms.address(request),
        kept=request.cookies.get(known.COOKIE, ""),
        now=now,
    )
    if until := local.counted(brakes, now):
        return None, forms.waits(until, now)
    if not passphrases.fits(kept.hash, passphrase):
        return None, say("account.wrong")
    with writing() as database:
        local.let_go(database, brakes, now)
    return kept, ""


def again(database: Session, viewer: Viewer, now: datetime) -> str:
    """End every sign-in and every link of hers and begin this browser's anew; gives its token."""
    mine = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    sign_ins.end_all(database, org_id=viewer.org_id, person_ids=[viewer.person_id], now=now)
    one_time.void(database, **mine, purposes=(*mailed.BOTH, *signing.STEPS))
    person = whois.by_id(database, **mine, now=now)
    if person is None:
        raise Denied("has left meanwhile")
    return entering.enter(database, person=person, provider="local", before="")


def _passphrase(
    request: Request, viewer: Viewer, values: dict[str, str], now: datetime
) -> Response:
    kept, told = confirmed(request, viewer, values.get("current", ""), now)
    if kept is None:
        return draw(request, viewer, told, "current")
    new = values.get("new", "")
    if fault := signing.fault(viewer, kept, new):
        return draw(request, viewer, links.faults(fault, signing.least(viewer, kept)), "new")
    hashed = passphrases.hashed(new)
    with writing() as database:
        accounts.set_hash(
            database,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            hashed=hashed,
            now=now,
        )
        token = again(database, viewer, now)
    response = forms.going("/account?done=passphrase")
    entering.keep(response, token)
    return response


async def passphrase(request: Request) -> Response:
    """POST /account/passphrase: another one; every other sign-in of hers ends."""
    return await posted(request, _passphrase)


def _end(request: Request, viewer: Viewer, values: dict[str, str], now: datetime) -> Response:
    try:
        with writing() as database:
            own.end(database, viewer, handle=values.get("browser", ""), now=now)
    except Denied:
        # It has ended by itself meanwhile: that is what was wanted.
        return forms.going("/account")
    return forms.going("/account?done=ended")


async def end(request: Request) -> Response:
    """POST /account/end: sign out in one browser."""
    return await posted(request, _end)


def _others(request: Request, viewer: Viewer, _values: dict[str, str], now: datetime) -> Response:
    with writing() as database:
        own.end_others(database, viewer, token=request.cookies.get(session.COOKIE, ""), now=now)
    return forms.going("/account?done=others")


async def others(request: Request) -> Response:
    """POST /account/others: sign out everywhere else."""
    return await posted(request, _others)
