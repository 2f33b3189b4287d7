"""What rules ask becomes enrolments, and stays in step when people come, move, leave and return."""

from datetime import date, timedelta

from sqlalchemy import update

from db import placements, reports, revisions
from db.engine import reading, writing
from db.people import PERSON
from db.tables import Enrolment, Person, core
from modules.duties import After, Audience, Clause, On
from tests.data.ruling import E, bare, refresh, rows, rule, store
from tests.world import DUE, FERNLEIGH, NOW

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def unit(org_id, name):
    with reading() as session:
        found = reports.units(session, org_id=org_id)
    return next(one.unit_id for one in found if one.name == name)


def within(org_id, *names):
    return Audience(clauses=(Clause(units=tuple(unit(org_id, name) for name in names)),))


def move(viewer, to, day):
    there = unit(viewer.org_id, to)
    with writing() as session:
        placements.move(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            unit_id=there,
            line_manager_id=None,
            day=day,
        )


def leave(viewer, day):
    with writing() as session:
        session.connection().execute(
            update(core(Person)).where(PERSON.id == viewer.person_id).values(left_on=day)
        )
        if day:
            placements.end(session, org_id=viewer.org_id, person_id=viewer.person_id, day=day)


def publish(org_id, module):
    with writing() as session:
        revisions.publish(
            session,
            org_id=org_id,
            module=module,
            version="1.0.0",
            sha256=module,
            text="{}",
            origin="trainer",
            now=NOW,
        )


def test_a_rule_enrols_everybody_of_its_body_once_and_nobody_of_another_one(world):
    amira, olga = world.viewer("amira"), world.viewer("olga")
    bare(amira.org_id)
    others = rows(olga.org_id)
    made = store(amira.org_id, rule(grace_days=7, window_days=20))
    assert refresh(amira.org_id).new == len(FERNLEIGH)
    row = rows(amira.org_id)[amira.person_id, "M01"]
    assert (row.due_on, row.assignment_id) == (TODAY + timedelta(days=30), made)
    assert (row.grace_days, row.window_days, row.before_access) == (7, 20, False)
    assert (row.enrolled_at, row.ended_on) == (NOW, None)
    assert not refresh(amira.org_id)
    assert rows(olga.org_id) == others


def test_who_was_enrolled_by_hand_keeps_her_day_and_is_not_enrolled_twice(world):
    amira = world.viewer("amira")
    before = rows(amira.org_id)
    store(amira.org_id, rule())
    assert not refresh(amira.org_id)
    assert rows(amira.org_id) == before
    assert before[amira.person_id, "M01"].due_on == DUE


def test_of_two_rules_the_earlier_day_wins_and_the_other_one_stays_when_it_ends(world):
    amira = world.viewer("amira")
    bare(amira.org_id)
    slow = store(amira.org_id, rule(before_access=False))
    quick = store(
        amira.org_id,
        rule(within(amira.org_id, "Revenues"), due=After(days=10)),
        ends=TODAY + 2 * DAY,
    )
    refresh(amira.org_id)
    row = rows(amira.org_id)[amira.person_id, "M01"]
    assert (row.assignment_id, row.due_on) == (quick, TODAY + 10 * DAY)
    changes = refresh(amira.org_id, NOW + 2 * DAY)
    assert (changes.changed, changes.new, changes.ended) == (17, 0, 0)
    row = rows(amira.org_id)[amira.person_id, "M01"]
    assert (row.assignment_id, row.due_on) == (slow, TODAY + 30 * DAY)


def test_moving_out_ends_a_duty_and_moving_back_asks_it_again_from_that_day(world):
    amira = world.viewer("amira")
    bare(amira.org_id)
    store(amira.org_id, rule(within(amira.org_id, "Revenues and benefits")))
    refresh(amira.org_id)
    move(amira, "Benefits", TODAY + DAY)
    assert not refresh(amira.org_id, NOW + DAY)
    move(amira, "Governance", TODAY + 2 * DAY)
    assert refresh(amira.org_id, NOW + 2 * DAY, person_ids=[amira.person_id]).ended == 1
    assert rows(amira.org_id)[amira.person_id, "M01"].ended_on == TODAY + 2 * DAY
    assert not refresh(amira.org_id, NOW + 3 * DAY)
    move(amira, "Revenues", TODAY + 9 * DAY)
    assert refresh(amira.org_id, NOW + 9 * DAY).reopened == 1
    row = rows(amira.org_id)[amira.person_id, "M01"]
    assert (row.ended_on, row.due_on) == (None, TODAY + 39 * DAY)


