"""Who counted where on which day, as arrays: a body of a million people in seconds."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlmodel import Session

from db.enrolments import COMPLETION, ENROLMENT
from db.people import PERSON, PLACEMENT
from db.tables import Exemption, core

EXEMPTION = core(Exemption).c
Ints = NDArray[np.int32]
# Days are numbers (date.toordinal); this one never comes.
NEVER = 2**31 - 1
AT_ONCE = 50_000
NOBODY: Ints = np.empty(0, np.int32)


@dataclass(frozen=True)
class Staff:
    """Everybody who ever worked for an organisation. A person is a place in the arrays.

    ``person``, ``unit``, ``first``, ``until`` and ``family`` are placements, of which the later
    one counts where two overlap; ``until`` is the first day no longer.
    """

    places: dict[uuid.UUID, int]
    path: Ints
    joined: Ints
    paths: list[str]
    units: list[uuid.UUID]
    families: list[str]
    person: Ints
    unit: Ints
    first: Ints
    until: Ints
    family: Ints

    def on(self, day: date) -> tuple[Ints, Ints]:
        """The unit and the job family of each person on a day; -1 for nowhere."""
        number = day.toordinal()
        there = (self.first <= number) & (number < self.until)
        unit = np.full(len(self.places), -1, np.int32)
        family = np.full(len(self.places), -1, np.int32)
        unit[self.person[there]] = self.unit[there]
        family[self.person[there]] = self.family[there]
        return unit, family


@dataclass(frozen=True)
class Asked:
    """From when until when each person was enrolled in a module, and which completions counted.

    ``counts`` has a completion's person, first and last day, both included; ``excused`` an
    exemption's person, first day and the first day on which it no longer holds.
    """

    first: Ints
    until: Ints
    counts: tuple[Ints, Ints, Ints]
    excused: tuple[Ints, Ints, Ints] = (NOBODY, NOBODY, NOBODY)

    def on(self, day: date) -> NDArray[np.bool_]:
        """Of whom it was asked on a day: enrolled, and not exempt."""
        number = day.toordinal()
        found = np.asarray((self.first <= number) & (number < self.until))
        person, first, until = self.excused
        found[person[(first <= number) & (number < until)]] = False
        return found

    def in_date(self, day: date) -> NDArray[np.bool_]:
        """Whose completion counted on a day."""
        person, first, last = self.counts
        number = day.toordinal()
        found = np.zeros(len(self.first), bool)
        found[person[(first <= number) & (number <= last)]] = True
        return found


def staff(session: Session, *, org_id: uuid.UUID) -> Staff:
    """Everybody of an organisation with all placements. Two queries."""
    places: dict[uuid.UUID, int] = {}
    paths: dict[str, int] = {}
    people: list[tuple[int, int, int]] = []
    query: Any = select(PERSON.id, PERSON.path, PERSON.joined_on, PERSON.left_on)
    for one, path, joined, left in _rows(session, query.where(PERSON.org_id == org_id)):
        places[one] = len(places)
        people.append((_code(paths, path), joined.toordinal(), _day_or_never(left)))
    path_of, joined_on, left_on = _columns(people, 3)
    units: dict[uuid.UUID, int] = {}
    families: dict[str, int] = {}
    query = (
        select(
            PLACEMENT.person_id,
            PLACEMENT.unit_id,
            PLACEMENT.starts,
            PLACEMENT.ends,
            PLACEMENT.job_family,
        )
        .where(PLACEMENT.org_id == org_id)
        .order_by(PLACEMENT.starts, PLACEMENT.id)
    )
    rows = [
        (
            places[person],
            _code(units, unit),
            starts.toordinal(),
            _day_or_never(ends),
            _code(families, family or ""),
        )
        for person, unit, starts, ends, family in _rows(session, query)
    ]
    person, unit, first, until, family = _columns(rows, 5)
    until = np.minimum(until, left_on[person]) if len(rows) else until
    return Staff(
        places,
        path_of,
        joined_on,
        list(paths),
        list(units),
        list(families),
        person,
        unit,
        first,
        until,
        family,
    )


def asked(session: Session, staff: Staff, *, org_id: uuid.UUID, module: str, zone: str) -> Asked:
    """Who was enrolled in a module and not exempt, and whose completions counted. Three queries.

    ``zone`` is the organisation's: a day begins at its midnight.
    """
    home = ZoneInfo(zone)
    first = np.full(len(staff.places), NEVER, np.int32)
    until = np.full(len(staff.places), NEVER, np.int32)
    query: Any = select(ENROLMENT.person_id, ENROLMENT.enrolled_at, ENROLMENT.ended_on).where(
        ENROLMENT.org_id == org_id, ENROLMENT.module == module
    )
    for person, enrolled_at, ended_on in _rows(session, query):
        place = staff.places[person]
        first[place] = _day(enrolled_at, home)
        until[place] = _day_or_never(ended_on)
    query = select(COMPLETION.person_id, COMPLETION.completed_at, COMPLETION.valid_until).where(
        COMPLETION.org_id == org_id, COMPLETION.module == module
    )
    counts = [
        (staff.places[person], _day(completed_at, home), last.toordinal())
        for person, completed_at, last in _rows(session, query)
    ]
    query = select(EXEMPTION.person_id, EXEMPTION.starts, EXEMPTION.ends).where(
        EXEMPTION.org_id == org_id, EXEMPTION.module.in_((module, ""))
    )
    excused = [
        (staff.places[person], starts.toordinal(), _day_or_never(ends))
        for person, starts, ends in _rows(session, query)
    ]
    return Asked(first, until, _three(counts), _three(excused))


def _rows(session: Session, query: Any) -> Iterator[Any]:
    """The rows a portion at a time, so that they never lie in memory all at once."""
    return iter(session.connection().execute(query.execution_options(yield_per=AT_ONCE)))


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> list[Ints]:
    table = np.array(rows, np.int32).reshape(len(rows), width)
    return [np.ascontiguousarray(table[:, at]) for at in range(width)]


def _three(rows: Sequence[tuple[int, int, int]]) -> tuple[Ints, Ints, Ints]:
    one, two, three = _columns(rows, 3)
    return one, two, three


def _code(known: dict[Any, int], name: Any) -> int:
    return known.setdefault(name, len(known))


def _day(moment: datetime, home: ZoneInfo) -> int:
    return moment.astimezone(home).toordinal()


def _day_or_never(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()
