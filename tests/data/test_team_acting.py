"""What a manager does for one of the own people from the menu beside her name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db import audit, duties, enrolling_by_hand
from db.engine import reading, writing
from modules import leave
from modules.basics import BadInput, Denied
from modules.manage import acting
from modules.manage import team as teams
from tests.world import DUE, MODULE

DAY = date(2027, 2, 1)


@pytest.fixture
def free(world):
    """Nothing is asked of Amira any more."""
    who = world.viewer("amira")
    scope = {"org_id": who.org_id, "person_id": who.person_id, "module": MODULE}
    with writing() as session:
        enrolling_by_hand.end(session, **scope, day=world.now.date())
    return world


def opened(world, by="tom", whom="amira"):
    who = world.viewer(whom).person_id
    with writing() as session:
        return acting.acting(session, world.viewer(by), person_id=who, now=world.now)


def assign(world, by="tom", whom="amira", module=MODULE, due=DAY):
    who = world.viewer(whom).person_id
    given = {"person_id": who, "module": module, "due_on": due, "now": world.now}
    with writing() as session:
        acting.assign(session, world.viewer(by), **given)


def unassign(world, by="tom", module=MODULE, now=None):
    who = world.viewer("amira").person_id
    with writing() as session:
        acting.unassign(
            session, world.viewer(by), person_id=who, module=module, now=now or world.now
        )


def asked(world, day=None):
    who = world.viewer("amira")
    with reading() as session:
        found = duties.of_person(
            session, org_id=who.org_id, person_id=who.person_id, day=day or world.now.date()
        )
    return {one.module: one.due_on for one in found}


def team(world, by="tom"):
    with reading() as session:
        return teams.team(session, world.viewer(by), now=world.now)


def test_opening_the_menu_is_logged_once_a_day_and_she_reads_what_for(world):
    opened(world)
    opened(world)
    with reading() as session:
        [seen] = audit.views(
            session,
            org_id=world.viewer("tom").org_id,
            person_id=world.viewer("amira").person_id,
        )
    assert (seen.viewer, seen.place, seen.purpose) == ("Tom Ashdown", "member", "act")


@pytest.mark.parametrize("by", ["grace", "marek", "olga", "amira", "uma"])
def test_nobody_but_her_manager_opens_assigns_or_takes_back(world, by):
    with pytest.raises(Denied):
        opened(world, by=by)
    with pytest.raises(Denied):
        assign(world, by=by)
    with pytest.raises(Denied):
        unassign(world, by=by)
    assert asked(world) == {MODULE: DUE}


def test_a_module_is_assigned_by_hand_and_taken_back_on_the_same_day(free):
    assert MODULE in opened(free).offered
    assign(free)
    assert asked(free) == {MODULE: DAY}
    [mine] = opened(free).asked
    assert mine.undo and MODULE not in opened(free).offered
    unassign(free)
    assert asked(free) == {}
    assign(free, due=DAY + timedelta(days=1))
    assert asked(free) == {MODULE: DAY + timedelta(days=1)}


def test_what_was_asked_before_today_is_not_taken_back(free, world):
    assign(free)
    with pytest.raises(BadInput, match="exemption"):
        unassign(free, now=world.now + timedelta(days=1))
    assert asked(free) == {MODULE: DAY}


@pytest.mark.parametrize(
    ("module", "due"),
    [("M99", DAY), (MODULE, date(2026, 11, 21)), (MODULE, date(2029, 1, 1))],
)
def test_what_is_unknown_or_on_an_odd_day_is_not_assigned(free, module, due):
    with pytest.raises(BadInput):
        assign(free, module=module, due=due)
    assert asked(free) == {}


def test_what_is_asked_already_keeps_its_day(world):
    with pytest.raises(BadInput, match="already"):
        assign(world)
    assert asked(world) == {MODULE: DUE}


def test_one_person_is_reminded_and_the_others_are_not(world):
    who = world.viewer("amira").person_id
    with writing() as session:
        sent = teams.remind(session, world.viewer("tom"), now=world.now, people=[who])
    assert sent == 1
    assert {one.name for one in team(world).people if one.reminded_on} == {"Amira Khan"}
    assert opened(world).free_on == world.now.date() + timedelta(days=7)
    olga = world.viewer("olga")
    with writing() as session:
        assert teams.remind(session, olga, now=world.now, people=[who]) == 0


def test_who_asks_for_more_time_stands_on_top_and_needs_something(world):
    until = DUE + timedelta(days=9)
    with writing() as session:
        given = {"module": MODULE, "ground": "cover", "until": until, "now": world.now}
        leave.ask(session, world.viewer("cora"), **given)
    [one] = team(world).waiting
    assert (one.name, one.reason, one.until) == ("Cora Ellis", "cover", until)
    assert one.person_id in team(world).in_need
    assert team(world, by="grace").waiting == ()
    assert team(world, by="olga").waiting == ()


def test_somebody_of_whom_nothing_is_asked_is_in_the_team_too(free):
    found = team(free)
    assert [one.name for one in found.free] == ["Amira Khan"]
    assert "Amira Khan" not in {one.name for one in found.people}
