"""How far a right reaches: a unit's subtree, a span of days, somebody one acts for."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select

from db import people
from db.engine import reading, writing
from db.tables import Deputy, Placement, RoleGrant, Unit, core
from modules.access import Role
from modules.admin import actions as admin
from modules.basics import Denied
from modules.manage import actions as manage
from modules.manage import learned
from modules.manage import team as teams

UNIT = core(Unit).c


def unit(world, name):
    """The id of one of Fernleigh's units."""
    org_id = world.viewer("amira").org_id
    with reading() as session:
        query = select(UNIT.id).where(UNIT.org_id == org_id, UNIT.name == name)
        return session.connection().execute(query).scalar_one()


def give(world, who, role, *, of=None, ends=None):
    """Grant somebody a role."""
    viewer = world.viewer(who)
    with writing() as session:
        session.add(
            RoleGrant(
                org_id=viewer.org_id,
                person_id=viewer.person_id,
                role=str(role),
                unit_id=of,
                granted_at=world.now,
                ends=ends,
            )
        )
    return world.viewer(who)


def act(world, who, for_whom, *, starts=0, ends=None):
    """Let somebody act for a manager, from ``starts`` days after today."""
    today, viewer = world.now.date(), world.viewer(who)
    with writing() as session:
        session.add(
            Deputy(
                org_id=viewer.org_id,
                manager_id=world.viewer(for_whom).person_id,
                deputy_id=viewer.person_id,
                starts=today + timedelta(days=starts),
                ends=today + timedelta(days=ends) if ends is not None else None,
                given_at=world.now,
            )
        )
    return world.viewer(who)


def team(world, viewer):
    """The names that a manager sees."""
    with reading() as session:
        return {one.name for one in teams.team(session, viewer, now=world.now).people}


def test_a_lead_of_one_unit_sees_its_figures_and_those_below_and_no_others(world):
    viewer = give(world, "ben", Role.LEAD, of=unit(world, "Revenues and benefits"))
    with reading() as session:
        seen = manage.statistics(session, viewer, now=world.now)
        assert [one.name for one in seen.units] == ["Revenues and benefits", "Benefits", "Revenues"]
        assert seen.unit == str(unit(world, "Revenues and benefits"))
        assert manage.statistics(session, viewer, now=world.now, node=str(unit(world, "Benefits")))
        for other in ("Fernleigh", "Governance"):
            with pytest.raises(Denied):
                manage.statistics(session, viewer, now=world.now, node=str(unit(world, other)))


def test_what_concerns_everybody_needs_a_role_that_reaches_everybody(world):
    viewer = give(world, "ben", Role.LEAD, of=unit(world, "Revenues"))
    with writing() as session:
        with pytest.raises(Denied):
            manage.define(session, viewer, target=0.9)
        with pytest.raises(Denied):
            learned.learned(session, viewer)


def test_a_role_without_a_grant_behind_it_reaches_nothing(world):
    bare = dataclasses.replace(world.viewer("ben"), roles=frozenset(Role), grants=())
    with writing() as session:
        assert admin.people(session, bare, now=world.now) == ()
        assert admin.log(session, bare).views == ()
        with pytest.raises(Denied):
            manage.statistics(session, bare, now=world.now)
        with pytest.raises(Denied):
            admin.person(session, bare, person_id=world.viewer("amira").person_id, now=world.now)


def test_an_administrator_of_one_unit_sees_its_people_and_their_log_only(world):
    tom, amira, priya = (world.viewer(who) for who in ("tom", "amira", "priya"))
    viewer = give(world, "ben", Role.ADMINISTRATOR, of=unit(world, "Revenues"))
    with writing() as session:
        teams.note_viewed(session, tom, team=teams.team(session, tom, now=world.now), now=world.now)
        grace = world.viewer("grace")
        teams.note_viewed(
            session, grace, team=teams.team(session, grace, now=world.now), now=world.now
        )
        seen = {one.unit for one in admin.people(session, viewer, now=world.now)}
        assert seen == {"Revenues"}
        assert admin.person(
            session, viewer, person_id=amira.person_id, now=world.now, purpose="asked"
        )
        with pytest.raises(Denied):
            admin.person(session, viewer, person_id=priya.person_id, now=world.now)
        logged = {one.person for one in admin.log(session, viewer).views}
        assert "Amira Khan" in logged
        assert "Priya Nair" not in logged


def test_a_role_ends_on_its_day(world):
    today = world.now.date()
    assert Role.TRAINER not in give(world, "ben", Role.TRAINER, ends=today).roles
    assert Role.TRAINER in give(world, "cora", Role.TRAINER, ends=today + timedelta(days=1)).roles


def test_a_unit_of_another_organisation_reaches_nothing_there_or_here(world):
    olga, harrow = world.viewer("olga"), world.organisations["Harrow Vale"]
    foreign = unit(world, "Revenues")
    with reading() as session:
        found = people.subtree(session, org_id=harrow, units=[foreign])
    assert olga.org_id == harrow
    assert found == frozenset()


def test_a_loop_in_the_tree_ends(world):
    top, below = unit(world, "Fernleigh"), unit(world, "Benefits")
    org_id = world.viewer("amira").org_id
    with writing() as session:
        session.get(Unit, (org_id, top)).parent_id = below
    with reading() as session:
        assert len(people.subtree(session, org_id=org_id, units=[top])) == 5


def test_a_deputy_sees_the_managers_people_from_her_day_to_her_day(world):
    assert team(world, world.viewer("tom")) == team(world, act(world, "priya", "tom"))
    assert Role.MANAGER in world.viewer("priya").roles
    assert Role.MANAGER not in act(world, "marek", "tom", starts=1).roles
    act(world, "marek", "tom", starts=-9, ends=0)
    assert Role.MANAGER not in world.viewer("marek").roles


def test_nobody_is_her_own_manager_by_acting_for_hers(world):
    viewer = act(world, "amira", "tom")
    assert team(world, viewer) == {"Ben Hale", "Cora Ellis", "Dev Rao"}


def test_an_acting_manager_sees_the_people_of_one_who_has_left(world):
    act(world, "grace", "tom")
    world.leave("tom")
    assert {"Amira Khan", "Ben Hale"} <= team(world, world.viewer("grace"))


def test_acting_for_somebody_gives_none_of_his_other_rights(world):
    viewer = act(world, "amira", "grace")
    assert viewer.roles == {Role.LEARNER, Role.MANAGER}
    assert viewer.grants == ()


def test_acting_does_not_reach_another_organisation(world):
    olga = world.viewer("olga")
    uma = world.viewer("uma")
    with writing() as session:
        session.add(
            Deputy(
                org_id=olga.org_id,
                manager_id=olga.person_id,
                deputy_id=uma.person_id,
                starts=world.now.date(),
                given_at=world.now,
            )
        )
    with reading() as session:
        placed = core(Placement).c
        own = session.connection().execute(
            select(placed.person_id).where(placed.org_id == uma.org_id)
        )
        ids = set(own.scalars())
        seen = teams.team(session, world.viewer("uma"), now=world.now).people
    assert seen
    assert {one.person_id for one in seen} <= ids - {uma.person_id}
