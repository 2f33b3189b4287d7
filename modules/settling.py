"""When a refresher is done: every changed item answered right. By an answer, or by a regrade."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from db import answers, attempts, refreshers, revisions
from db.refreshers import Open
from modules import refreshing
from modules.course.model import Change, Module
from modules.evidence import Deed
from modules.granting import Learner

FORM = "refresh"


def needed(module: Module, changes: Iterable[Change], version: str) -> tuple[str, ...]:
    """The items that a version's changed rule asks for; none where it names no such rule."""
    found = (one for one in changes if one.version == version and one.kind == "rule")
    return tuple(part for one in found for part in one.parts if part in module.questions)


def right(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str
) -> Mapping[str, datetime]:
    """Item -> when the latest attempt was begun in which she answered it right here. Two queries.

    Only of the forms that ask changed parts: an answer from before the change tells nothing.
    """
    sittings = attempts.of_person(session, org_id=org_id, person_id=person_id, module=module)
    begun = {one.id: one.started_at for one in sittings if one.form == FORM}
    found: dict[str, datetime] = {}
    for one in answers.of_attempts(session, org_id=org_id, attempt_ids=list(begun)):
        if one.correct:
            when = begun[one.attempt_id]
            found[one.slot] = max(when, found.get(one.slot, when))
    return found


def left(needs: Iterable[str], given: Mapping[str, datetime], asked: Open) -> tuple[str, ...]:
    """Those of a refresher's items that are not answered right since it was asked. Pure."""
    return tuple(item for item in needs if item not in given or given[item] < asked.made_at)


def settle(session: Session, learner: Learner, *, module: Module, now: datetime) -> list[Deed]:
    """Close somebody's refreshers of a module whose items are all right; what proves each.

    The caller records it, as the last thing: until the commit nobody else can add to the log.
    """
    org_id, person_id = learner.org_id, learner.person_id
    waiting = refreshers.open_of(session, org_id=org_id, person_id=person_id, module=module.id)
    published = revisions.latest(session, org_id=org_id).get(module.id)
    if not waiting or published is None:
        return []
    changes = refreshing.changes_of(session, sha256=published.sha256)
    given = right(session, org_id=org_id, person_id=person_id, module=module.id)
    proofs = []
    for one in waiting:
        needs = needed(module, changes, one.version)
        if not needs or left(needs, given, one):
            continue
        if refreshers.done(
            session,
            org_id=org_id,
            person_id=person_id,
            module=module.id,
            version=one.version,
            now=now,
        ):
            facts = {"module": module.id, "version": one.version, "sha256": published.sha256}
            who = {"name": learner.name, "email": learner.email}
            proofs.append(Deed("refreshed", now, person_id, facts, who))
    return proofs
