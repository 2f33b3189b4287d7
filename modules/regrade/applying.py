"""A regrade done: other grades count, what is now passed is granted, and the log says so."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from db import people, regrades, regrading, revisions, rollup
from db.attempts import Sitting
from db.regrades import Grade, Made
from db.revisions import Published
from modules import evidence, taught
from modules.basics import BadInput
from modules.course.model import Module
from modules.evidence import Deed
from modules.granting import Learner, grant
from modules.progress.sheet import Mark
from modules.regrade.counts import shown
from modules.regrade.earning import Given
from modules.regrade.judging import Judged
from modules.regrade.planning import Plan, fill, plan
from modules.regrade.reading import AT_ONCE
from modules.settling import settle

LONGEST = 200
"""Characters of the reason, which learners read."""


def apply(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    item: str,
    why: str,
    after: int,
    by: uuid.UUID | None = None,
    by_name: str = "",
    least: int = 0,
    now: datetime,
) -> Plan:
    """Let the live revision's grades count for every answer to an item; gives what was done.

    ``after`` is the number of the item's newest regrade when the plan was shown, 0 for none.
    Raises BadInput where nothing would change, or somebody made another regrade meanwhile. Where
    so few answered that ``least`` forbids to tell whether anything changes, it is done either way.
    """
    reason = sentence(why)
    done = plan(session, org_id=org_id, module=module, item=item, hold=True)
    if done.number != after:
        raise BadInput(AGAIN)
    if not done.rows and not (least and shown(done.counts.stored, least).few):
        raise BadInput("Every answer has the grade that the published question gives it.")
    earlier = [one for one in revisions.every(session, org_id=org_id) if one.id in done.given_on]
    _do(session, org_id, done, earlier[-1], done.to, reason, None, by, by_name, now)
    return done


AGAIN = (
    "Somebody has graded the answers to this question again meanwhile. Nothing was changed. "
    "Look at what stands now, then decide."
)


def undo(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    item: str,
    number: int,
    why: str,
    by: uuid.UUID | None = None,
    by_name: str = "",
    now: datetime,
) -> Plan:
    """Let the grades from before an item's newest regrade count again; nothing granted goes.

    Raises BadInput where it is not the newest, or was an undoing itself.
    """
    reason = sentence(why)
    regrading.hold_people(session, org_id=org_id, module=module)
    made, done = planned_back(
        session, org_id=org_id, module=module, item=item, number=number, hold=True
    )
    back = _published(session, org_id, made.from_id)
    _do(session, org_id, done, done.to, back, reason, made.number, by, by_name, now)
    return done


def planned_back(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    item: str,
    number: int,
    hold: bool = False,
) -> tuple[Made, Plan]:
    """The regrade that is to be taken back, and what that changes. ``hold`` as in `plan`."""
    made = regrades.newest(session, org_id=org_id, module=module, item=item)
    if made is None or made.number != number:
        raise BadInput(AGAIN)
    if made.undoes is not None:
        raise BadInput("This was taken back before. Grade the answers again instead.")
    stored = regrades.rows_of(session, org_id=org_id, regrade_id=made.id)
    before = {one.answer_id: _mark(one.before) for one in stored}
    done = Plan(module, item, made.number, _published(session, org_id, made.to_id))

    def page(last: uuid.UUID | None) -> list[Sitting]:
        return regrading.touched(
            session, org_id=org_id, regrade_id=made.id, after=last, limit=AT_ONCE, hold=hold
        )

    def by_before(given: Given, _old: Module) -> list[Judged]:
        return [
            Judged(at, given.sheet.answers[at].mark, before[id_])
            for at, (id_, _) in sorted(given.rows.items())
            if id_ in before
        ]

    fill(session, org_id, done, page, by_before)
    return made, done


def _do(
    session: Session,
    org_id: uuid.UUID,
    done: Plan,
    origin: Published,
    to: Published,
    why: str,
    undoes: int | None,
    by: uuid.UUID | None,
    by_name: str,
    now: datetime,
) -> None:
    regrade_id = regrades.add(
        session,
        org_id=org_id,
        module=done.module,
        item=done.item,
        number=done.number + 1,
        from_id=origin.id,
        to_id=to.id,
        undoes=undoes,
        why=why,
        counts=done.counts.stored,
        by=by,
        now=now,
    )
    if regrade_id is None:
        raise BadInput(AGAIN)
    regrades.add_rows(session, org_id=org_id, regrade_id=regrade_id, rows=done.rows)
    if done.granted:
        # The counts of many units are about to change: in no order that others keep to.
        rollup.alone(session, org_id)
    proofs = [grant(session, learner, earned, now=now) for learner, earned in done.granted]
    settled = _settle(session, org_id, done, now)
    counts = done.counts.n
    facts = {
        "module": done.module,
        "item": done.item,
        "from_sha256": origin.sha256,
        "to_sha256": to.sha256,
        "undoes": undoes,
        **{key: counts[key] for key in ("up", "down", "same", "unjudged", "granted")},
    }
    told = {"by_name": by_name} if by and by_name else {}
    deed = Deed("regraded", now, regrade_id, facts, told, by)
    # Last: until the commit no other entry can be added.
    evidence.record_all(
        session, org_id=org_id, deeds=[deed, *(one for one in proofs if one), *settled]
    )


def _settle(session: Session, org_id: uuid.UUID, done: Plan, now: datetime) -> list[Deed]:
    """Close the refreshers whose changed parts are all right now."""
    live = revisions.latest(session, org_id=org_id).get(done.module)
    if not done.redone or live is None:
        return []
    module = taught.module(session, sha256=live.sha256, language="en")
    zone = people.zone(session, org_id=org_id)
    known = regrading.people(session, org_id=org_id, person_ids=done.redone)
    return [
        proof
        for one in known.values()
        for proof in settle(
            session,
            Learner(org_id, one.person_id, one.name, one.email, one.path, zone),
            module=module,
            now=now,
        )
    ]


def sentence(why: str) -> str:
    """The reason as learners will read it. Raises BadInput without one, or for a long one."""
    told = " ".join(why.split())
    if not told or len(told) > LONGEST:
        raise BadInput(
            f"Say in one sentence of at most {LONGEST} characters why the answers are graded "
            "again: those whose answer counts otherwise now can read it."
        )
    return told


def _published(session: Session, org_id: uuid.UUID, revision_id: uuid.UUID) -> Published:
    found = revisions.by_id(session, org_id=org_id, revision_id=revision_id)
    assert found is not None
    return found


def _mark(grade: Grade) -> Mark:
    return Mark(grade.score, grade.correct, tuple(grade.tags), grade.grader)
