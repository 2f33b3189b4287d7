"""Questions to a provider that are still open, and logout tokens that were used: once each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session

from db.engine import insert_new
from db.sign_ins import hash_of
from db.tables import SignInStep, core

STEP = core(SignInStep).c
# What a logout token leaves behind has no browser.
USED = "used"


@dataclass(frozen=True)
class Step:
    """What an answer must fit."""

    provider: str
    browser_hash: str
    nonce: str
    verifier: str
    next: str
    expires_at: datetime


def begin(session: Session, *, state: str, step: Step, now: datetime) -> None:
    """Remember a question, and forget those that nobody answered in time."""
    session.connection().execute(delete(core(SignInStep)).where(STEP.expires_at < now))
    session.add(
        SignInStep(
            state_hash=hash_of(state),
            provider=step.provider,
            browser_hash=step.browser_hash,
            nonce=step.nonce,
            verifier=step.verifier,
            next=step.next,
            expires_at=step.expires_at,
        )
    )


def take(session: Session, *, state: str) -> Step | None:
    """The question with this state, which is gone with that: of two who ask, one gets it."""
    row = (
        session.connection()
        .execute(
            delete(core(SignInStep))
            .where(STEP.state_hash == hash_of(state), STEP.browser_hash != USED)
            .returning(
                STEP.provider,
                STEP.browser_hash,
                STEP.nonce,
                STEP.verifier,
                STEP.next,
                STEP.expires_at,
            )
        )
        .first()
    )
    return Step(*row) if row else None


def first_use(session: Session, *, provider: str, jti: str, until: datetime, now: datetime) -> bool:
    """Whether a logout token comes for the first time; remembers it until it has expired."""
    session.connection().execute(delete(core(SignInStep)).where(STEP.expires_at < now))
    row = {
        "state_hash": hash_of(f"logout {provider} {jti}"),
        "provider": provider,
        "browser_hash": USED,
        "nonce": "",
        "verifier": "",
        "next": "",
        "expires_at": until,
    }
    return insert_new(session, SignInStep, row)
