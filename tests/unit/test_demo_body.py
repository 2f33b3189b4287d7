"""The invented bodies: who works where, who came and went, and how their year went."""

import hashlib
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from modules.basics import BadInput
from modules.demo.body import fernleigh, harrow_vale
from modules.demo.days import beginning, closed
from modules.demo.front import DEMO_PEOPLE
from modules.demo.history import year
from modules.demo.names import address, latin
from modules.demo.rounds import Outcome
from modules.progress.standing import Status, month_ends, months_after, standing

TODAY = date(2026, 11, 22)
DAYS = [TODAY, date(2026, 11, 1), date(2026, 3, 31), date(2027, 1, 4), date(2028, 2, 29)]


def here(body, day):
    return [
        one
        for one in body.people
        if one.joined_on <= day and not (one.left_on and one.left_on <= day)
    ]


def lives(body, today, seed=7):
    return {one.email: one for one in year(body, seed, today, 12)}


def share(body, learnings, day):
    staff = here(body, day)
    in_date = [
        one
        for one in staff
        if any(
            r.done and r.done <= day <= months_after(r.done, 12)
            for r in learnings[one.email].rounds
        )
    ]
    return len(in_date) / len(staff)


def status(learning, today):
    done = [months_after(r.done, 12) for r in learning.rounds if r.done]
    return standing(due_on=learning.due_on, valid_until=max(done, default=None), today=today).status


@pytest.mark.parametrize("people", [120, 300, 1000])
def test_exactly_as_many_people_work_there_as_asked_for(people):
    body = fernleigh(people, 7, TODAY)
    assert len(here(body, TODAY)) == people
    assert len({one.email for one in body.people}) == len(body.people)


def test_too_few_people_are_refused_with_the_number_that_is_enough():
    with pytest.raises(BadInput, match="at least 119 people"):
        fernleigh(118, 7, TODAY)


@pytest.mark.parametrize("today", DAYS)
def test_the_same_seed_and_day_give_the_same_body_and_year(today):
    def digest(people, seed):
        body = fernleigh(people, seed, today)
        natural = (body, sorted(lives(body, today, seed).items()), harrow_vale(seed, today))
        return hashlib.sha256(repr(natural).encode()).hexdigest()

    assert digest(300, 7) == digest(300, 7)
    assert len({digest(300, 7), digest(300, 8), digest(301, 7)}) == 3


def test_the_tree_has_three_levels_and_teams_of_many_sizes():
    body = fernleigh(300, 7, TODAY)
    above = dict(body.units)
    departments = [name for name, parent in body.units if parent == body.name]
    teams = {name: parent for name, parent in body.units if parent in departments}
    assert len(above) == 1 + len(departments) + len(teams)
    assert len(departments) == 6
    sizes = Counter(one.unit for one in here(body, TODAY))
    assert {min(sizes[team] for team in teams), max(sizes[team] for team in teams)} == {4, 24}
    assert sum(sizes[team] < 10 for team in teams) >= 5
    alone = [name for name in departments if list(teams.values()).count(name) == 1]
    assert len(alone) == 1
    assert sizes[alone[0]] + sum(sizes[t] for t in teams if teams[t] == alone[0]) < 10
    assert all(sizes[name] for name in departments)


def test_every_chain_of_line_managers_ends_at_the_chief_executive():
    body = fernleigh(300, 7, TODAY)
    manager = {one.email: one.stays[-1].manager for one in here(body, TODAY)}
    chief = [email for email, boss in manager.items() if boss is None]
    assert len(chief) == 1
    for email in manager:
        steps = 0
        while (email := manager[email]) is not None:
            steps += 1
        assert steps <= 3


def test_the_seven_of_the_demo_are_there_and_tom_has_twelve_reports():
    body = fernleigh(300, 7, TODAY)
    staff = {one.email: one for one in here(body, TODAY)}
    assert {one.email for one in DEMO_PEOPLE} <= staff.keys()
    assert {one.role: staff[one.email].roles for one in DEMO_PEOPLE} == {
        "learner": (),
        "manager": (),
        "lead": ("lead",),
        "trainer": ("trainer",),
        "reviewer": ("reviewer",),
        "administrator": ("administrator",),
        "auditor": ("auditor",),
    }
    tom = "tom.ashdown@fernleigh.example"
    team = [one for one in staff.values() if one.stays[-1].manager == tom]
    assert len(team) == 12
    assert "amira.khan@fernleigh.example" in {one.email for one in team}
    assert staff[tom].unit == "Revenues"


