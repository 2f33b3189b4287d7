"""Spaced reviews of a learner: what she could review now, and beginning it. Always on herself.

A day's review is one attempt for each module that has something due. What a day may ask is
counted by what its attempts have put on paper, so that two tabs together ask no more than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from sqlmodel import Session

from db import attempts, people
from modules import days
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.learn.delayed import Check, open_checks
from modules.learn.plan import number, plan, seconds
from modules.learn.quiz import Quiz, quizzes
from modules.learn.shelf import REVIEW, Shelf, hours_of, shelves
from modules.progress import ideas, papers
from modules.progress.hours import Hours
from modules.progress.reviews import next_day

Questions = tuple[tuple[Quiz, str], ...]
"""Slots, each with its quiz."""


@dataclass(frozen=True)
class Today:
    """What could be reviewed at this moment. ``count`` is never more than a day asks."""

    count: int
    minutes: int
    # Whether this is within working hours, and when they begin next.
    working: bool
    opens: datetime
    # Whether a review of today is open and goes on.
    begun: bool
    # Whether something is due, at this hour or not.
    due: bool
    # The next day after today with something to review; None when everything rests.
    next_on: date | None
    # Whether there is anything that ever came back, or will.
    met: bool


@dataclass(frozen=True)
class Waiting:
    """What the home page offers beside the path."""

    today: Today
    checks: tuple[Check, ...]


def waiting(session: Session, viewer: Viewer, *, now: datetime) -> Waiting:
    """Today's review and the delayed checks that are open, from the same four queries."""
    require(viewer, "learn.review")
    require(viewer, "learn.delayed")
    read, hours = shelves(session, viewer), hours_of(viewer)
    return Waiting(today(read, hours, viewer, now), open_checks(read, hours.day(now)))


def due(session: Session, viewer: Viewer, *, now: datetime) -> Today:
    """What the viewer could review now. The same number of queries for any number of modules."""
    require(viewer, "learn.review")
    return today(shelves(session, viewer), hours_of(viewer), viewer, now)


def today(read: Sequence[Shelf], hours: Hours, viewer: Viewer, now: datetime) -> Today:
    """See `due`; for a page that has read the shelves already."""
    planned, working = plan(read, hours, viewer, now), hours.open(now)
    left = [seconds(shelf, variant) for shelf, variant in planned.left]
    new = [seconds(one.shelf, one.variant) for one in planned.new]
    offered = left + (new if working else [])
    every = [idea for shelf in read for idea in shelf.ideas]
    return Today(
        count=len(offered),
        minutes=ceil(sum(offered) / 60),
        working=working,
        opens=hours.opens(now),
        begun=bool(left),
        due=bool(left or new),
        next_on=next_day(every, hours.day(now), hours),
        met=bool(every),
    )


def begin(session: Session, viewer: Viewer, *, now: datetime) -> None:
    """Begin today's review, or go on with it; nothing happens when nothing is due.

    Raises BadInput outside working hours, unless a review of today is open.
    """
    require(viewer, "learn.review")
    people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
    hours = hours_of(viewer)
    planned = plan(shelves(session, viewer), hours, viewer, now)
    if not hours.open(now):
        if planned.left:
            return
        opens = hours.opens(now)
        day, clock = days.day(hours.day(opens)), days.clock(opens, viewer.clock)
        raise BadInput(f"Reviews are for working hours. They open again on {day} at {clock}.")
    for old in planned.stale:
        attempts.end(session, org_id=viewer.org_id, attempt_id=old.id, now=now)
    shelves_of = {one.shelf.module.id: one.shelf for one in planned.new}
    for module, shelf in shelves_of.items():
        chosen = [one.variant for one in planned.new if one.idea.module == module]
        attempts.start(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            module=module,
            form=REVIEW,
            number=number(shelf),
            revision_id=shelf.revision.id,
            seed=attempts.new_seed(),
            paper=papers.as_json({variant[0]: (variant,) for variant in chosen}),
            now=now,
            language=viewer.language,
            jurisdiction=viewer.jurisdiction,
        )


def review(
    session: Session, viewer: Viewer, *, now: datetime, at: str = ""
) -> tuple[Today, Questions]:
    """What could be reviewed, and today's questions: those answered, then in the day's order.

    Of a day with two reviews, the one before is left out once it is answered. A review of another
    day is shown while its page is open: ``at`` is the place of one of its questions.
    """
    require(viewer, "learn.review")
    read, hours = shelves(session, viewer), hours_of(viewer)
    planned = plan(read, hours, viewer, now)
    parts = planned.parts
    latest = max((one.sitting.started_at for one in parts), default=now)
    shown = [one for one in parts if one.left or one.sitting.started_at == latest]
    if open_page := [one for one in planned.others if at in one.places]:
        begun = open_page[0].sitting.started_at
        shown = [one for one in planned.others if one.sitting.started_at == begun]
    ranks = {(idea.module, idea.name): idea.rank for one in shown for idea in one.shelf.ideas}
    told: list[tuple[datetime, Quiz, str]] = []
    left = []
    for quiz in quizzes(session, viewer, [one.sitting for one in shown]):
        for slot in quiz.sheet.paper:
            answer = quiz.sheet.answer(slot)
            if answer is not None and answer.answered_at:
                told.append((answer.answered_at, quiz, slot))
            else:
                name = (quiz.module.id, ideas.idea_of(quiz.module, slot))
                left.append((name not in ranks, ranks.get(name), slot, quiz))
    told.sort(key=lambda one: (one[0], one[2]))
    left.sort(key=lambda one: (one[0], one[1] or (), one[2]))
    return today(read, hours, viewer, now), (
        *((quiz, slot) for _, quiz, slot in told),
        *((quiz, slot) for _, _, slot, quiz in left),
    )
