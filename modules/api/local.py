"""Signing in with a pass-phrase; what follows where a second factor is asked for is a step."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

import structlog
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from db import accounts, one_time, whois
from db import brakes as kept_brakes
from db.engine import reading, writing
from modules import words
from modules.access import viewer_of
from modules.api import entering, forms, sign_in
from modules.identity import known, own, passphrases, signing
from modules.identity.signing import SET_UP, STEP, STEP_LASTS, Brakes
from modules.shell import session

log = structlog.get_logger()


@dataclass(frozen=True)
class Passed:
    """What comes of a try: a signed-in browser, a step that is to follow, a wait, or nothing."""

    token: str = ""
    email: str = ""
    step: str = ""
    until: datetime | None = None


def counted(brakes: Brakes, now: datetime) -> datetime | None:
    """Count a try before it is made; until when it must wait, or None."""
    with writing() as database:
        return kept_brakes.take(database, keys=brakes.keys, now=now)


def failed(way: str, person: whois.Known | None, *, waits: bool = False) -> None:
    """Log a try that let nobody in; with the person's id where she is known, and nothing typed."""
    whose = str(person.person_id) if person else ""
    log.warning("sign-in refused", way=way, person=whose, waits=waits)


def let_go(database: Session, brakes: Brakes, now: datetime) -> None:
    """The secret was right: the account's failures are forgotten, the address gets its try back."""
    kept_brakes.clear(database, keys=[brakes.own])
    if brakes.shared:
        kept_brakes.give_back(database, key=brakes.shared, now=now)


def attempt(email: str, passphrase: str, *, address: str, kept: str, before: str) -> Passed:
    """Try an address and a pass-phrase."""
    now = session.now()
    brakes = signing.braked("passphrase", email, address=address, kept=kept, now=now)
    if until := counted(brakes, now):
        failed("passphrase", None, waits=True)
        return Passed(until=until)
    with reading() as database:
        found = signing.candidate(database, email=email, now=now)
    # Outside of any session: nobody waits for the database while this is hashed.
    person = signing.proved(found, passphrase)
    if person is None or found.kept is None or found.kept.hash is None:
        failed("passphrase", found.person)
        return Passed()
    fresh = passphrases.hashed(passphrase) if passphrases.outdated(found.kept.hash) else ""
    with writing() as database:
        let_go(database, brakes, now)
        if fresh:
            accounts.rehash(
                database,
                org_id=person.org_id,
                person_id=person.person_id,
                old=found.kept.hash,
                hashed=fresh,
            )
        return go_on(database, person, passphrase, before=before, now=now)


def go_on(
    database: Session, person: whois.Known, passphrase: str, *, before: str, now: datetime
) -> Passed:
    """From a pass-phrase that was right: signed in, or first the second factor."""
    viewer = viewer_of(person)
    kept = accounts.of_person(database, org_id=person.org_id, person_id=person.person_id)
    if kept is None:
        return Passed()
    set_up = signing.must_set_up(kept, viewer, passphrase)
    if kept.second or set_up:
        if set_up:
            own.begin_second(database, viewer)
        token = one_time.issue(
            database,
            org_id=person.org_id,
            person_id=person.person_id,
            purpose=SET_UP if set_up else STEP,
            lasts=STEP_LASTS,
            now=now,
        )
        return Passed(step=token)
    token = entering.enter(database, person=person, provider="local", before=before)
    return Passed(token=token, email=person.email)


def answer(passed: Passed, wanted: str) -> Response:
    """The answer to who gave the right pass-phrase: in, or on to the code."""
    wanted = entering.safe_next(wanted)
    if passed.step:
        query = "" if wanted == "/" else f"?next={quote(wanted, safe='/')}"
        response: Response = forms.going(f"/sign-in/code{query}")
        forms.keep_step(response, passed.step, int(STEP_LASTS.total_seconds()))
        return response
    response = entering.entered(passed.token, wanted)
    forms.keep_known(response, passed.email, session.now())
    forms.forget_step(response)
    return response


async def enter(request: Request) -> Response:
    """POST /auth/local. The same answer for whoever is unknown, has left, or mistypes."""
    form = await forms.sent(request)
    if form is None:
        return forms.stale()
    say = words.of("en")
    email = str(form.get("email", "")).strip()
    wanted = str(form.get("next", "/"))
    passed = await asyncio.to_thread(
        attempt,
        email,
        str(form.get("passphrase", "")),
        address=forms.address(request),
        kept=request.cookies.get(known.COOKIE, ""),
        before=request.cookies.get(session.COOKIE, ""),
    )
    if passed.until:
        told = forms.waits(passed.until, session.now())
        return await sign_in.drawn(request, fault=told, email=email, wanted=wanted, status=429)
    if not (passed.token or passed.step):
        told = say("signin.wrong")
        return await sign_in.drawn(request, fault=told, email=email, wanted=wanted, status=403)
    return answer(passed, wanted)