@pytest.mark.parametrize("today", DAYS)
def test_toms_team_has_eight_current_two_due_and_two_late(today):
    body = fernleigh(300, 7, today)
    learnings = lives(body, today)
    tom = "tom.ashdown@fernleigh.example"
    team = [one.email for one in here(body, today) if one.stays[-1].manager == tom]
    found = Counter(status(learnings[email], today) for email in team)
    assert found == {Status.CURRENT: 8, Status.DUE: 2, Status.OVERDUE: 1, Status.LAPSED: 1}
    amira = learnings["amira.khan@fernleigh.example"]
    assert amira.rounds == ()
    assert amira.due_on == today + timedelta(days=12)


def test_some_came_some_left_and_some_moved_during_the_year():
    body = fernleigh(300, 7, TODAY)
    start = beginning(TODAY)
    assert sum(one.joined_on > start for one in body.people) == 24
    assert sum(one.left_on is not None for one in body.people) == 18
    moved = [one for one in body.people if len({stay.unit for stay in one.stays}) > 1]
    assert len(moved) == 12
    changed = [one for one in body.people if len(one.stays) > 1 and one not in moved]
    assert len(changed) == 11
    for one in (*moved, *changed):
        assert one.stays[0].ends == one.stays[1].starts
    for one in changed:
        before, after = one.stays
        assert before.manager == after.manager
        assert (before.job_family, before.grade) != (after.job_family, after.grade)


def test_job_families_cross_units_and_nearly_all_are_large_enough_for_statistics():
    staff = here(fernleigh(300, 7, TODAY), TODAY)
    families = Counter(one.stays[-1].job_family for one in staff)
    units = {family: set() for family in families}
    for one in staff:
        units[one.stays[-1].job_family].add(one.unit)
    assert len(families) == 11
    assert sum(many >= 20 for many in families.values()) >= 9
    assert all(len(found) > 1 for found in units.values())
    grades = {int(one.stays[-1].grade) for one in staff}
    assert grades == set(range(3, 13))
    chief = [one for one in staff if one.stays[-1].manager is None]
    assert [(one.stays[-1].job_family, one.stays[-1].grade) for one in chief] == [("Manager", "12")]


@pytest.mark.parametrize("today", DAYS)
def test_the_share_in_date_rises_and_dips_when_the_first_completions_lapse(today):
    body = fernleigh(300, 7, today)
    learnings = lives(body, today)
    ends = month_ends(beginning(today), today - timedelta(days=1))
    curve = [share(body, learnings, day) for day in ends]
    assert 0.08 < curve[0] < 0.2
    rising = [day for day in ends if day <= months_after(beginning(today), 11)]
    steps = [b - a for a, b in pairwise(curve[: len(rising)])]
    assert min(steps) > -0.02
    assert curve[-1] < max(curve) - 0.01
    assert 0.6 < curve[-1] < 0.8


@pytest.mark.parametrize("today", DAYS)
def test_nobody_learns_before_joining_after_leaving_on_a_day_off_or_after_today(today):
    body = fernleigh(300, 7, today)
    learnings = lives(body, today)
    for one in body.people:
        for done in learnings[one.email].rounds:
            for day in (done.day, done.again or done.day):
                assert one.joined_on <= day < min(one.left_on or today, today)
                assert not closed(day)


def test_nobody_begins_another_round_before_the_last_one_was_completed():
    body = fernleigh(1000, 7, TODAY)
    outcomes = Counter()
    for learning in lives(body, TODAY).values():
        for one, following in pairwise(learning.rounds):
            assert one.done is not None and one.done < following.day
        outcomes.update(one.outcome for one in learning.rounds)
    assert set(outcomes) == set(Outcome)


def test_addresses_are_plain_and_can_belong_to_nobody():
    for body in (fernleigh(300, 7, TODAY), harrow_vale(7, TODAY)):
        for one in body.people:
            first, _, domain = one.email.partition("@")
            assert domain.endswith(".example")
            assert first.replace(".", "").isascii() and first == first.casefold()
            assert f"{one.given} {one.family}" == latin(f"{one.given} {one.family}")


def test_names_from_elsewhere_keep_their_marks_and_lose_their_script():
    assert latin("Šárka Dvořáková") == "Šárka Dvořáková"
    assert latin("Людмила Щербак") == "Liudmyla Shcherbak"
    assert address("Łukasz", "Wójcik-Ó Briain", "x.example") == "lukasz.wojcikobriain@x.example"


def test_harrow_vale_is_led_and_administered_by_one_person():
    body = harrow_vale(7, TODAY)
    assert len(body.people) == 12
    assert [(one.email, one.roles) for one in body.people if one.roles] == [
        ("olga.petrenko@harrowvale.example", ("lead", "administrator"))
    ]
    assert sum(one.stays[-1].manager == body.people[0].email for one in body.people) == 11
