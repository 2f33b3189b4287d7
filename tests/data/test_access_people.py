"""Who somebody is, and what she may see of others."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from sqlalchemy import delete, select

from db import sign_ins, whois
from db.engine import reading, writing
from db.people import GRANT
from db.tables import Base, RoleGrant, core
from modules import access
from modules.access import Role
from modules.manage import team as teams


def test_everybody_has_the_roles_of_her_place_and_grants(world):
    roles = {
        who: {str(role) for role in world.viewer(who).roles}
        for who in ("amira", "tom", "grace", "priya", "marek", "olga")
    }
    assert roles == {
        "amira": {"learner"},
        "tom": {"learner", "manager"},
        "grace": {"learner", "manager", "lead"},
        "priya": {"learner", "trainer"},
        "marek": {"learner", "administrator"},
        "olga": {"learner", "manager", "lead", "administrator"},
    }


def by_token(token, now):
    with reading() as session:
        return access.by_token(session, token_hash=sign_ins.hash_of(token), now=now)


def test_a_token_is_somebody_until_it_ends_or_expires_or_she_leaves(world):
    token, now = world.sign_in("amira"), world.now
    assert by_token(token, now).name == "Amira Khan"
    assert by_token(token, now + timedelta(hours=12)) is None
    assert by_token("", now) is None
    assert by_token(sign_ins.hash_of(token), now) is None
    with writing() as session:
        sign_ins.end(session, token=token, now=now)
    assert by_token(token, now) is None
    again = world.sign_in("amira")
    world.leave("amira")
    assert by_token(again, now) is None


def test_no_table_keeps_a_token(world):
    token = world.sign_in("amira")
    with reading() as session:
        for table in Base.metadata.tables.values():
            for row in session.connection().execute(select(table)):
                assert token not in str(tuple(row))


def test_a_role_taken_away_is_gone_at_the_next_look(world):
    grace = world.viewer("grace")
    token = world.sign_in("grace")
    with writing() as session:
        session.connection().execute(
            delete(core(RoleGrant)).where(GRANT.person_id == grace.person_id)
        )
    assert Role.LEAD not in by_token(token, world.now).roles


def test_the_same_address_in_two_letter_cases_is_one_person(world):
    with reading() as session:
        upper = whois.by_email(session, email="AMIRA.Khan@Fernleigh.EXAMPLE", now=world.now)
    assert upper is not None
    assert upper.name == "Amira Khan"


def test_a_manager_sees_his_own_people_and_nobody_elses(world):
    with reading() as session:
        team = teams.team(session, world.viewer("tom"), now=world.now)
    assert sorted(one.name for one in team.people) == [
        "Amira Khan",
        "Ben Hale",
        "Cora Ellis",
        "Dev Rao",
    ]


def test_what_a_manager_sees_of_a_person_holds_no_result(world):
    from modules.manage.seen import Member

    fields = {one.name for one in dataclasses.fields(Member)}
    assert fields == {
        "person_id",
        "name",
        "unit",
        "module",
        "status",
        "on",
        "reminded_on",
        "to_remind",
    }
