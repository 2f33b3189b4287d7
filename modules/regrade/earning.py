"""Which completions attempts that pass now would earn, as their last answer would have."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from db import answers, attempts, enrolments, people, regrading
from db.answers import Recorded
from db.attempts import Sitting
from modules.course.files import read_course
from modules.course.model import Module
from modules.granting import Earned, Learner
from modules.progress.journey import Journey
from modules.progress.papers import TEST_OUT
from modules.progress.sheet import Sheet
from modules.settings import settings
from modules.sitting import sheet_of


@dataclass(frozen=True)
class Given:
    """One attempt with its answers, and the row behind each."""

    sitting: Sitting
    sheet: Sheet
    rows: Mapping[tuple[str, int], tuple[uuid.UUID, int]]


Passing = tuple[Given, Module, Sheet]


def earned(
    session: Session, org_id: uuid.UUID, passing: Sequence[Passing], module: str
) -> Iterator[tuple[Learner, Earned]]:
    """The completions that attempts which pass now would earn.

    Of the round that somebody is in, if it has none: an earlier round was completed. Six queries.
    """
    if not passing:
        return
    ids = {one.sitting.person_id for one, _, _ in passing}
    zone = people.zone(session, org_id=org_id)
    known = regrading.people(session, org_id=org_id, person_ids=ids)
    theirs: dict[uuid.UUID, list[Sitting]] = {one: [] for one in ids}
    for sitting in attempts.of_people(session, org_id=org_id, person_ids=ids, module=module):
        theirs[sitting.person_id].append(sitting)
    completed = enrolments.completions(session, org_id=org_id, person_ids=list(ids), module=module)
    held = {one.attempt_id for one in completed}
    practical = _practical(session, org_id, passing, theirs)
    for one, _, _ in sorted(passing, key=lambda one: one[0].sitting.turn):
        sitting = one.sitting
        together = _round(theirs[sitting.person_id])
        if sitting.id not in {other.id for other in together} or sitting.person_id not in known:
            continue
        if held & {other.id for other in together}:
            continue
        if sitting.form == TEST_OUT and sitting.id not in practical:
            continue
        who = known[sitting.person_id]
        learner = Learner(org_id, who.person_id, who.name, who.email, who.path, zone)
        forms = tuple((other.form, other.id) for other in together)
        yield learner, Earned(sitting.id, forms, module, sitting.version, sitting.sha256)


def _round(sittings: Sequence[Sitting]) -> list[Sitting]:
    """The attempts of the newest round: those begun with its practice or after it."""
    begun = [one.turn for one in sittings if one.form == "practice"]
    return [one for one in sittings if begun and one.turn >= begun[-1]]


def _practical(
    session: Session,
    org_id: uuid.UUID,
    passing: Sequence[Passing],
    theirs: Mapping[uuid.UUID, Sequence[Sitting]],
) -> set[uuid.UUID]:
    """The test-outs that pass now and whose story and lab are done: these complete a module."""
    tests = [one for one in passing if one[0].sitting.form == TEST_OUT]
    if not tests:
        return set()
    practice = {
        one.sitting.id: next(
            (each for each in _round(theirs[one.sitting.person_id]) if each.form == "practice"),
            None,
        )
        for one, _, _ in tests
    }
    ids = [one.id for one in practice.values() if one]
    found: dict[uuid.UUID, list[Recorded]] = {one: [] for one in ids}
    for recorded in answers.of_attempts(session, org_id=org_id, attempt_ids=ids):
        found[recorded.attempt_id].append(recorded)
    module = tests[0][0].sitting.module
    asked = enrolments.enrolled(session, org_id=org_id, module=module)
    people_ids = [one.sitting.person_id for one, _, _ in tests]
    known = regrading.people(session, org_id=org_id, person_ids=people_ids)
    course = read_course(settings().content)
    done = set()
    for one, old, after in tests:
        begun, who = practice[one.sitting.id], known.get(one.sitting.person_id)
        if begun is None or who is None:
            continue
        on_path = who.person_id in asked or module in course.path(who.path).modules
        sheet = sheet_of(begun, found[begun.id])
        journey = Journey(old, practice=sheet, test_out=after, on_path=on_path)
        if journey.earned_by is after:
            done.add(one.sitting.id)
    return done
