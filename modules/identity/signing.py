"""Signing in with a pass-phrase: who it may be, what brakes it, what else is asked for.

Whoever is unknown, has no account, has left or mistypes meets the same questions to the database
and the same hashing, so that neither the answer nor its time tells them apart.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from db import accounts, second_factors, whois
from db.accounts import Kept
from db.brakes import Next
from modules.access import Role, Viewer
from modules.identity import brakes, factors, known, passphrases
from modules.settings import settings

# How long somebody may take from the pass-phrase to the code.
STEP_LASTS = timedelta(minutes=10)
STEP, SET_UP = "second-factor", "set-up"
# A sign-in that has begun: it is void once the pass-phrase that it began with is another one.
STEPS = (STEP, SET_UP)


@dataclass(frozen=True)
class Brakes:
    """What counts a try: ``own`` is cleared when it was right, ``shared`` gets it back."""

    own: str
    shared: str
    keys: Mapping[str, Next]


def braked(kind: str, email: str, *, address: str, kept: str, now: datetime) -> Brakes:
    """The brakes of a try for an account from a network address.

    ``kind`` is what is tried, ``kept`` the cookie of a browser that is known. Such a browser has a
    brake of its own: a stranger who tries the same account elsewhere does not slow it down.
    """
    if browser := known.browser(kept, email, now=now):
        own = brakes.key(kind, "known", email, browser)
        return Brakes(own, "", {own: brakes.ACCOUNT.next})
    own = brakes.key(kind, "anybody", email)
    shared = brakes.key("address", brakes.network(address))
    return Brakes(own, shared, {own: brakes.ACCOUNT.next, shared: brakes.ADDRESS.next})


@dataclass(frozen=True)
class Candidate:
    """Whoever an address may be: her account and herself, either or both missing."""

    kept: Kept | None
    person: whois.Known | None


def candidate(session: Session, *, email: str, now: datetime) -> Candidate:
    """Who it may be; always the same two queries."""
    kept = accounts.by_email(session, email=email, day=now.date())
    # The nil id is nobody's: the question is asked all the same.
    nobody = uuid.UUID(int=0)
    person = whois.by_id(
        session,
        org_id=kept.org_id if kept else nobody,
        person_id=kept.person_id if kept else nobody,
        now=now,
    )
    return Candidate(kept, person)


def proved(found: Candidate, passphrase: str) -> whois.Known | None:
    """The person, if this is her pass-phrase. Hashes once, whoever it is."""
    right = passphrases.fits(found.kept.hash if found.kept else None, passphrase)
    return found.person if right else None


def asked_of(viewer: Viewer) -> bool:
    """Whether a second factor is asked of somebody by this installation's setting."""
    rule = settings().second_factor
    return rule == "everybody" or (rule == "administrators" and Role.ADMINISTRATOR in viewer.roles)


def must_set_up(kept: Kept, viewer: Viewer, passphrase: str) -> bool:
    """Whether she has to set a second factor up first: by the setting, or for a short pass-phrase.

    A short one may have been chosen while a second factor was asked of her, and is not any more.
    """
    short = passphrases.length(passphrase) < passphrases.ALONE
    return not kept.second and (asked_of(viewer) or short)


def code_fits(session: Session, kept: Kept, code: str, *, now: datetime) -> bool:
    """Whether a code is good, and takes it: neither kind works twice. A writing session."""
    mine = {"org_id": kept.org_id, "person_id": kept.person_id}
    if not kept.second or kept.totp_secret is None:
        return False
    if factors.is_recovery(code):
        return second_factors.take_recovery(session, **mine, hashed=factors.hash_of(code))
    secret = factors.unseal(kept.totp_secret, **mine)
    step = factors.step_of(secret, code, now=now) if secret else None
    return step is not None and second_factors.take_step(session, **mine, step=step)


def names_of(viewer: Viewer) -> tuple[str, ...]:
    """What anybody would try for her: the names of service, organisation and person."""
    return ("Steward", viewer.organisation, viewer.name, viewer.given_name, viewer.email)


def fault(viewer: Viewer, kept: Kept | None, passphrase: str) -> str:
    """Why she cannot choose this pass-phrase, as the end of a word key; "" when she can."""
    second = asked_of(viewer) or bool(kept and kept.second)
    return passphrases.fault(passphrase, second=second, names=names_of(viewer))


def least(viewer: Viewer, kept: Kept | None) -> int:
    """How many characters her pass-phrase needs."""
    second = asked_of(viewer) or bool(kept and kept.second)
    return passphrases.WITH_SECOND if second else passphrases.ALONE
