"""A learner's completed modules with the ideas in them, read at once. Four queries at any size."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property

from sqlmodel import Session

from db import answers, attempts, enrolments, proofs, revisions
from db.answers import Recorded
from db.attempts import Sitting
from db.enrolments import Completed
from db.revisions import Published
from modules.access import Viewer, require
from modules.course.model import Module
from modules.days import weekdays
from modules.learn import content
from modules.progress import ideas, papers
from modules.progress.hours import Hours
from modules.progress.papers import Seen
from modules.progress.reviews import Idea
from modules.progress.reviews import ideas as standing
from modules.progress.sheet import Sheet
from modules.settings import settings
from modules.sitting import sheet_of

REVIEW = "review"


@dataclass(frozen=True)
class Shelf:
    """One completed module: as it is taught now, and what its learner answered in it."""

    module: Module
    revision: Published
    completed_on: date
    # How often it was completed: the number of its newest delayed checks.
    rounds: int
    ideas: tuple[Idea, ...]
    # Every attempt with its answers, in order; and those since the newest completion.
    sheets: tuple[tuple[Sitting, Sheet], ...]
    since: tuple[tuple[Sitting, Sheet], ...]

    @cached_property
    def met(self) -> Seen:
        """The variants she has met; what a review asked and she never answered is still new."""
        return papers.seen(_answered(one) if one.form == REVIEW else one for _, one in self.sheets)


def hours_of(viewer: Viewer) -> Hours:
    """The working hours of the viewer's organisation."""
    given = settings()
    return Hours(
        days=weekdays(given.review_days),
        start=time.fromisoformat(given.review_from),
        until=time.fromisoformat(given.review_until),
        zone=viewer.zone,
    )


def shelves(session: Session, viewer: Viewer) -> tuple[Shelf, ...]:
    """The viewer's own modules, by id; those that are no longer published are left out."""
    require(viewer, "learn.open")
    org, person = viewer.org_id, viewer.person_id
    earned = enrolments.completions(session, org_id=org, person_ids=[person])
    if not earned:
        return ()
    every = attempts.of_person(session, org_id=org, person_id=person)
    # What was entered by hand has no answers: nothing to review, nothing to check again later.
    by_hand = {one.id for one in every if one.form == proofs.HAND}
    completed: dict[str, list[Completed]] = {}
    for one in earned:
        if one.attempt_id not in by_hand:
            completed.setdefault(one.module, []).append(one)
    if not completed:
        return ()
    published = revisions.latest(session, org_id=org)
    sittings = [
        one
        for one in every
        if one.module in completed and one.module in published and one.id not in by_hand
    ]
    given: dict[uuid.UUID, list[Recorded]] = {one.id: [] for one in sittings}
    for recorded in answers.of_attempts(session, org_id=org, attempt_ids=list(given)):
        given[recorded.attempt_id].append(recorded)
    return tuple(
        _shelf(
            session,
            viewer,
            published[module],
            completed[module],
            [(one, sheet_of(one, given[one.id])) for one in sittings if one.module == module],
        )
        for module in sorted(completed.keys() & published.keys())
    )


def _shelf(
    session: Session,
    viewer: Viewer,
    revision: Published,
    completed: list[Completed],
    sheets: list[tuple[Sitting, Sheet]],
) -> Shelf:
    hours = hours_of(viewer)
    module = content.module(
        session,
        sha256=revision.sha256,
        language=viewer.language,
        jurisdiction=viewer.jurisdiction,
    )
    newest = completed[-1]
    completed_on = hours.day(newest.completed_at)
    since = [one for one in sheets if one[0].turn > newest.turn]
    reviews = sorted((one for one in since if one[0].form == REVIEW), key=lambda one: one[0].number)
    return Shelf(
        module=module,
        revision=revision,
        completed_on=completed_on,
        rounds=len(completed),
        ideas=standing(
            module.id,
            completed_on,
            ideas.met(module, _round(newest, sheets)),
            [
                answer
                for sitting, sheet in reviews
                for answer in ideas.given(module, sheet, hours.day(sitting.started_at), hours)
            ],
            hours,
        ),
        sheets=tuple(sheets),
        since=tuple(since),
    )


def _round(completed: Completed, sheets: list[tuple[Sitting, Sheet]]) -> list[Sheet]:
    """The attempts of the round that a completion ended: from its practice to the next one's."""
    earned = {one.id: one.turn for one, _ in sheets}.get(completed.attempt_id)
    if earned is None:
        return []
    begun = [one.turn for one, _ in sheets if one.form == "practice"]
    first = max((one for one in begun if one <= earned), default=earned)
    end = min((one for one in begun if one > earned), default=None)
    return [sheet for one, sheet in sheets if one.turn >= first and (end is None or one.turn < end)]


def _answered(sheet: Sheet) -> Sheet:
    paper = {slot: tries for slot, tries in sheet.paper.items() if sheet.answer(slot)}
    return replace(sheet, paper=paper)
