"""What a regrade would change: every answer, result and completion. Reads, and writes nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from db import regrades, regrading, revisions
from db.attempts import Sitting
from db.regrades import Grade, Row
from db.revisions import Published
from modules import settling, taught
from modules.basics import BadInput, ContentError
from modules.course.model import Module
from modules.granting import Earned, Learner
from modules.progress.sheet import Mark
from modules.regrade.counts import Counts
from modules.regrade.earning import Given, earned
from modules.regrade.judging import JUDGED, Judged, Known, Result, judge, result, with_marks
from modules.regrade.reading import (
    AT_ONCE,
    Page,
    Rights,
    pages,
    right_of,
    sheet_of_rights,
    whole_of,
)


@dataclass
class Plan:
    """What would change, for whom, and what it would grant."""

    module: str
    item: str
    # The regrade of this item that was the newest: nobody may have made another one meanwhile.
    number: int
    to: Published
    rows: list[Row] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    granted: list[tuple[Learner, Earned]] = field(default_factory=list)
    # Who answered a changed part better than was thought: her refresher may be done.
    redone: set[uuid.UUID] = field(default_factory=set)
    # The revisions on which the answers were given.
    given_on: set[uuid.UUID] = field(default_factory=set)


Judge = Callable[[Given, Module], Sequence[Judged]]


def plan(
    session: Session, *, org_id: uuid.UUID, module: str, item: str, hold: bool = False
) -> Plan:
    """What the live revision makes of every answer to an item that was given on another one.

    ``hold`` lets nobody answer in these attempts until the commit. Raises BadInput where the live
    revision has no such item.
    """
    live = revisions.latest(session, org_id=org_id).get(module)
    if live is None:
        raise BadInput(f"There is no module {module} here.")
    if item not in taught.module(session, sha256=live.sha256, language="en").questions:
        raise BadInput(f"The published {module} has no question {item}, so nothing can grade it.")
    made = Plan(module, item, 0, live)
    if hold:
        regrading.hold_people(session, org_id=org_id, module=module, but=live.id)

    def page(after: uuid.UUID | None) -> list[Sitting]:
        return regrading.asked(
            session,
            org_id=org_id,
            module=module,
            item=item,
            but=live.id,
            after=after,
            limit=AT_ONCE,
            hold=hold,
        )

    known: dict[tuple[str, str, str], Known] = {}

    def by_live(given: Given, old: Module) -> Sequence[Judged]:
        one = given.sitting
        same = known.setdefault((one.sha256, one.language, one.jurisdiction), {})
        return judge(old, _corrected(session, live, one), given.sheet, item, same)

    fill(session, org_id, made, page, by_live)
    # After the attempts are held: whoever was first has committed by then.
    newest = regrades.newest(session, org_id=org_id, module=module, item=item)
    made.number = newest.number if newest else 0
    return made


def _corrected(session: Session, live: Published, sitting: Sitting) -> Module | None:
    """The live revision in an attempt's language and law; None where it is not to be had."""
    try:
        return taught.module(
            session,
            sha256=live.sha256,
            language=sitting.language,
            jurisdiction=sitting.jurisdiction,
        )
    except ContentError:
        return None


def fill(session: Session, org_id: uuid.UUID, made: Plan, page: Page, by: Judge) -> None:
    """Judge every attempt of the pages, and count."""
    done: set[uuid.UUID] = set()
    results: dict[Hashable, Result | None] = {}
    for given in pages(session, org_id, made.item, page):
        changed: list[tuple[Given, Module, Sequence[Judged]]] = []
        for one, old in given:
            judged = by(one, old)
            if judged:
                made.given_on.add(one.sitting.revision_id)
            _count(made, one, judged)
            if any(each.changes for each in judged):
                made.rows += rows(one, judged)
                if one.sitting.form in JUDGED:
                    changed.append((one, old, judged))
        passing = {}
        rights = right_of(session, org_id, [one.sitting for one, _, _ in changed])
        for one, old, judged in changed:
            came = _result(results, one.sitting, old, rights[one.sitting.id], judged)
            if came:
                _count_result(made, one, came)
            if came and came.passes_now:
                passing[one.sitting.id] = (old, judged)
        whole = whole_of(
            session, org_id, [one for one, _, _ in changed if one.sitting.id in passing]
        )
        would = earned(
            session,
            org_id,
            [
                (one, passing[one.sitting.id][0], with_marks(one.sheet, passing[one.sitting.id][1]))
                for one in whole
            ],
            made.module,
        )
        for learner, by_attempt in would:
            if learner.person_id not in done:
                done.add(learner.person_id)
                made.granted.append((learner, by_attempt))
                made.counts.add("granted", learner.person_id)


def _result(
    known: dict[Hashable, Result | None],
    sitting: Sitting,
    old: Module,
    right: Rights,
    judged: Sequence[Judged],
) -> Result | None:
    """What a regrade does to a result; attempts that are alike have one."""
    same = (
        sitting.sha256,
        sitting.language,
        sitting.jurisdiction,
        sitting.form,
        sitting.number if not sitting.paper else 0,
        frozenset(sitting.paper),
        right,
        tuple((one.at, one.changes, one.after and one.after.right) for one in judged),
    )
    if same not in known:
        before = sheet_of_rights(sitting, right)
        known[same] = result(old, before, with_marks(before, judged))
    return known[same]


def rows(one: Given, judged: Iterable[Judged]) -> list[Row]:
    """What is to be stored: the grades that change, each the next turn of its answer."""
    return [
        Row(
            one.rows[each.at][0],
            one.rows[each.at][1] + 1,
            one.sitting.id,
            _grade(each.before),
            _grade(each.after),
        )
        for each in judged
        if each.changes and each.after
    ]


def _grade(mark: Mark) -> Grade:
    return Grade(mark.score, mark.right, mark.tags, mark.grader)


def _count(made: Plan, one: Given, judged: Sequence[Judged]) -> None:
    person, counts = one.sitting.person_id, made.counts
    for each in judged:
        counts.add("unjudged" if each.trouble else each.change, person)
        if one.sitting.form == settling.FORM and each.change == "up":
            made.redone.add(person)


def _count_result(made: Plan, one: Given, came: Result) -> None:
    person, counts = one.sitting.person_id, made.counts
    more = came.after.right - came.before.right
    if more:
        counts.add("attempts_up" if more > 0 else "attempts_down", person)
    if came.passes_now:
        counts.add("passes_now", person)
    if came.only_kept:
        counts.add("only_kept", person)
