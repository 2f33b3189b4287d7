"""Who counts where on which day."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from db import headcounts, reports
from tests.counting import counting
from tests.data.staff import START, Body, open_database, uuid_of, writing

DAY = date(2026, 3, 31)


@pytest.fixture
def engine(tmp_path):
    return open_database(tmp_path)


@dataclass
class Direct:
    people: set
    in_date: set


def read(session, body, day=DAY):
    """Who is in which unit itself on a day, and who of them is in date."""
    staff = headcounts.staff(session, org_id=body.id)
    asked = headcounts.asked(
        session, staff, org_id=body.id, module=body.module, zone="Europe/London"
    )
    units, _ = staff.on(day)
    here, in_date = asked.on(day) & (units >= 0), asked.in_date(day)
    found = {}
    for place, one in enumerate(map(uuid_of, staff.known)):
        if here[place]:
            direct = found.setdefault(staff.units[units[place]], Direct(set(), set()))
            direct.people.add(one)
            direct.in_date |= {one} if in_date[place] else set()
    return found


def test_people_count_in_the_unit_where_they_are_on_the_day(engine):
    with writing(engine) as session:
        body = Body(session)
        a, b = body.unit("A", body.top), body.unit("B", body.top)
        people = body.people(3, a)
        body.place(people[:1], b, on=DAY)
        found = read(session, body)
        before = read(session, body, DAY - timedelta(days=1))
    assert found[b].people == {people[0]}
    assert found[a].people == set(people[1:])
    assert before[a].people == set(people)
    assert b not in before


def test_who_has_left_or_is_not_enrolled_yet_does_not_count(engine):
    with writing(engine) as session:
        body = Body(session)
        stayed, left = body.people(1, body.top), body.people(1, body.top)
        body.leave(left, DAY)
        body.people(1, body.top, enrolled=DAY + timedelta(days=1))
        found = read(session, body)
    assert found[body.top].people == set(stayed)


def test_who_is_asked_no_more_counts_no_more_from_that_day(engine):
    with writing(engine) as session:
        body = Body(session)
        body.people(2, body.top)
        session.connection().exec_driver_sql("update enrolment set ended_on = ?", (str(DAY),))
        assert body.top in read(session, body, DAY - timedelta(days=1))
        assert read(session, body) == {}


def test_a_completion_counts_from_its_day_to_its_last_day(engine):
    with writing(engine) as session:
        body = Body(session)
        early, late, lapsed = (body.people(1, body.top) for _ in range(3))
        body.complete(early, DAY, until=DAY)
        body.complete(late, DAY + timedelta(days=1))
        body.complete(lapsed, START, until=DAY - timedelta(days=1))
        assert read(session, body)[body.top].in_date == set(early)


def test_days_begin_at_midnight_in_the_organisations_zone(engine):
    with writing(engine) as session:
        body = Body(session)
        people = body.people(1, body.top)
        body.complete(people, DAY)
        # 23:30 UTC on 31 March is already 1 April in London's summer time.
        row = session.connection().exec_driver_sql(
            "update completion set completed_at = ?", ("2026-03-31 23:30:00.000000",)
        )
        assert row.rowcount == 1
        assert not read(session, body)[body.top].in_date
        assert read(session, body, DAY + timedelta(days=1))[body.top].in_date == set(people)


def test_another_organisation_counts_for_itself_alone(engine):
    with writing(engine) as session:
        body, other = Body(session), Body(session, name="Harrow Vale")
        body.people(2, body.top)
        other.complete(other.people(5, other.top), DAY)
        found = read(session, body)
        assert set(found) == {body.top}
        assert len(found[body.top].people) == 2
        assert not found[body.top].in_date
        assert [unit.name for unit in reports.units(session, org_id=body.id)] == ["Fernleigh"]


def test_the_number_of_queries_does_not_grow_with_people(engine):
    numbers = []
    for size in (10, 200):
        with writing(engine) as session:
            body = Body(session, name=f"Body of {size}")
            body.complete(body.people(size, body.top)[:5], DAY)
            with counting(engine) as seen:
                read(session, body)
        numbers.append(len(seen))
    # Two for the staff; enrolments, completions and exemptions for what was asked.
    assert numbers == [5, 5]
