"""States of the works agreement that an organisation ran under, and who has seen the newest."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session

from db.sign_ins import SIGN_IN
from db.tables import Agreement, AgreementSeen, SignIn, core

AGREEMENT, SEEN = core(Agreement).c, core(AgreementSeen).c
UNSIGNED = "[]"


@dataclass(frozen=True)
class State:
    """One state: the very text of the file, and the signatures that held, as JSON."""

    org_id: uuid.UUID
    number: int
    sha256: str
    body: str
    signatures: str
    since: datetime

    @property
    def signed(self) -> bool:
        """Whether everybody had signed it who was to."""
        return self.signatures != UNSIGNED


COLUMNS = (
    AGREEMENT.org_id,
    AGREEMENT.number,
    AGREEMENT.sha256,
    AGREEMENT.body,
    AGREEMENT.signatures,
    AGREEMENT.since,
)


def of_organisation(session: Session, *, org_id: uuid.UUID) -> list[State]:
    """Every state of one organisation, oldest first."""
    query = select(*COLUMNS).where(AGREEMENT.org_id == org_id).order_by(AGREEMENT.number)
    return [State(**row._mapping) for row in session.connection().execute(query)]


def last_signed(session: Session) -> list[State]:
    """The newest signed state of each organisation that has one. One query."""
    newest = (
        select(AGREEMENT.org_id, func.max(AGREEMENT.number).label("number"))
        .where(AGREEMENT.signatures != UNSIGNED)
        .group_by(AGREEMENT.org_id)
        .subquery()
    )
    query = select(*COLUMNS).join(
        newest, (newest.c.org_id == AGREEMENT.org_id) & (newest.c.number == AGREEMENT.number)
    )
    return [State(**row._mapping) for row in session.connection().execute(query)]


def record(session: Session, state: State) -> None:
    """Add a state. Whoever calls holds the organisation, so that numbers have no gap."""
    session.add(Agreement(**vars(state)))
    session.flush()


def newest_and_seen(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID
) -> tuple[int, int]:
    """The numbers of the newest state and of the one that somebody has seen; 0 for none."""
    seen = (
        select(SEEN.number)
        .where(SEEN.org_id == org_id, SEEN.person_id == person_id)
        .scalar_subquery()
    )
    newest = select(func.max(AGREEMENT.number)).where(AGREEMENT.org_id == org_id).scalar_subquery()
    found = session.connection().execute(select(newest, seen)).one()
    return found[0] or 0, found[1] or 0


def see(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, number: int, now: datetime
) -> None:
    """Somebody has seen a state, and with it those before."""
    row = session.get(AgreementSeen, (org_id, person_id))
    if row is None:
        row = AgreementSeen(org_id=org_id, person_id=person_id, number=number, seen_at=now)
    elif number > row.number:
        row.number, row.seen_at = number, now
    session.add(row)
    session.flush()


def shorten_sign_ins(session: Session, *, org_id: uuid.UUID, until: datetime) -> None:
    """Let no open sign-in of an organisation last longer than until then."""
    query = update(core(SignIn)).where(
        SIGN_IN.org_id == org_id, SIGN_IN.ended_at.is_(None), SIGN_IN.expires_at > until
    )
    session.connection().execute(query.values(expires_at=until))
