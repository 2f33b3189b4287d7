"""Who counted where on which day, read as numbers, is what the rows say one by one."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import select

from db import compact, headcounts
from db.tables import Completion, Enrolment, Exemption, Person, Placement, Unit, core
from tests.data.staff import uuid_of

DAYS = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 8, 12), date(2026, 11, 22)]


@pytest.fixture
def fernleigh(world, session):
    """Somebody who moves, somebody who leaves, somebody who is exempt for a while."""
    org_id = world.organisations["Fernleigh"]
    ids = [world.viewer(short).person_id for short in ("amira", "ben", "cora")]
    unit = session.execute(
        select(core(Unit).c.id).where(
            core(Unit).c.org_id == org_id, core(Unit).c.name == "Benefits"
        )
    ).scalar_one()
    place = core(Placement)
    session.execute(
        place.update()
        .where(place.c.org_id == org_id, place.c.person_id == ids[0])
        .values(ends=date(2026, 8, 1), job_family="care")
    )
    moved = Placement(org_id=org_id, person_id=ids[0], unit_id=unit, starts=date(2026, 8, 1))
    session.add(moved)
    person = core(Person)
    session.execute(
        person.update()
        .where(person.c.org_id == org_id, person.c.id == ids[1])
        .values(left_on=date(2026, 8, 12), path="B")
    )
    session.add(
        Exemption(
            org_id=org_id,
            person_id=ids[2],
            module="",
            ground="leave",
            starts=date(2026, 6, 1),
            ends=date(2026, 9, 1),
            given_at=world.now,
        )
    )
    session.flush()
    return org_id


def test_everybody_counts_where_the_rows_say(world, session, fernleigh):
    staff = headcounts.staff(session, org_id=fernleigh)
    people = session.execute(select(core(Person)).where(core(Person).c.org_id == fernleigh)).all()
    rows = session.execute(
        select(core(Placement)).where(core(Placement).c.org_id == fernleigh)
    ).all()
    assert [uuid_of(one) for one in staff.known] == sorted(one.id for one in people)
    left = {one.id: one.left_on for one in people}
    assert {uuid_of(k): staff.paths[p] for k, p in zip(staff.known, staff.path, strict=True)} == {
        one.id: one.path for one in people
    }
    for day in DAYS:
        unit, family = staff.on(day)
        found = {
            uuid_of(staff.known[at]): (staff.units[unit[at]], staff.families[family[at]])
            for at in np.flatnonzero(unit >= 0)
        }
        assert found == {
            row.person_id: (row.unit_id, row.job_family or "")
            for row in rows
            if row.starts <= day
            and not (row.ends and row.ends <= day)
            and not (left[row.person_id] and left[row.person_id] <= day)
        }


def test_it_is_asked_of_whom_the_rows_say_and_their_completions_count(world, session, fernleigh):
    staff = headcounts.staff(session, org_id=fernleigh)
    zone = "Pacific/Auckland"
    asked = headcounts.asked(session, staff, org_id=fernleigh, module="M01", zone=zone)
    home = ZoneInfo(zone)

    def rows(table):
        of = core(table).c
        return session.execute(select(core(table)).where(of.org_id == fernleigh)).all()

    excused = rows(Exemption)
    for day in DAYS:
        due = {
            one.person_id
            for one in rows(Enrolment)
            if one.enrolled_at.astimezone(home).date() <= day
        }
        due -= {one.person_id for one in excused if one.starts <= day and day < one.ends}
        assert {uuid_of(staff.known[at]) for at in np.flatnonzero(asked.on(day))} == due
        done = {
            one.person_id
            for one in rows(Completion)
            if one.completed_at.astimezone(home).date() <= day <= one.valid_until
        }
        assert {uuid_of(staff.known[at]) for at in np.flatnonzero(asked.in_date(day))} == done
    assert len(asked.excused[0]) == 1


def test_an_organisation_without_anybody_has_empty_arrays(session):
    staff = headcounts.staff(session, org_id=uuid.uuid4())
    assert [len(one) for one in staff.on(DAYS[0])] == [0, 0]
    asked = headcounts.asked(session, staff, org_id=uuid.uuid4(), module="M01", zone="UTC")
    assert len(asked.on(DAYS[0])) == 0


@pytest.mark.parametrize(
    "zone", ["Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]
)
def test_a_moment_is_the_day_that_it_is_in_a_zone(zone):
    start = datetime(2026, 3, 27, tzinfo=UTC)
    moments = [start + timedelta(minutes=5 * step, microseconds=step) for step in range(2000)]
    read = compact.days_in(zone)
    texts = [str(one.replace(tzinfo=None)) for one in moments]
    assert list(read(texts)) == [one.astimezone(ZoneInfo(zone)).toordinal() for one in moments]
