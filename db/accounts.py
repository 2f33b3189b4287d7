"""Local accounts, and links and steps that work once."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, case, delete, func, or_, select, update
from sqlmodel import Session

from db.engine import insert_new
from db.people import ORGANISATION, PERSON, PLACEMENT, on_day
from db.sign_ins import hash_of
from db.tables import Account, Identity, OneTime, Organisation, Person, core
from db.texts import storable

ACCOUNT, ONE_TIME, IDENTITY = core(Account).c, core(OneTime).c, core(Identity).c


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
        .where(PERSON.email == email, *([ACCOUNT.hash.is_not(None)] if chosen else []))
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


def works_in(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    units: Collection[uuid.UUID],
    day: date,
) -> bool:
    """Whether somebody is placed in one of these units on a day."""
    query = select(PLACEMENT.id).where(
        PLACEMENT.org_id == org_id,
        PLACEMENT.person_id == person_id,
        PLACEMENT.unit_id.in_(units),
        on_day(day),
    )
    return session.connection().execute(query.limit(1)).first() is not None


def void(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, purposes: Collection[str]
) -> None:
    """Make somebody's unused links void."""
    session.connection().execute(
        delete(core(OneTime)).where(
            ONE_TIME.org_id == org_id,
            ONE_TIME.person_id == person_id,
            ONE_TIME.purpose.in_(purposes),
            ONE_TIME.used_at.is_(None),
        )
    )


