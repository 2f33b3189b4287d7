"""What is asked of somebody is read in one way, with everything that eases it."""

from datetime import date, timedelta

import pytest

from db import duties, enrolments, headcounts, reports
from db.engine import insert_many, reading, writing
from db.tables import Enrolment, Exemption, Extension, Placement, core, new_id
from tests.counting import counting
from tests.data.staff import place_of
from tests.world import DONE, DUE, NOW

TODAY = date(2026, 11, 22)
E = core(Enrolment).c


def of(world, short, day=TODAY):
    viewer = world.viewer(short)
    with reading() as session:
        (found,) = duties.of_person(
            session, org_id=viewer.org_id, person_id=viewer.person_id, day=day
        )
    return found


def extend(world, short, due_on, until):
    viewer = world.viewer(short)
    row = {
        "org_id": viewer.org_id,
        "id": new_id(),
        "person_id": viewer.person_id,
        "module": "M01",
        "due_on": due_on,
        "ground": "leave",
        "asked_until": until,
        "asked_at": NOW,
        "granted_until": until,
    }
    with writing() as session:
        insert_many(session, Extension, [row])


def excuse(world, short, module="M01", starts=TODAY, ends=None):
    viewer = world.viewer(short)
    row = {
        "org_id": viewer.org_id,
        "id": new_id(),
        "person_id": viewer.person_id,
        "module": module,
        "ground": "leave",
        "starts": starts,
        "ends": ends,
        "given_at": NOW,
    }
    with writing() as session:
        insert_many(session, Exemption, [row])


def end(world, short, day):
    viewer = world.viewer(short)
    with writing() as session:
        session.connection().execute(
            core(Enrolment).update().where(E.person_id == viewer.person_id).values(ended_on=day)
        )
    return viewer


def test_a_duty_says_whose_it_is_when_it_is_due_and_until_when_it_counts(world):
    amira, ben, tom = of(world, "amira"), of(world, "ben"), world.viewer("tom")
    assert (amira.name, amira.unit, amira.module) == ("Amira Khan", "Revenues", "M01")
    assert (amira.due_on, amira.valid_until, amira.line_manager_id) == (DUE, None, tom.person_id)
    assert (amira.extended_until, amira.exempt, amira.assignment_id) == (None, False, None)
    assert ben.valid_until == date(DONE.year + 1, DONE.month, DONE.day)


def test_an_extension_counts_for_the_day_that_it_was_granted_for(world):
    longer = DUE + timedelta(days=20)
    extend(world, "amira", DUE, longer)
    assert of(world, "amira").extended_until == longer
    # Ben's completion has moved his day on: what was granted for the first one is over.
    extend(world, "ben", DUE, longer)
    assert of(world, "ben").extended_until is None
    until = of(world, "ben").valid_until
    extend(world, "ben", until, until + timedelta(days=9))
    assert of(world, "ben").extended_until == until + timedelta(days=9)


def test_an_exemption_holds_from_its_first_day_until_it_ends_for_one_module_or_all(world):
    excuse(world, "amira", starts=TODAY, ends=TODAY + timedelta(days=7))
    days = (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=7))
    assert [of(world, "amira", day).exempt for day in days] == [False, True, False]
    excuse(world, "cora", module="M02")
    assert not of(world, "cora").exempt
    excuse(world, "cora", module="")
    assert of(world, "cora").exempt


def test_what_is_not_asked_any_more_is_left_out_by_every_reader(world):
    amira, tom = end(world, "amira", TODAY), world.viewer("tom")
    scope = {"org_id": amira.org_id}
    with reading() as session:
        assert not duties.of_person(session, **scope, person_id=amira.person_id, day=TODAY)
        team = duties.of_manager(session, **scope, line_manager_id=tom.person_id, day=TODAY)
        assert [one.name for one in team] == ["Ben Hale", "Cora Ellis", "Dev Rao"]
        everybody = {one.person_id for one in duties.of_body(session, **scope, day=TODAY)}
        assert amira.person_id not in everybody
        assert not enrolments.due_dates(session, **scope, person_id=amira.person_id)
        assert amira.person_id not in enrolments.enrolled(session, **scope, module="M01")
        staff = headcounts.staff(session, **scope)
        asked = headcounts.asked(session, staff, **scope, module="M01", zone="Europe/London")
        hers = place_of(staff, amira.person_id)
        assert asked.on(TODAY - timedelta(days=1))[hers]
        assert not asked.on(TODAY)[hers]


def test_a_body_is_read_in_one_query_everybody_once_and_nobody_of_another_one(world):
    amira, olga = world.viewer("amira"), world.viewer("olga")
    twice = {
        "org_id": amira.org_id,
        "id": new_id(),
        "person_id": amira.person_id,
        "unit_id": None,
        "starts": date(2026, 10, 1),
    }
    with writing() as session:
        twice["unit_id"] = next(
            one.unit_id
            for one in reports.units(session, org_id=amira.org_id)
            if one.name == "Benefits"
        )
        insert_many(session, Placement, [twice])
    with reading() as session:
        with counting(session.get_bind()) as queries:
            found = list(duties.of_body(session, org_id=amira.org_id, day=TODAY))
        assert sum(one.startswith("SELECT") for one in queries) == 1
        others = list(duties.of_body(session, org_id=olga.org_id, day=TODAY))
    assert len(found) == len({one.person_id for one in found}) == 46
    assert not {one.person_id for one in others} & {one.person_id for one in found}
    (hers,) = [one for one in found if one.person_id == amira.person_id]
    assert hers.unit == "Benefits"


@pytest.mark.parametrize("read", ["person", "manager"])
def test_whoever_has_left_has_no_duties(world, read):
    viewer, tom = world.viewer("amira"), world.viewer("tom")
    world.leave("amira")
    with reading() as session:
        if read == "person":
            found = duties.of_person(
                session, org_id=viewer.org_id, person_id=viewer.person_id, day=TODAY
            )
        else:
            found = [
                one
                for one in duties.of_manager(
                    session, org_id=tom.org_id, line_manager_id=tom.person_id, day=TODAY
                )
                if one.person_id == viewer.person_id
            ]
    assert not found


def test_whoever_is_exempt_counts_in_no_figure_while_it_holds_and_for_that_module(world):
    excuse(world, "amira", starts=TODAY, ends=TODAY + timedelta(days=10))
    excuse(world, "tom", module="M02")
    amira = world.viewer("amira")
    with reading() as session:
        staff = headcounts.staff(session, org_id=amira.org_id)
        asked = headcounts.asked(
            session, staff, org_id=amira.org_id, module="M01", zone="Europe/London"
        )
    hers, his = (place_of(staff, world.viewer(who).person_id) for who in ("amira", "tom"))
    days = [TODAY + timedelta(days=number) for number in (-1, 0, 9, 10)]
    assert [bool(asked.on(day)[hers]) for day in days] == [True, False, False, True]
    assert all(asked.on(day)[his] for day in days)
