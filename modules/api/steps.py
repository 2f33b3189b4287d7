"""What follows a pass-phrase that was right: a code, or setting the second factor up."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from db import accounts, one_time, whois
from db.engine import reading, writing
from modules import words
from modules.access import viewer_of
from modules.api import entering, factor, forms, local
from modules.identity import known, own, signing
from modules.identity.signing import SET_UP, STEP
from modules.shell import session


def begun(token: str, *purposes: str) -> tuple[one_time.Once, whois.Known] | None:
    """Whose sign-in has begun in this browser, and waits for one of these steps."""
    now = session.now()
    with reading() as database:
        once = one_time.look(database, token=token, purposes=purposes, now=now) if token else None
        if once is None:
            return None
        person = whois.by_id(database, org_id=once.org_id, person_id=once.person_id, now=now)
        return (once, person) if person else None


def _draw(request: Request, person: whois.Known, wanted: str, fault: str = "") -> Response:
    return factor.draw(request, viewer_of(person), first=True, wanted=wanted, fault=fault)


async def code_page(request: Request) -> Response:
    """GET /sign-in/code: the second factor, or how to set it up."""
    found = await asyncio.to_thread(begun, request.cookies.get(forms.STEP, ""), STEP, SET_UP)
    wanted = entering.safe_next(request.query_params.get("next", "/"))
    if found is None:
        return forms.going("/sign-in")
    once, person = found
    if once.purpose == SET_UP:
        return await asyncio.to_thread(_draw, request, person, wanted)
    say = words.of("en")
    return forms.show(request, "code.html", title=say("code.title"), next=wanted)


def tried(token: str, code: str, *, address: str, kept: str, before: str) -> local.Passed:
    """Try a code for the sign-in that has begun."""
    now = session.now()
    found = begun(token, STEP)
    if found is None:
        return local.Passed(step="stale")
    once, person = found
    brakes = signing.braked("code", person.email, address=address, kept=kept, now=now)
    if until := local.counted(brakes, now):
        local.failed("code", person, waits=True)
        return local.Passed(until=until)
    with writing() as database:
        account = accounts.of_person(database, org_id=once.org_id, person_id=once.person_id)
        if account is None or not signing.code_fits(database, account, code, now=now):
            local.failed("code", person)
            return local.Passed()
        if not one_time.use(database, token=token, purposes=[STEP], now=now):
            return local.Passed(step="stale")
        local.let_go(database, brakes, now)
        made = entering.enter(database, person=person, provider="local", before=before)
    return local.Passed(token=made, email=person.email)


async def code(request: Request) -> Response:
    """POST /auth/code."""
    form = await forms.sent(request)
    if form is None:
        return forms.stale()
    say = words.of("en")
    wanted = entering.safe_next(str(form.get("next", "/")))
    passed = await asyncio.to_thread(
        tried,
        request.cookies.get(forms.STEP, ""),
        str(form.get("code", "")),
        address=forms.address(request),
        kept=request.cookies.get(known.COOKIE, ""),
        before=request.cookies.get(session.COOKIE, ""),
    )
    if passed.step:
        return forms.told(say("signin.refused"), say("code.stale"), 403)
    if passed.token:
        return local.answer(passed, wanted)
    until = passed.until
    return forms.show(
        request,
        "code.html",
        status=429 if until else 403,
        title=say("code.title"),
        next=wanted,
        fault=forms.waits(until, session.now()) if until else say("code.wrong"),
    )


def set_up(
    token: str, code: str, *, before: str
) -> tuple[local.Passed, list[str], whois.Known | None]:
    """Let the second factor count and sign in; gives the recovery codes."""
    now = session.now()
    found = begun(token, SET_UP)
    if found is None:
        return local.Passed(step="stale"), [], None
    _, person = found
    with writing() as database:
        codes = own.confirm_second(database, viewer_of(person), code=code, now=now)
        if codes is None:
            return local.Passed(), [], person
        if not one_time.use(database, token=token, purposes=[SET_UP], now=now):
            database.rollback()
            return local.Passed(step="stale"), [], None
        made = entering.enter(database, person=person, provider="local", before=before)
    return local.Passed(token=made, email=person.email), codes, person


async def second_factor(request: Request) -> Response:
    """POST /auth/second-factor: the first code of a new second factor."""
    form = await forms.sent(request)
    if form is None:
        return forms.stale()
    say = words.of("en")
    wanted = entering.safe_next(str(form.get("next", "/")))
    passed, codes, person = await asyncio.to_thread(
        set_up,
        request.cookies.get(forms.STEP, ""),
        str(form.get("code", "")),
        before=request.cookies.get(session.COOKIE, ""),
    )
    if person is None:
        return forms.told(say("signin.refused"), say("code.stale"), 403)
    if not passed.token:
        return await asyncio.to_thread(_draw, request, person, wanted, say("code.wrong"))
    response = factor.codes(request, codes, wanted=wanted)
    entering.keep(response, passed.token)
    forms.keep_known(response, passed.email, session.now())
    forms.forget_step(response)
    return response
