"""Links that work once: asking for one, and choosing a pass-phrase by it."""

from __future__ import annotations

import asyncio
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import structlog
from starlette.requests import Request
from starlette.responses import Response

from db import accounts, one_time, sign_ins, whois
from db import brakes as kept_brakes
from db.engine import reading, writing
from modules import words
from modules.access import viewer_of
from modules.api import forms, local
from modules.identity import brakes, links, passphrases, signing
from modules.post import mail
from modules.shell import session

log = structlog.get_logger()

# Mails wait their turn here, so that an answer never waits for one; what is beyond is dropped.
WORKERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")
ROOM = threading.BoundedSemaphore(100)
# Seconds, from and to, until one begins. At once it would slow down what is asked next, by a few
# thousandths that tell whether there was anybody to mail.
PAUSE = (1.0, 4.0)


async def forgotten_page(request: Request) -> Response:
    """GET /sign-in/forgotten."""
    say = words.of("en")
    return forms.show(
        request, "forgotten.html", title=say("forgotten.title"), mailed=mail.ready(), done=False
    )


async def forgotten(request: Request) -> Response:
    """POST /auth/forgotten: the same answer at once, whoever it is; the rest happens after it."""
    form = await forms.sent(request)
    if form is None:
        return forms.stale()
    say = words.of("en")
    email = str(form.get("email", "")).strip()
    now = session.now()
    until = await asyncio.to_thread(_count, email, forms.address(request))
    if until is None and mail.ready():
        if ROOM.acquire(blocking=False):
            later(email)
        else:
            log.error("mail dropped", reason="too many wait")
    return forms.show(
        request,
        "forgotten.html",
        status=429 if until else 200,
        title=say("forgotten.title"),
        mailed=mail.ready(),
        done=until is None,
        fault=forms.waits(until, now) if until else "",
    )


def later(email: str) -> None:
    """Look an address up and mail it, after a pause that nobody knows; whoever it is."""
    pause = random.SystemRandom().uniform(*PAUSE)
    timer = threading.Timer(pause, WORKERS.submit, (_mail, email))
    timer.daemon = True
    timer.start()


def _count(email: str, address: str) -> datetime | None:
    keys = {
        brakes.key("mail", email): brakes.MAIL.next,
        brakes.key("mails from", brakes.network(address)): brakes.ADDRESS.next,
    }
    with writing() as database:
        return kept_brakes.take(database, keys=keys, now=session.now())


def _mail(email: str) -> None:
    """Make a link for whoever has an account with this address, and mail it; else nothing."""
    try:
        with writing() as database:
            person = links.forgotten(database, email=email, now=session.now())
            if person is None:
                return
            link = links.make(database, person, purpose=links.RESET, now=session.now())
        links.send(person, link, purpose=links.RESET)
        log.info("link mailed", person=str(person.person_id))
    except Exception as error:
        log.error("link not mailed", kind=type(error).__name__)
    finally:
        ROOM.release()


def _holder(token: str) -> whois.Known | None:
    """Whose link this is while it is good."""
    with reading() as database:
        return links.holder(database, token, now=session.now())


def _draw(request: Request, token: str, person: whois.Known, fault: str = "") -> Response:
    viewer, say = viewer_of(person), words.of("en")
    with reading() as database:
        kept = accounts.of_person(database, org_id=person.org_id, person_id=person.person_id)
    least = signing.least(viewer, kept)
    return forms.show(
        request,
        "choose.html",
        status=422 if fault else 200,
        title=say("choose.title"),
        link=token,
        email=person.email,
        least=least,
        fault=faults(fault, least) if fault else "",
    )


def faults(fault: str, least: int) -> str:
    """Why a pass-phrase was not taken, in words that help to find another."""
    say = words.of("en")
    return say(f"passphrase.{fault}", n=least, most=passphrases.MOST)


def gone() -> Response:
    """The page for a link that works no more."""
    say = words.of("en")
    return forms.told(say("choose.gone"), say("choose.gone_sentence"), 410)


async def choose_page(request: Request) -> Response:
    """GET /sign-in/choose/{link}. Looking does not use it up: mail programs look too."""
    token = request.path_params["link"]
    person = await asyncio.to_thread(_holder, token)
    if person is None:
        return gone()
    return await asyncio.to_thread(_draw, request, token, person)


def _choose(token: str, passphrase: str, before: str) -> tuple[str, local.Passed | None]:
    """Choose a pass-phrase; gives a fault, or what follows, or neither for a link that is gone."""
    now = session.now()
    person = _holder(token)
    if person is None:
        return "", None
    mine = {"org_id": person.org_id, "person_id": person.person_id}
    with reading() as database:
        kept = accounts.of_person(database, **mine)
    if fault := signing.fault(viewer_of(person), kept, passphrase):
        return fault, None
    hashed = passphrases.hashed(passphrase)
    with writing() as database:
        # Of two at once, one is first: the other finds the link used.
        if not links.use(database, token, now=now):
            return "", None
        accounts.set_hash(database, **mine, hashed=hashed, now=now)
        one_time.void(database, **mine, purposes=signing.STEPS)
        sign_ins.end_all(database, org_id=person.org_id, person_ids=[person.person_id], now=now)
        # She has shown that the address is hers: strangers' failures are not held against her.
        kept_brakes.clear(database, keys=[brakes.key("passphrase", "anybody", person.email)])
        return "", local.go_on(database, person, passphrase, before=before, now=now)


async def choose(request: Request) -> Response:
    """POST /auth/choose."""
    form = await forms.sent(request)
    if form is None:
        return forms.stale()
    token = str(form.get("link", ""))
    before = request.cookies.get(session.COOKIE, "")
    fault, passed = await asyncio.to_thread(_choose, token, str(form.get("new", "")), before)
    if fault:
        person = await asyncio.to_thread(_holder, token)
        if person:
            return await asyncio.to_thread(_draw, request, token, person, fault)
    if passed is None:
        return gone()
    return local.answer(passed, "/")
