"""Importing a staff list: who joins, moves, leaves and changes; all of it or nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.engine import reading
from db.roster import kept
from db.tables import RoleGrant, RosterImport, SignIn
from modules.basics import BadInput
from tests.counting import count
from tests.data.importing import AMIRA, TODAY, ZED, Body, state
from tests.world import NOW


def test_somebody_new_joins_her_unit_under_her_manager(body):
    plan = body.take(ZED)
    assert (plan.counts.joined, plan.counts.moved, plan.counts.left) == (1, 0, 0)
    zed = body.person("zed@fernleigh.example")
    assert (zed.name, zed.given_name, zed.employee_number) == ("Zed Young", "Zed", "E9")
    assert (zed.job_title, zed.path, zed.joined_on, zed.version) == ("Clerk", "A", TODAY, 1)
    assert body.places("zed@fernleigh.example") == [
        ("Revenues", "tom.ashdown@fernleigh.example", TODAY, None)
    ]


def test_a_move_closes_the_old_placement_and_opens_a_new_one(body):
    plan = body.take(AMIRA)
    assert (plan.counts.joined, plan.counts.moved, plan.counts.changed) == (0, 1, 0)
    assert body.places("amira.khan@fernleigh.example") == [
        ("Revenues", "tom.ashdown@fernleigh.example", date(2024, 3, 4), TODAY),
        ("Benefits", "grace.okafor@fernleigh.example", TODAY, None),
    ]
    assert body.person("amira.khan@fernleigh.example").version == 2


def test_the_same_file_twice_changes_nothing_and_leaves_no_second_line(body):
    body.take(ZED, AMIRA)
    before = state()
    body.now = NOW + timedelta(hours=1)
    plan = body.take(ZED, AMIRA)
    assert plan.nothing
    assert plan.counts.same == 2
    assert state() == before
    assert count(RosterImport) == 1


def test_a_dry_run_changes_nothing_and_tells_field_by_field(body):
    before = state()
    plan = body.dry(
        "amira.khan@fernleigh.example;Amira Khan-Lee;Revenues;tom.ashdown@fernleigh.example;E7;"
    )
    assert plan.counts.changed == 1
    assert [(one[3], one[4], one[5]) for one in body.fields] == [
        ("name", "Amira Khan", "Amira Khan-Lee"),
        ("number", "", "E7"),
    ]
    assert state() == before


def test_a_leaver_can_no_longer_sign_in_and_has_no_roles_when_she_comes_back(body, world):
    world.sign_in("priya")
    head = "E-mail;Name;Active"
    plan = body.take("priya.nair@fernleigh.example;Priya Nair;no", head=head)
    assert plan.counts.left == 1
    priya = body.person("priya.nair@fernleigh.example")
    assert priya.left_on == TODAY
    assert body.places(priya.email)[-1][3] == TODAY
    with reading() as session:
        ended = session.execute(select(SignIn.ended_at).where(SignIn.person_id == priya.id))
        assert ended.scalars().all() == [NOW]
        ends = session.execute(select(RoleGrant.ends).where(RoleGrant.person_id == priya.id))
        assert ends.scalars().all() == [TODAY]
    body.now = NOW + timedelta(days=30)
    plan = body.take("priya.nair@fernleigh.example;Priya Nair;yes;Benefits", head=head + ";Unit")
    assert (plan.counts.returned, plan.counts.joined, plan.counts.moved) == (1, 0, 0)
    priya = body.person("priya.nair@fernleigh.example")
    assert priya.left_on is None
    assert body.places(priya.email)[-1] == ("Benefits", None, TODAY + timedelta(days=30), None)
    with reading() as session:
        ends = session.execute(select(RoleGrant.ends).where(RoleGrant.person_id == priya.id))
        assert ends.scalars().all() == [TODAY]
    assert world.viewer("amira")


def test_a_number_that_has_another_address_is_the_same_person_with_a_new_name(body):
    body.take(ZED)
    old = body.person("zed@fernleigh.example")
    body.take("zed.marr@fernleigh.example;Zed Marr;Revenues;tom.ashdown@fernleigh.example;E9;Clerk")
    assert body.person("zed.marr@fernleigh.example").id == old.id
    assert body.person("zed@fernleigh.example") is None


def test_two_people_can_swap_their_addresses(body):
    rows = ["a@x.org;Ann;Tax;;1;", "b@x.org;Ben;Tax;;2;"]
    body.take(*rows)
    ann, ben = body.person("a@x.org").id, body.person("b@x.org").id
    body.take("b@x.org;Ann;Tax;;1;", "a@x.org;Ben;Tax;;2;")
    assert (body.person("b@x.org").id, body.person("a@x.org").id) == (ann, ben)
    body.dry("a@x.org;Ann;Tax;;1;")
    assert body.wrong == [(2, "email", "taken")]


def test_units_are_found_or_made_by_path_code_and_parent(body):
    head = "E-mail;Name;Unit;Unit code;Parent unit"
    rows = [
        "a@x.org;A;Revenues and benefits / Revenues;;",
        "b@x.org;B;Fernleigh / Governance / Audit;;",
        "c@x.org;C;Parking;PK;Revenues and benefits",
        "d@x.org;D;Permits;;PK",
        "e@x.org;E;PERMITS;;PK",
        "f@x.org;F;;PK;",
    ]
    plan = body.take(*rows, head=head)
    assert sorted(one.name for one in plan.new_units) == ["Audit", "Parking", "Permits"]
    assert plan.tree.path(plan.new_units[-1].id).startswith("Fernleigh / ")
    where = [body.places(f"{who}@x.org")[0][0] for who in "abcdef"]
    assert where == ["Revenues", "Audit", "Parking", "Permits", "Permits", "Parking"]
    assert body.dry(*rows, head=head).nothing
    plan = body.take("c@x.org;C;Parking and permits;PK;Governance", head=head)
    assert [(old.name, new.name) for old, new in plan.changed_units] == [
        ("Parking", "Parking and permits")
    ]


def test_whoever_leaves_in_future_stays_until_then(body):
    head = "E-mail;Name;Last day;Start date"
    body.take("amira.khan@fernleigh.example;Amira Khan;31/12/2026;", head=head)
    amira = body.person("amira.khan@fernleigh.example")
    assert amira.left_on == date(2027, 1, 1)
    assert body.places(amira.email)[0][3] == date(2027, 1, 1)
    assert body.dry("amira.khan@fernleigh.example;Amira Khan;31/12/2026;", head=head).nothing
    body.take("amira.khan@fernleigh.example;Amira Khan;;", head=head)
    assert body.person("amira.khan@fernleigh.example").left_on is None
    assert body.places(amira.email)[0][3] is None


def test_somebody_who_left_before_and_is_not_known_is_not_taken_in(body):
    head = "E-mail;Name;Status"
    plan = body.take("old@x.org;Old Hand;terminated", head=head)
    assert plan.counts.ignored == 1
    assert body.person("old@x.org") is None


def test_a_mapping_is_remembered_for_the_next_file_with_the_same_head(body):
    head = "Correo;Quien;Donde"
    mapping = {"Correo": "email", "Quien": "name", "Donde": "unit"}
    with pytest.raises(BadInput, match="No column holds e-mail"):
        body.dry("a@x.org;Ann;Tax", head=head)
    body.take("a@x.org;Ann;Tax", head=head, mapping=mapping)
    plan = body.dry("b@x.org;Ben;Tax", head=head)
    assert plan.remembered
    assert plan.counts.joined == 1


def test_an_import_touches_nothing_of_another_body(world):
    fernleigh, harrow = Body(world), Body(world, "Harrow Vale")
    fernleigh.take(ZED)
    before = {name: [row for row in rows if fernleigh.id in row] for name, rows in state().items()}
    rows = (ZED, AMIRA, "marek.novak@fernleigh.example;Marek Novak;Home visits;;M1;")
    harrow.dry(*rows)
    # Tom and Grace are nobody there.
    assert harrow.wrong == [(2, "manager", "unknown_boss"), (3, "manager", "unknown_boss")]
    plan = harrow.take(*rows, skip_wrong=True, leavers=False)
    assert plan.counts.joined == 3
    after = {name: [row for row in rows if fernleigh.id in row] for name, rows in state().items()}
    assert after == before
    mine, theirs = (one.person("zed@fernleigh.example") for one in (fernleigh, harrow))
    assert mine.id != theirs.id
    harrow.undo()
    assert {
        name: [row for row in rows if fernleigh.id in row] for name, rows in state().items()
    } == before


def test_what_the_latest_imports_did_is_listed(body):
    body.take(ZED)
    body.now = NOW + timedelta(hours=1)
    body.take(ZED, AMIRA)
    with reading() as session:
        found = kept.imports(session, org_id=body.id)
    assert [(one.people, one.joined, one.moved) for one in found] == [(2, 0, 1), (1, 1, 0)]
