"""When a refresher is done: every changed item answered right. See also `modules.granting`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import answers, attempts, refreshers, revisions
from db.refreshers import Open
from modules import evidence, refreshing
from modules.access import Viewer, require
from modules.course.model import Change, Module

FORM = "refresh"


def needed(module: Module, changes: Iterable[Change], version: str) -> tuple[str, ...]:
    """The items that a version's changed rule asks for; none where it names no such rule."""
    found = (one for one in changes if one.version == version and one.kind == "rule")
    return tuple(part for one in found for part in one.parts if part in module.questions)


def right(session: Session, viewer: Viewer, module: str) -> Mapping[str, datetime]:
    """Item -> when the latest attempt was begun in which she answered it right here. Two queries.

    Only of the forms that ask changed parts: an answer from before the change tells nothing.
    """
    require(viewer, "learn.refresh")
    sittings = attempts.of_person(
        session, org_id=viewer.org_id, person_id=viewer.person_id, module=module
    )
    begun = {one.id: one.started_at for one in sittings if one.form == FORM}
    found: dict[str, datetime] = {}
    for one in answers.of_attempts(session, org_id=viewer.org_id, attempt_ids=list(begun)):
        if one.correct:
            when = begun[one.attempt_id]
            found[one.slot] = max(when, found.get(one.slot, when))
    return found


def left(needs: Iterable[str], given: Mapping[str, datetime], asked: Open) -> tuple[str, ...]:
    """Those of a refresher's items that are not answered right since it was asked. Pure."""
    return tuple(item for item in needs if item not in given or given[item] < asked.made_at)


def settle(session: Session, viewer: Viewer, *, module: Module, now: datetime) -> int:
    """Close the viewer's refreshers of a module whose items are all right; how many."""
    require(viewer, "learn.refresh")
    scope: dict[str, Any] = {
        "org_id": viewer.org_id,
        "person_id": viewer.person_id,
        "module": module.id,
    }
    waiting = refreshers.open_of(session, **scope)
    published = revisions.latest(session, org_id=viewer.org_id).get(module.id)
    if not waiting or published is None:
        return 0
    changes = refreshing.changes_of(session, sha256=published.sha256)
    given, closed = right(session, viewer, module.id), 0
    for one in waiting:
        needs = needed(module, changes, one.version)
        if not needs or left(needs, given, one):
            continue
        if refreshers.done(session, **scope, version=one.version, now=now):
            closed += 1
            # Last: until the commit no other entry can be added.
            evidence.record(
                session,
                org_id=viewer.org_id,
                kind="refreshed",
                about=viewer.person_id,
                facts={"module": module.id, "version": one.version, "sha256": published.sha256},
                personal={"name": viewer.name, "email": viewer.email},
                now=now,
            )
    return closed
