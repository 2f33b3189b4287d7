"""Content as it was published: immutable bundles, and the revisions that point at them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import Session

from db.engine import insert_new
from db.tables import Bundle, Revision, core, new_id

REVISION, BUNDLE = core(Revision).c, core(Bundle).c


@dataclass(frozen=True)
class Published:
    """One revision of a module."""

    id: uuid.UUID
    module: str
    number: int
    version: str
    sha256: str
    origin: str
    published_at: datetime
    # What it changed against the one before: "" (nothing said), wording, clarification or rule.
    change: str = ""
    # The trainer who published it; None for a shipped one.
    published_by: uuid.UUID | None = None
    # The shipped bundle that its text goes back to; "": none.
    shipped_from: str = ""
    # The number of the earlier revision that it says again.
    repeats: int | None = None
    # Whether a module of the organisation's own is offered to everybody.
    offered: bool = True


COLUMNS = tuple(REVISION[name] for name in Published.__dataclass_fields__)


def latest(session: Session, *, org_id: uuid.UUID) -> dict[str, Published]:
    """Each module's newest revision, by module id."""
    newest = (
        select(REVISION.module, func.max(REVISION.number).label("number"))
        .where(REVISION.org_id == org_id)
        .group_by(REVISION.module)
        .subquery()
    )
    query = (
        select(*COLUMNS)
        .join(newest, and_(newest.c.module == REVISION.module, newest.c.number == REVISION.number))
        .where(REVISION.org_id == org_id)
    )
    return {row.module: Published(*row) for row in session.connection().execute(query)}


def every(session: Session, *, org_id: uuid.UUID) -> list[Published]:
    """All revisions of an organisation, by module, the newest last."""
    query = (
        select(*COLUMNS).where(REVISION.org_id == org_id).order_by(REVISION.module, REVISION.number)
    )
    return [Published(*row) for row in session.connection().execute(query)]


def of_module(session: Session, *, org_id: uuid.UUID, module: str) -> list[Published]:
    """All revisions of one module, the newest last."""
    query = (
        select(*COLUMNS)
        .where(REVISION.org_id == org_id, REVISION.module == module)
        .order_by(REVISION.number)
    )
    return [Published(*row) for row in session.connection().execute(query)]


def by_id(session: Session, *, org_id: uuid.UUID, revision_id: uuid.UUID) -> Published | None:
    """One revision of an organisation."""
    query = select(*COLUMNS).where(REVISION.org_id == org_id, REVISION.id == revision_id)
    row = session.connection().execute(query).one_or_none()
    return Published(*row) if row else None


def body(session: Session, *, sha256: str) -> str:
    """The text of a bundle."""
    query = select(BUNDLE.body).where(BUNDLE.sha256 == sha256)
    return str(session.connection().execute(query).scalar_one())


def publish(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    version: str,
    sha256: str,
    text: str,
    origin: str,
    now: datetime,
    change: str = "",
    **more: Any,
) -> Published | None:
    """Record a revision; None when the newest one already has this content.

    ``more``: what else `Published` says of it.
    """
    newest = latest(session, org_id=org_id).get(module)
    if newest and newest.sha256 == sha256:
        return None
    insert_new(session, Bundle, {"sha256": sha256, "body": text})
    made = Published(
        id=new_id(),
        module=module,
        number=newest.number + 1 if newest else 1,
        version=version,
        sha256=sha256,
        origin=origin,
        published_at=now,
        change=change,
        **more,
    )
    # Two processes that start together publish the same number once.
    won = insert_new(session, Revision, {"org_id": org_id, **vars(made)})
    return made if won else None


def keep_body(session: Session, *, sha256: str, text: str) -> None:
    """Keep a bundle that no revision has yet."""
    insert_new(session, Bundle, {"sha256": sha256, "body": text})
