"""Second factors of local accounts, and their recovery codes."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session

from db.accounts import ACCOUNT, changing, of_person


def prepare(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, sealed: str) -> None:
    """Keep a secret that counts once a code of it was typed; never over one that counts already."""
    session.connection().execute(
        changing(org_id, person_id)
        .where(ACCOUNT.totp_since.is_(None))
        .values(totp_secret=sealed, totp_step=None)
    )


def confirm(
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
        changing(org_id, person_id)
        .where(ACCOUNT.totp_secret == sealed, ACCOUNT.totp_since.is_(None))
        .values(totp_since=now, totp_step=step, recovery="\n".join(recovery))
    )
    return bool(done.rowcount)


def remove(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Forget the second factor and its recovery codes."""
    session.connection().execute(
        changing(org_id, person_id).values(
            totp_secret=None, totp_since=None, totp_step=None, recovery=None
        )
    )


def take_step(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, step: int) -> bool:
    """Take a code's time step; False when it, or a later one, was taken before. Atomic."""
    done = session.connection().execute(
        changing(org_id, person_id)
        .where(or_(ACCOUNT.totp_step.is_(None), ACCOUNT.totp_step < step))
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
        changing(org_id, person_id).where(ACCOUNT.recovery == kept.recovery).values(recovery=left)
    )
    return bool(done.rowcount)


def set_recovery(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, recovery: Collection[str]
) -> None:
    """Put new recovery codes in the place of the old ones."""
    session.connection().execute(changing(org_id, person_id).values(recovery="\n".join(recovery)))
