"""Who counted where on which day, as arrays: a body of a million people in seconds."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlmodel import Session

from db.compact import (
    NEVER,
    Ids,
    Ints,
    coded,
    columns,
    days,
    days_in,
    ids,
    moment,
    text,
    whose,
)
from db.enrolments import COMPLETION, ENROLMENT
from db.people import PERSON, PLACEMENT
from db.tables import Exemption, core

__all__ = ["NEVER", "Asked", "Ints", "Staff", "asked", "staff"]

EXEMPTION = core(Exemption).c
NOBODY: Ints = np.empty(0, np.int32)


@dataclass(frozen=True)
class Staff:
    """Everybody who ever worked for an organisation. A person is a place in the arrays.

    ``known`` has the ids in order, each as 16 bytes; everything else is numbers.
    ``person``, ``unit``, ``first``, ``until`` and ``family`` are placements, of which the later
    one counts where two overlap; ``until`` is the first day no longer.
    """

    known: Ids
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
        unit = np.full(len(self.known), -1, np.int32)
        family = np.full(len(self.known), -1, np.int32)
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
    paths: dict[str, int] = {}
    query: Any = select(text(PERSON.id), PERSON.path, text(PERSON.joined_on), text(PERSON.left_on))
    query = query.where(PERSON.org_id == org_id)
    known, path, joined, left = columns(session, query, ids, coded(paths), days(), days())
    order = np.argsort(known)
    known, path, joined, left = known[order], path[order], joined[order], left[order]
    units: dict[str, int] = {}
    families: dict[str, int] = {}
    query = select(
        text(PLACEMENT.id),
        text(PLACEMENT.person_id),
        text(PLACEMENT.unit_id),
        text(PLACEMENT.starts),
        text(PLACEMENT.ends),
        func.coalesce(PLACEMENT.job_family, ""),
    )
    kinds = (ids, whose(known), coded(units), days(), days(), coded(families))
    number, *told = columns(session, query.where(PLACEMENT.org_id == org_id), *kinds)
    # By its first day, then by id.
    order = np.lexsort((number, told[2]))
    person, unit, first, until, family = (one[order] for one in told)
    return Staff(
        known,
        path,
        joined,
        list(paths),
        [uuid.UUID(one) for one in units],
        list(families),
        person,
        unit,
        first,
        np.minimum(until, left[person]),
        family,
    )


def asked(session: Session, staff: Staff, *, org_id: uuid.UUID, module: str, zone: str) -> Asked:
    """Who was enrolled in a module and not exempt, and whose completions counted. Three queries.

    ``zone`` is the organisation's: a day begins at its midnight.
    """
    first = np.full(len(staff.known), NEVER, np.int32)
    until = np.full(len(staff.known), NEVER, np.int32)
    hers, day, moments = whose(staff.known), days(), days_in(zone)
    query: Any = select(
        text(ENROLMENT.person_id),
        moment(session, ENROLMENT.enrolled_at),
        text(ENROLMENT.ended_on),
    ).where(ENROLMENT.org_id == org_id, ENROLMENT.module == module)
    person, since, ended = columns(session, query, hers, moments, day)
    first[person], until[person] = since, ended
    query = select(
        text(COMPLETION.person_id),
        moment(session, COMPLETION.completed_at),
        text(COMPLETION.valid_until),
    ).where(COMPLETION.org_id == org_id, COMPLETION.module == module)
    person, earned, last = columns(session, query, hers, moments, day)
    query = select(text(EXEMPTION.person_id), text(EXEMPTION.starts), text(EXEMPTION.ends)).where(
        EXEMPTION.org_id == org_id, EXEMPTION.module.in_((module, ""))
    )
    excused, starts, ends = columns(session, query, hers, day, day)
    return Asked(first, until, (person, earned, last), (excused, starts, ends))