def test_leaving_ends_all_duties_and_coming_back_asks_them_again(world):
    amira = world.viewer("amira")
    bare(amira.org_id)
    store(amira.org_id, rule(due=On(day=TODAY + 5 * DAY, least_days=14)))
    refresh(amira.org_id)
    leave(amira, TODAY + DAY)
    assert refresh(amira.org_id, NOW + DAY).ended == 1
    leave(amira, None)
    move(amira, "Revenues", TODAY + 30 * DAY)
    assert refresh(amira.org_id, NOW + 30 * DAY).reopened == 1
    assert rows(amira.org_id)[amira.person_id, "M01"].due_on == TODAY + 44 * DAY


def test_a_path_asks_for_what_is_published_of_it_of_each_her_own(world):
    amira, ben = world.viewer("amira"), world.viewer("ben")
    bare(amira.org_id)
    with writing() as session:
        session.connection().execute(
            update(core(Person)).where(PERSON.id == ben.person_id).values(path="C")
        )
    publish(amira.org_id, "M08")
    store(amira.org_id, rule(), target="path:own")
    refresh(amira.org_id)
    taken = {"amira": set(), "ben": set()}
    for person_id, module in rows(amira.org_id):
        for name, one in (("amira", amira), ("ben", ben)):
            if person_id == one.person_id:
                taken[name].add(module)
    assert taken == {"amira": {"M01"}, "ben": {"M01", "M08"}}
    # What nobody has published here is asked of nobody.
    store(amira.org_id, rule(), target="M99")
    assert not refresh(amira.org_id)


def test_a_rule_that_has_not_begun_or_is_over_asks_nothing(world):
    amira = world.viewer("amira")
    bare(amira.org_id)
    store(amira.org_id, rule(), starts=TODAY + DAY, ends=TODAY + 2 * DAY)
    assert not refresh(amira.org_id)
    assert refresh(amira.org_id, NOW + DAY).new == len(FERNLEIGH)
    assert refresh(amira.org_id, NOW + 2 * DAY).ended == len(FERNLEIGH)


def test_a_manager_is_whoever_has_people_and_a_role_is_what_was_granted(world):
    tom, grace, priya = (world.viewer(one) for one in ("tom", "grace", "priya"))
    bare(tom.org_id)
    store(tom.org_id, rule(Audience(clauses=(Clause(roles=("manager",)),))))
    refresh(tom.org_id)
    assert {one for one, _ in rows(tom.org_id)} == {tom.person_id, grace.person_id}
    store(tom.org_id, rule(Audience(clauses=(Clause(roles=("trainer",)),))), target="M08")
    publish(tom.org_id, "M08")
    refresh(tom.org_id)
    assert {one for one, module in rows(tom.org_id) if module == "M08"} == {priya.person_id}


def test_somebody_named_is_asked_and_her_neighbour_is_not(world):
    amira, ben = world.viewer("amira"), world.viewer("ben")
    bare(amira.org_id)
    store(amira.org_id, rule(Audience(clauses=(Clause(people=(amira.person_id,)),))))
    assert refresh(amira.org_id, person_ids=[ben.person_id]).new == 0
    assert refresh(amira.org_id, person_ids=[amira.person_id, ben.person_id]).new == 1


def test_what_somebody_ended_by_hand_a_rule_takes_over(world):
    amira = world.viewer("amira")
    with writing() as session:
        session.connection().execute(
            update(core(Enrolment)).where(E.person_id == amira.person_id).values(ended_on=TODAY)
        )
    made = store(amira.org_id, rule())
    assert refresh(amira.org_id).reopened == 1
    assert rows(amira.org_id)[amira.person_id, "M01"].assignment_id == made
