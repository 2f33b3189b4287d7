"""Roles given and taken: how far, by whom, until when."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from db import grants
from db.engine import reading, writing
from db.people import UNIT


def give(world, who="amira", role="auditor", **more):
    viewer = world.viewer(who)
    with writing() as session:
        return grants.give(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            role=role,
            now=world.now,
            day=world.now.date(),
            **more,
        )


def held(world, who="amira", **more):
    viewer = world.viewer(who)
    with reading() as session:
        return grants.listing(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            day=more.pop("day", world.now.date()),
            **more,
        )


def unit(world, name="Revenues"):
    with reading() as session:
        return session.connection().execute(select(UNIT.id).where(UNIT.name == name)).scalar_one()


def test_a_role_given_holds_at_the_next_look_and_says_by_whom_and_how_far(world):
    revenues = unit(world)
    give(world, role="lead", unit_id=revenues, by=world.viewer("marek").person_id)
    assert "lead" in world.viewer("amira").roles
    (one,) = held(world)
    assert (one.role, one.unit, one.unit_id, one.by) == (
        "lead",
        "Revenues",
        revenues,
        "Marek Novak",
    )
    assert (one.name, one.granted_at, one.ends, one.names) == ("Amira Khan", world.now, None, False)


def test_a_role_given_for_a_while_ends_by_itself(world):
    today = world.now.date()
    give(world, ends=today + timedelta(days=3), names=True)
    assert [one.names for one in held(world, day=today + timedelta(days=2))] == [True]
    assert held(world, day=today + timedelta(days=3)) == []
    assert len(held(world, day=today + timedelta(days=3), past=True)) == 1


def test_a_role_cannot_end_before_it_begins(world):
    with pytest.raises(ValueError, match="cannot end"):
        give(world, ends=world.now.date())


def test_the_same_role_given_twice_is_held_once_with_the_newer_end(world):
    first = give(world, by=world.viewer("marek").person_id)
    until = world.now.date() + timedelta(days=9)
    assert give(world, ends=until) == first
    assert [(one.ends, one.by) for one in held(world)] == [(until, "Marek Novak")]
    # Another reach is another grant.
    assert give(world, role="lead") != give(world, role="lead", unit_id=unit(world))


def test_a_role_taken_away_is_gone_at_the_next_look_and_stays_in_the_history(world):
    viewer, day = world.viewer("grace"), world.now.date()
    (lead,) = held(world, "grace")
    with writing() as session:
        assert grants.take(session, org_id=viewer.org_id, grant_id=lead.id, day=day)
        assert not grants.take(session, org_id=viewer.org_id, grant_id=lead.id, day=day)
    assert "lead" not in world.viewer("grace").roles
    assert held(world, "grace") == []
    assert [one.ends for one in held(world, "grace", past=True)] == [day]


def test_another_body_can_neither_see_nor_take_a_grant(world):
    (lead,) = held(world, "grace")
    other = world.viewer("olga").org_id
    with writing() as session:
        assert grants.one(session, org_id=other, grant_id=lead.id) is None
        assert not grants.take(session, org_id=other, grant_id=lead.id, day=world.now.date())
        listed = grants.listing(session, org_id=other, day=world.now.date())
    assert {one.name for one in listed} == {"Olga Petrenko"}


def test_the_last_administrator_is_counted_before_the_role_is_taken(world):
    viewer, day = world.viewer("marek"), world.now.date()
    (his,) = held(world, "marek")

    def others():
        with reading() as session:
            return grants.holders(
                session, org_id=viewer.org_id, role="administrator", day=day, but=[his.id]
            )

    assert others() == 0
    give(world, "tom", "administrator", unit_id=unit(world))
    give(world, "ben", "administrator", ends=day + timedelta(days=1))
    # One unit, or a few days, is not enough to keep the door open.
    assert others() == 0
    give(world, "grace", "administrator")
    assert others() == 1
    world.leave("grace")
    assert others() == 0


def test_two_administrators_who_give_at_once_give_one_role(world):
    made = []
    both = threading.Barrier(2)

    def press():
        both.wait(timeout=10)
        made.append(give(world))

    threads = [threading.Thread(target=press) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=30)
    assert len(made) == 2
    assert len(set(made)) == 1
    assert len(held(world)) == 1
