"""A learner's day of reviews: what is open, what was asked already, what there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from db.attempts import Sitting
from modules.access import Viewer
from modules.basics import seed_for
from modules.learn.quiz import place_of
from modules.learn.shelf import REVIEW, Shelf
from modules.progress import ideas, papers, reviews
from modules.progress.hours import Hours
from modules.progress.reviews import MOST, Idea, Spent
from modules.progress.sheet import Sheet, Variant
from modules.questions import Question


class Part(NamedTuple):
    """One attempt of a review, with the shelf of its module."""

    shelf: Shelf
    sitting: Sitting
    sheet: Sheet

    @property
    def left(self) -> tuple[Variant, ...]:
        """What it asks and has no answer to; nothing once it is closed."""
        if self.sitting.ended_at is not None:
            return ()
        return tuple(
            tries[0] for slot, tries in self.sheet.paper.items() if self.sheet.answer(slot) is None
        )

    @property
    def places(self) -> tuple[str, ...]:
        """Its questions as the page's address names them."""
        return tuple(place_of(self.shelf.module.id, self.sheet, slot) for slot in self.sheet.paper)


class New(NamedTuple):
    """An idea that the day has room for, with the variant that will ask about it."""

    shelf: Shelf
    idea: Idea
    variant: Variant


@dataclass(frozen=True)
class Plan:
    """A day's reviews so far, those of other days, and what there is room for."""

    parts: tuple[Part, ...]
    others: tuple[Part, ...]
    new: tuple[New, ...]

    @property
    def stale(self) -> tuple[Sitting, ...]:
        """The reviews of other days that were left open."""
        return tuple(one.sitting for one in self.others if one.sitting.ended_at is None)

    @property
    def left(self) -> tuple[tuple[Shelf, Variant], ...]:
        """The questions that are open, each with its shelf."""
        return tuple((one.shelf, variant) for one in self.parts for variant in one.left)


def plan(read: Sequence[Shelf], hours: Hours, viewer: Viewer, now: datetime) -> Plan:
    """The plan of the day that ``now`` falls on, whatever the hour."""
    day = hours.day(now)
    parts = [Part(shelf, *one) for shelf in read for one in shelf.sheets if one[1].form == REVIEW]
    current = [one for one in parts if _of_day(one, hours, day)]
    others = [one for one in parts if not _of_day(one, hours, day)]
    asked = {
        (one.shelf.module.id, ideas.idea_of(one.shelf.module, item))
        for one in current
        for item, _ in one.left
    }
    new: list[New] = []
    by_id = {shelf.module.id: shelf for shelf in read}
    for idea in reviews.due((idea for shelf in read for idea in shelf.ideas), day):
        if len(new) == MOST:
            break
        if (idea.module, idea.name) in asked:
            continue
        shelf = by_id[idea.module]
        if variant := _variant(shelf, idea, viewer):
            new.append(New(shelf, idea, variant))
    lengths = {one.idea: seconds(one.shelf, one.variant) for one in new}
    room = reviews.fill([one.idea for one in new], lengths, _spent(current, others, hours, day))
    return Plan(
        parts=tuple(current),
        others=tuple(others),
        new=tuple(new[: len(room)]),
    )


def _of_day(part: Part, hours: Hours, day: date) -> bool:
    """Whether a review belongs to a day: begun on it, or by a clock that was ahead, and open.

    Once it is done, one of a later day takes nothing from the days before it.
    """
    begun = hours.day(part.sitting.started_at)
    return begun == day or (begun > day and part.sitting.ended_at is None)


def seconds(shelf: Shelf, variant: Variant) -> int:
    """How long a question takes, by its type."""
    known = variant[0] in shelf.module.questions
    return shelf.module.question(variant[0]).SECONDS if known else Question.SECONDS


def number(shelf: Shelf) -> int:
    """The running number of the module's next review."""
    return 1 + max((one.number for one, _ in shelf.sheets if one.form == REVIEW), default=0)


def _variant(shelf: Shelf, idea: Idea, viewer: Viewer) -> Variant | None:
    """One that she has not met, else the one met longest ago; None when the module has none."""
    items = ideas.members(shelf.module, idea.name)
    # By person and review, so that the count on the home page is the count of the review.
    seed = seed_for(str(viewer.person_id), f"{shelf.module.id}/{number(shelf)}/{idea.name}")
    return papers.ranked(shelf.module, items, seed, shelf.met)[0] if items else None


def _spent(current: Sequence[Part], others: Sequence[Part], hours: Hours, day: date) -> Spent:
    """What the day's papers ask, and what was answered today on those of other days."""

    def asked() -> Iterator[int]:
        for one in current:
            for tries in one.sheet.paper.values():
                yield seconds(one.shelf, tries[0])
        for one in others:
            for answer in one.sheet.answers.values():
                if answer.answered_at and hours.day(answer.answered_at) == day:
                    yield seconds(one.shelf, ideas.variant_of(one.sheet, answer))

    all_of_it = list(asked())
    return Spent(len(all_of_it), sum(all_of_it))