def providers(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> list[str]:
    """The providers that know somebody."""
    query = select(IDENTITY.provider).where(
        IDENTITY.org_id == org_id, IDENTITY.person_id == person_id
    )
    return sorted(session.connection().execute(query.distinct()).scalars())


def _set(session: Session, org_id: uuid.UUID, person_id: uuid.UUID, **values: object) -> None:
    session.connection().execute(
        update(core(Account))
        .where(ACCOUNT.org_id == org_id, ACCOUNT.person_id == person_id)
        .values(**values)
    )


def set_hash(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, hashed: str, now: datetime
) -> None:
    """Keep a pass-phrase's hash; makes the account if there is none."""
    row = {"org_id": org_id, "person_id": person_id, "hash": hashed, "changed_at": now}
    if not insert_new(session, Account, row):
        _set(session, org_id, person_id, hash=hashed, changed_at=now)


def prepare(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, now: datetime) -> None:
    """Make an account without a pass-phrase, if there is none: its holder chooses one by a link."""
    row = {"org_id": org_id, "person_id": person_id, "hash": None, "changed_at": now}
    insert_new(session, Account, row)


def rehash(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, old: str, hashed: str
) -> None:
    """Keep the same pass-phrase's hash with newer parameters, unless it was changed meanwhile."""
    session.connection().execute(
        update(core(Account))
        .where(ACCOUNT.org_id == org_id, ACCOUNT.person_id == person_id, ACCOUNT.hash == old)
        .values(hash=hashed)
    )


def prepare_second(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, sealed: str
) -> None:
    """Keep a secret that counts once a code of it was typed; never over one that counts already."""
    session.connection().execute(
        update(core(Account))
        .where(
            ACCOUNT.org_id == org_id,
            ACCOUNT.person_id == person_id,
            ACCOUNT.totp_since.is_(None),
        )
        .values(totp_secret=sealed, totp_step=None)
    )


def confirm_second(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    sealed: str,
    step: int,
    recovery: Collection[str],
    now: datetime,
) -> bool:
    """Let a prepared secret count from now on; whether it was the one that waited."""
    done = session.connection().execute(
        update(core(Account))
        .where(
            ACCOUNT.org_id == org_id,
            ACCOUNT.person_id == person_id,
            ACCOUNT.totp_secret == sealed,
            ACCOUNT.totp_since.is_(None),
        )
        .values(totp_since=now, totp_step=step, recovery="\n".join(recovery))
    )
    return bool(done.rowcount)


def remove_second(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Forget the second factor and its recovery codes."""
    _set(
        session,
        org_id,
        person_id,
        totp_secret=None,
        totp_since=None,
        totp_step=None,
        recovery=None,
    )


def close(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Let no pass-phrase open an account until its holder has chosen another by a link."""
    _set(session, org_id, person_id, hash=None)


def take_step(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, step: int) -> bool:
    """Take a code's time step; False when it, or a later one, was taken before. Atomic."""
    done = session.connection().execute(
        update(core(Account))
        .where(
            ACCOUNT.org_id == org_id,
            ACCOUNT.person_id == person_id,
            or_(ACCOUNT.totp_step.is_(None), ACCOUNT.totp_step < step),
        )
        .values(totp_step=step)
    )
    return bool(done.rowcount)


def take_recovery(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, hashed: str
) -> bool:
    """Take a recovery code; False when it is none, or was taken before. Atomic."""
    kept = of_person(session, org_id=org_id, person_id=person_id)
    codes = kept.recovery.split() if kept and kept.recovery else []
    if kept is None or hashed not in codes:
        return False
    left = "\n".join(one for one in codes if one != hashed)
    done = session.connection().execute(
        update(core(Account))
        .where(
            ACCOUNT.org_id == org_id,
            ACCOUNT.person_id == person_id,
            ACCOUNT.recovery == kept.recovery,
        )
        .values(recovery=left)
    )
    return bool(done.rowcount)


def set_recovery(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, recovery: Collection[str]
) -> None:
    """Put new recovery codes in the place of the old ones."""
    _set(session, org_id, person_id, recovery="\n".join(recovery))


@dataclass(frozen=True)
class Once:
    """Whose link or step a token is, and what for."""

    org_id: uuid.UUID
    person_id: uuid.UUID
    purpose: str


def issue(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    purpose: str,
    lasts: timedelta,
    now: datetime,
    voids: Collection[str] = (),
    bound: str = "",
) -> str:
    """A token that works once; only its hash is kept. Those of ``voids`` made before are void.

    With ``bound`` it is looked for as the token followed by that text, and by no other.
    """
    if voids:
        void(session, org_id=org_id, person_id=person_id, purposes=voids)
    token = secrets.token_urlsafe(32)
    session.connection().execute(
        core(OneTime)
        .insert()
        .values(
            token_hash=hash_of(token + bound),
            org_id=org_id,
            person_id=person_id,
            purpose=purpose,
            made_at=now,
            expires_at=now + lasts,
        )
    )
    return token


def look(session: Session, *, token: str, purposes: Collection[str], now: datetime) -> Once | None:
    """Whose token this is while it is good; it stays good."""
    query = select(ONE_TIME.org_id, ONE_TIME.person_id, ONE_TIME.purpose).where(
        ONE_TIME.token_hash == hash_of(token),
        ONE_TIME.purpose.in_(purposes),
        ONE_TIME.used_at.is_(None),
        ONE_TIME.expires_at > now,
    )
    row = session.connection().execute(query).first()
    return Once(*row) if row else None


def use(session: Session, *, token: str, purposes: Collection[str], now: datetime) -> bool:
    """Use a token up; False when it was used, is too old or was never made. Atomic."""
    done = session.connection().execute(
        update(core(OneTime))
        .where(
            ONE_TIME.token_hash == hash_of(token),
            ONE_TIME.purpose.in_(purposes),
            ONE_TIME.used_at.is_(None),
            ONE_TIME.expires_at > now,
        )
        .values(used_at=now)
    )
    return bool(done.rowcount)


def open_links(
    session: Session, *, org_id: uuid.UUID, purposes: Collection[str], now: datetime
) -> frozenset[uuid.UUID]:
    """Who has a link that is still good."""
    query = select(ONE_TIME.person_id).where(
        ONE_TIME.org_id == org_id,
        ONE_TIME.purpose.in_(purposes),
        ONE_TIME.used_at.is_(None),
        ONE_TIME.expires_at > now,
    )
    return frozenset(session.connection().execute(query.distinct()).scalars())


def chosen(session: Session, *, org_id: uuid.UUID) -> int:
    """How many people of an organisation have chosen a pass-phrase."""
    query = select(func.count()).where(ACCOUNT.org_id == org_id, ACCOUNT.hash.is_not(None))
    return int(session.connection().execute(query).scalar_one())
