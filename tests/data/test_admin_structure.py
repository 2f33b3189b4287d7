"""The unit tree, roles and deputies, as an administrator changes them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db import whois
from db.engine import reading, writing
from db.tables import Enrolment, Evidence, RoleGrant, Unit, core
from modules.access import GRANTED, Role
from modules.admin import deputies, roles, structure
from modules.basics import BadInput, Denied

ENROLMENT, UNIT = core(Enrolment).c, core(Unit).c


@pytest.fixture
def marek(world):
    return world.viewer("marek")


def tree(world, who="marek"):
    """Units by name."""
    with reading() as session:
        found = structure.structure(session, world.viewer(who), now=world.now)
    return {one.node.name: one for one in found.units}


def history(world, days=0):
    now = world.now + timedelta(days=days)
    with reading() as session:
        found = structure.structure(session, world.viewer("marek"), now=now)
    return [(one.name, one.above, one.ends is None) for one in found.history]


def test_the_tree_counts_people_in_a_unit_and_below_it(world):
    found = tree(world)
    assert list(found) == [
        "Fernleigh", "Governance", "Revenues and benefits", "Benefits", "Revenues",
    ]  # fmt: skip
    assert found["Fernleigh"].below == 46
    assert found["Revenues and benefits"].node.people == 0
    both = found["Benefits"].node.people + found["Revenues"].node.people
    assert found["Revenues and benefits"].below == both


def test_a_unit_is_added_renamed_moved_and_closed_and_what_was_stays(world, marek):
    before = tree(world)
    later = world.now + timedelta(days=10)
    with writing() as session:
        made = structure.add(
            session, marek, name=" Fraud  team ", below=before["Revenues"].node.id, now=world.now
        )
        structure.rename(session, marek, unit_id=made, name="Counter-fraud", now=later)
        structure.move(session, marek, unit_id=made, below=before["Governance"].node.id, now=later)
    assert tree(world)["Counter-fraud"].depth == 2
    # Renamed and moved on one day is one change.
    assert history(world, 10) == [
        ("Counter-fraud", "Governance", True), ("Fraud team", "Revenues", False),
    ]  # fmt: skip
    with writing() as session:
        structure.close(session, marek, unit_id=made, now=later + timedelta(days=1))
    assert "Counter-fraud" not in {
        one.node.name for one in structure_at(world, later + timedelta(days=1))
    }


def structure_at(world, now):
    with reading() as session:
        return structure.structure(session, world.viewer("marek"), now=now).units


def test_a_unit_that_nobody_wrote_down_has_stood_since_its_first_people(world, marek):
    unit = tree(world)["Benefits"].node.id
    with writing() as session:
        structure.rename(session, marek, unit_id=unit, name="Support", now=world.now)
        found = structure.structure(session, marek, now=world.now).history
    assert [(one.name, one.starts) for one in found if one.name == "Benefits"] == [
        ("Benefits", date(2024, 3, 4))
    ]


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "governance"])
def test_a_name_that_is_empty_too_long_or_taken_is_refused(world, marek, name):
    top = tree(world)["Fernleigh"].node.id
    with pytest.raises(BadInput), writing() as session:
        structure.add(session, marek, name=name, below=top, now=world.now)


def test_a_unit_cannot_stand_below_itself_and_the_top_stays(world, marek):
    found = tree(world)
    top, above, below = (
        found[name].node.id for name in ("Fernleigh", "Revenues and benefits", "Benefits")
    )
    for unit, target in ((above, below), (above, above), (top, below)):
        with pytest.raises(BadInput), writing() as session:
            structure.move(session, marek, unit_id=unit, below=target, now=world.now)


def test_a_unit_with_people_or_units_in_it_is_not_closed(world, marek):
    found = tree(world)
    for name in ("Benefits", "Revenues and benefits"):
        with pytest.raises(BadInput), writing() as session:
            structure.close(session, marek, unit_id=found[name].node.id, now=world.now)


def test_units_of_another_organisation_cannot_be_touched(world):
    olga, theirs = world.viewer("olga"), tree(world)["Governance"].node.id
    own = tree(world, "olga")["Home visits"].node.id
    for act in (
        lambda s: structure.add(s, olga, name="X", below=theirs, now=world.now),
        lambda s: structure.rename(s, olga, unit_id=theirs, name="X", now=world.now),
        lambda s: structure.move(s, olga, unit_id=own, below=theirs, now=world.now),
        lambda s: structure.close(s, olga, unit_id=theirs, now=world.now),
        lambda s: give(s, olga, world.viewer("amira"), Role.LEAD, world.now),
        lambda s: give(s, olga, olga, Role.LEAD, world.now, unit_id=theirs),
    ):
        with pytest.raises(Denied), writing() as session:
            act(session)


def give(session, by, to, role, now, **more):
    given = {"unit_id": None, "names": False, "last": None, **more}
    roles.give(session, by, person_id=to.person_id, role=role, now=now, **given)


@pytest.mark.parametrize("role", GRANTED)
def test_a_role_is_given_holds_at_once_and_is_taken_again(world, marek, role):
    with writing() as session:
        give(session, marek, world.viewer("cora"), role, world.now)
        held = roles.roles(session, marek, now=world.now).given
    assert role in world.viewer("cora").roles
    [grant] = [one for one in held if one.name == "Cora Ellis"]
    assert grant.by == "Marek Novak"
    with writing() as session:
        roles.take(session, marek, grant_id=grant.id, now=world.now)
    assert world.viewer("cora").roles == {Role.LEARNER}
    with pytest.raises(BadInput), writing() as session:
        roles.take(session, marek, grant_id=grant.id, now=world.now)


@pytest.mark.parametrize("role", [Role.LEARNER, Role.MANAGER])
def test_what_follows_from_where_people_work_is_not_given(world, marek, role):
    with pytest.raises(BadInput), writing() as session:
        give(session, marek, world.viewer("cora"), role, world.now)


def test_a_role_for_everybody_takes_no_unit_and_names_are_an_auditors(world, marek):
    unit, cora = tree(world)["Benefits"].node.id, world.viewer("cora")
    for role, more in (
        (Role.TRAINER, {"unit_id": unit}),
        (Role.LEAD, {"names": True}),
        (Role.LEAD, {"last": world.now.date() - timedelta(days=1)}),
    ):
        with pytest.raises(BadInput), writing() as session:
            give(session, marek, cora, role, world.now, **more)


def test_the_last_day_of_a_role_is_the_last_on_which_it_holds(world, marek):
    today = world.now.date()
    with writing() as session:
        give(session, marek, world.viewer("cora"), Role.LEAD, world.now, last=today)
    assert Role.LEAD in world.viewer("cora").roles
    with reading() as session:
        person = whois.by_email(
            session, email=world.email("cora"), now=world.now + timedelta(days=1)
        )
    assert person.roles == frozenset()


def test_the_last_administrator_keeps_her_role_until_there_is_another(world, marek):
    with writing() as session:
        held = roles.roles(session, marek, now=world.now).given
    [own] = [one for one in held if one.role == Role.ADMINISTRATOR]
    with pytest.raises(BadInput, match="only administrator"), writing() as session:
        roles.take(session, marek, grant_id=own.id, now=world.now)
    unit = tree(world)["Benefits"].node.id
    with writing() as session:
        give(session, marek, world.viewer("cora"), Role.ADMINISTRATOR, world.now, unit_id=unit)
    with pytest.raises(BadInput, match="only administrator"), writing() as session:
        roles.take(session, marek, grant_id=own.id, now=world.now)
    with writing() as session:
        give(session, marek, world.viewer("cora"), Role.ADMINISTRATOR, world.now)
        roles.take(session, marek, grant_id=own.id, now=world.now)
    assert Role.ADMINISTRATOR not in world.viewer("marek").roles


def test_the_last_administrator_gets_no_last_day_until_there_is_another(world, marek):
    cora, last = world.viewer("cora"), world.now.date() + timedelta(days=3)
    with pytest.raises(BadInput, match="only administrator"), writing() as session:
        give(session, marek, marek, Role.ADMINISTRATOR, world.now, last=last)
    with writing() as session:
        # For a while beside him takes nothing from him, and holds nobody up.
        give(session, marek, cora, Role.ADMINISTRATOR, world.now, last=last)
    with pytest.raises(BadInput, match="only administrator"), writing() as session:
        give(session, marek, marek, Role.ADMINISTRATOR, world.now, last=last)
    with writing() as session:
        give(session, marek, cora, Role.ADMINISTRATOR, world.now)
        give(session, marek, marek, Role.ADMINISTRATOR, world.now, last=last)


def test_a_role_of_another_organisation_cannot_be_taken(world):
    with reading() as session:
        held = roles.roles(session, world.viewer("marek"), now=world.now).given
    with pytest.raises(Denied), writing() as session:
        roles.take(session, world.viewer("olga"), grant_id=held[0].id, now=world.now)
    with reading() as session:
        ended = session.connection().execute(
            select(core(RoleGrant).c.id).where(core(RoleGrant).c.ends.is_not(None))
        )
        assert ended.all() == []


def act_for(session, world, by, manager, deputy, **more):
    given = {"kind": "deputy", "starts": world.now.date(), "last": None, **more}
    ids = {"manager_id": manager.person_id, "deputy_id": deputy.person_id}
    deputies.give(session, by, **ids, now=world.now, **given)


def test_a_deputy_is_given_and_ended(world, marek):
    tom, priya = world.viewer("tom"), world.viewer("priya")
    with writing() as session:
        act_for(session, world, marek, tom, priya)
        [one] = deputies.deputies(session, marek, now=world.now).acting
    assert (one.manager, one.deputy) == ("Tom Ashdown", "Priya Nair")
    assert Role.MANAGER in world.viewer("priya").roles
    with writing() as session:
        deputies.end(session, marek, id=one.id, now=world.now)
    assert Role.MANAGER not in world.viewer("priya").roles
    with pytest.raises(BadInput), writing() as session:
        deputies.end(session, marek, id=one.id, now=world.now)


def test_a_deputy_who_makes_no_sense_is_refused(world, marek):
    tom, priya = world.viewer("tom"), world.viewer("priya")
    yesterday = world.now.date() - timedelta(days=1)
    with writing() as session:
        act_for(session, world, marek, tom, priya, last=world.now.date())
    for manager, deputy, more in (
        (tom, tom, {}),
        (tom, priya, {}),
        (tom, world.viewer("grace"), {"last": yesterday}),
        (tom, world.viewer("grace"), {"starts": yesterday, "last": yesterday}),
        (tom, world.viewer("grace"), {"kind": "owner"}),
    ):
        with pytest.raises(BadInput), writing() as session:
            act_for(session, world, marek, manager, deputy, **more)
    for manager, deputy in ((world.viewer("olga"), priya), (tom, world.viewer("uma"))):
        with pytest.raises(Denied), writing() as session:
            act_for(session, world, marek, manager, deputy)


def test_what_is_given_and_taken_stands_in_the_evidence(world, marek):
    priya, tom = world.viewer("priya"), world.viewer("tom")
    with writing() as session:
        give(session, marek, priya, Role.AUDITOR, world.now, names=True)
        [held] = [one for one in roles.roles(session, marek, now=world.now).given if one.names]
        roles.take(session, marek, grant_id=held.id, now=world.now)
        act_for(session, world, marek, tom, priya)
        [one] = deputies.deputies(session, marek, now=world.now).acting
        deputies.end(session, marek, id=one.id, now=world.now)
    entry = core(Evidence).c
    with reading() as session:
        kinds = session.connection().execute(
            select(entry.kind)
            .where(entry.org_id == marek.org_id, entry.kind.like("right%"))
            .order_by(entry.number)
        )
        assert list(kinds.scalars()) == [
            "right_given", "right_taken", "right_given", "right_taken",
        ]  # fmt: skip
