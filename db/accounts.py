"""Local accounts: who has one, and the hash of its pass-phrase."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Update, and_, case, func, or_, select, update
from sqlmodel import Session

from db.engine import insert_new
from db.people import ORGANISATION, PERSON
from db.tables import Account, Identity, Organisation, Person, core
from db.texts import storable

ACCOUNT, IDENTITY = core(Account).c, core(Identity).c


@dataclass(frozen=True)
class Kept:
    """What is kept for a local sign-in."""

    org_id: uuid.UUID
    person_id: uuid.UUID
    hash: str | None
    changed_at: datetime
    totp_secret: str | None
    # None while the secret has been shown and no code of it was typed yet.
    totp_since: datetime | None
    totp_step: int | None
    recovery: str | None

    @property
    def second(self) -> bool:
        """Whether a second factor is asked for."""
        return self.totp_secret is not None and self.totp_since is not None

    @property
    def codes(self) -> int:
        """How many recovery codes are left."""
        return len(self.recovery.split()) if self.recovery else 0


COLUMNS = [
    getattr(ACCOUNT, name)
    for name in (
        "org_id",
        "person_id",
        "hash",
        "changed_at",
        "totp_secret",
        "totp_since",
        "totp_step",
        "recovery",
    )
]


def by_email(session: Session, *, email: str, day: date, chosen: bool = True) -> Kept | None:
    """The account behind an address; in the oldest organisation that has one.

    One of somebody who has left by that day comes last. ``chosen`` leaves out accounts that were
    only prepared; else they come after those that were chosen.
    """
    email = email.casefold() if storable(email) else ""
    query = (
        select(*COLUMNS)
        .select_from(core(Account))
        .join(core(Person), and_(PERSON.org_id == ACCOUNT.org_id, PERSON.id == ACCOUNT.person_id))
        .join(core(Organisation), ORGANISATION.id == ACCOUNT.org_id)
        .where(
            # Body by body, since addresses are found by body: otherwise everybody is looked at.
            PERSON.org_id.in_(select(ORGANISATION.id)),
            PERSON.email == email,
            *([ACCOUNT.hash.is_not(None)] if chosen else []),
        )
        .order_by(
            case((PERSON.left_on <= day, 1), else_=0),
            ACCOUNT.hash.is_(None),
            ORGANISATION.created_at,
            ORGANISATION.id,
        )
        .limit(1)
    )
    row = session.connection().execute(query).first()
    return Kept(**row._mapping) if row else None


def of_person(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> Kept | None:
    """Somebody's local account, chosen or only prepared."""
    query = select(*COLUMNS).where(ACCOUNT.org_id == org_id, ACCOUNT.person_id == person_id)
    row = session.connection().execute(query).first()
    return Kept(**row._mapping) if row else None


def email_of(session: Session, *, person_id: uuid.UUID) -> str:
    """Somebody's address now; "" for nobody's id."""
    # By way of the organisations, which are few: the key of a person begins with hers.
    query = (
        select(PERSON.email)
        .select_from(core(Organisation))
        .join(core(Person), and_(PERSON.org_id == ORGANISATION.id, PERSON.id == person_id))
    )
    return session.connection().execute(query).scalars().first() or ""


def any_chosen(session: Session) -> bool:
    """Whether anybody can sign in with a pass-phrase."""
    query = select(ACCOUNT.person_id).where(ACCOUNT.hash.is_not(None)).limit(1)
    return session.connection().execute(query).first() is not None


def chosen(session: Session, *, org_id: uuid.UUID) -> int:
    """How many people of an organisation have chosen a pass-phrase."""
    query = select(func.count()).where(ACCOUNT.org_id == org_id, ACCOUNT.hash.is_not(None))
    return int(session.connection().execute(query).scalar_one())


def without_a_way(session: Session, *, org_id: uuid.UUID, day: date) -> list[uuid.UUID]:
    """Who works there on a day and has neither a pass-phrase nor been known to a provider."""
    chosen = select(ACCOUNT.person_id).where(
        ACCOUNT.org_id == PERSON.org_id, ACCOUNT.person_id == PERSON.id, ACCOUNT.hash.is_not(None)
    )
    known = select(IDENTITY.person_id).where(
        IDENTITY.org_id == PERSON.org_id,
        IDENTITY.person_id == PERSON.id,
        IDENTITY.provider != "demo",
    )
    query = (
        select(PERSON.id)
        .where(
            PERSON.org_id == org_id,
            or_(PERSON.left_on.is_(None), PERSON.left_on > day),
            ~chosen.exists(),
            ~known.exists(),
        )
        .order_by(PERSON.name, PERSON.id)
    )
    return [uuid.UUID(str(one)) for one in session.connection().execute(query).scalars()]


def providers(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> list[str]:
    """The providers that know somebody."""
    query = select(IDENTITY.provider).where(
        IDENTITY.org_id == org_id, IDENTITY.person_id == person_id
    )
    return sorted(session.connection().execute(query.distinct()).scalars())


def changing(org_id: uuid.UUID, person_id: uuid.UUID) -> Update:
    """The statement that changes one account, still without its values."""
    return update(core(Account)).where(ACCOUNT.org_id == org_id, ACCOUNT.person_id == person_id)


def set_hash(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, hashed: str, now: datetime
) -> None:
    """Keep a pass-phrase's hash; makes the account if there is none."""
    row = {"org_id": org_id, "person_id": person_id, "hash": hashed, "changed_at": now}
    if not insert_new(session, Account, row):
        session.connection().execute(
            changing(org_id, person_id).values(hash=hashed, changed_at=now)
        )


def prepare(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, now: datetime) -> None:
    """Make an account without a pass-phrase, if there is none: its holder chooses one by a link."""
    row = {"org_id": org_id, "person_id": person_id, "hash": None, "changed_at": now}
    insert_new(session, Account, row)


def rehash(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, old: str, hashed: str
) -> None:
    """Keep the same pass-phrase's hash with newer parameters, unless it was changed meanwhile."""
    session.connection().execute(
        changing(org_id, person_id).where(ACCOUNT.hash == old).values(hash=hashed)
    )


def close(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Let no pass-phrase open an account until its holder has chosen another by a link."""
    session.connection().execute(changing(org_id, person_id).values(hash=None))
