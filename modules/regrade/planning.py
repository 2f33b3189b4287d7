"""What a regrade would change: every answer, result and completion. Reads, and writes nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from db import answers, regrades, regrading, revisions
from db.answers import Recorded
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
from modules.regrade.judging import Judged, Result, judge, result, with_marks
from modules.sitting import sheet_of

AT_ONCE = 400
"""Attempts read at once: a fixed number of queries for each portion."""


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
Page = Callable[[uuid.UUID | None], list[Sitting]]


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

    def by_live(given: Given, old: Module) -> Sequence[Judged]:
        return judge(old, _corrected(session, live, given.sitting), given.sheet, item)

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
    for given in pages(session, org_id, page):
        passing = []
        for one, old in given:
            judged = by(one, old)
            if judged:
                made.given_on.add(one.sitting.revision_id)
            _count(made, one, judged)
            if not any(each.changes for each in judged):
                continue
            made.rows += rows(one, judged)
            after = with_marks(one.sheet, judged)
            came = result(old, one.sheet, after)
            if came:
                _count_result(made, one, came)
            if came and came.passes_now:
                passing.append((one, old, after))
        would = earned(session, org_id, passing, made.module)
        for learner, by_attempt in would:
            if learner.person_id not in done:
                done.add(learner.person_id)
                made.granted.append((learner, by_attempt))
                made.counts.add("granted", learner.person_id)


def pages(session: Session, org_id: uuid.UUID, page: Page) -> Iterator[list[tuple[Given, Module]]]:
    """Attempts with their answers and content, a portion at a time."""
    last: uuid.UUID | None = None
    while sittings := page(last):
        last = sittings[-1].id
        found: dict[uuid.UUID, list[tuple[uuid.UUID, int, Recorded]]] = {
            one.id: [] for one in sittings
        }
        for one in answers.with_ids(session, org_id=org_id, attempt_ids=list(found)):
            found[one[2].attempt_id].append(one)
        yield [
            (given_of(one, found[one.id]), old)
            for one in sittings
            if found[one.id] and (old := _pinned(session, one)) is not None
        ]


def _pinned(session: Session, one: Sitting) -> Module | None:
    """The content of an attempt; None where its stored text cannot be read any more."""
    try:
        return taught.module(
            session, sha256=one.sha256, language=one.language, jurisdiction=one.jurisdiction
        )
    except ContentError:
        return None


def given_of(sitting: Sitting, found: Sequence[tuple[uuid.UUID, int, Recorded]]) -> Given:
    """An attempt with its answers and the rows behind them."""
    rows = {(one.slot, one.try_number): (id_, turn) for id_, turn, one in found}
    return Given(sitting, sheet_of(sitting, [one for _, _, one in found]), rows)


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
