"""An import taken back: units as they were, roles given again, nothing written over."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from db.engine import reading, writing
from db.tables import Evidence, Unit, UnitPlace, core
from modules.admin import deputies, structure
from modules.commands import app

FERNLEIGH = ("--organisation", "Fernleigh")
UNITS = "E-mail,Name,Unit,Unit code\n"
TOM = "tom.ashdown@fernleigh.example,Tom Ashdown"


def run(*arguments):
    done = CliRunner().invoke(app, ["people", *map(str, arguments), *FERNLEIGH])
    return done.exit_code, done.stdout + done.stderr


@pytest.fixture
def bring(tmp_path):
    def bring(text):
        path = tmp_path / "staff.csv"
        path.write_text(text, "utf-8")
        code, said = run("import", path)
        assert code == 0, said

    return bring


def unit(world, name):
    """A unit's (name, code, closed, open places), found by the name it has or had."""
    org_id, places = world.organisations["Fernleigh"], core(UnitPlace).c
    with reading() as session:
        held = session.connection().execute(
            select(core(Unit)).where(core(Unit).c.org_id == org_id, core(Unit).c.name == name)
        )
        row = held.one()
        open_ = select(places.id).where(places.unit_id == row.id, places.ends.is_(None))
        return row, len(session.connection().execute(open_).all())


def closed(world, name):
    """A unit that an administrator made and closed."""
    marek = world.viewer("marek")
    with writing() as session:
        top = structure.structure(session, marek, now=world.now).units[0].node.id
        made = structure.add(session, marek, name=name, below=top, now=world.now)
        structure.close(session, marek, unit_id=made, now=world.now)
        session.get(Unit, (marek.org_id, made)).code = "U9"
    return made


def test_a_unit_that_an_import_opened_again_stands_again_and_is_closed_by_undoing_it(world, bring):
    closed(world, "Old works")
    bring(f"{UNITS}{TOM},Old works,U9\n")
    row, places = unit(world, "Old works")
    assert (row.closed_on, places) == (None, 1)
    assert run("undo")[0] == 0
    row, places = unit(world, "Old works")
    assert (row.closed_on, places) == (world.now.date(), 0)


def test_a_code_is_given_to_the_one_unit_of_its_name_wherever_that_stands(world, bring):
    before, _ = unit(world, "Revenues")
    bring(f"{UNITS}{TOM},Revenues,U7\n")
    after, _ = unit(world, "Revenues")
    assert (after.id, after.parent_id, after.code) == (before.id, before.parent_id, "U7")


@pytest.mark.parametrize("name", ["Revenues", "New team"])
def test_an_undo_writes_over_no_unit_that_was_renamed_since(world, bring, name):
    bring(f"{UNITS}{TOM},{name},U7\n")
    row, _ = unit(world, name)
    assert row.code == "U7"
    with writing() as session:
        structure.rename(
            session, world.viewer("marek"), unit_id=row.id, name="Renamed", now=world.now
        )
    code, said = run("undo")
    assert code == 1
    assert "changed since. Nothing was undone." in said
    assert unit(world, "Renamed")[0].code == "U7"


def test_roles_that_an_import_ends_or_gives_back_stand_in_the_evidence(world, bring):
    bring("E-mail,Name,Active\npriya.nair@fernleigh.example,Priya Nair,no\n")
    assert run("undo")[0] == 0
    with reading() as session:
        held = select(Evidence).order_by(core(Evidence).c.number)
        told = [(one.kind, json.loads(one.body)["facts"]) for one in session.scalars(held)]
    assert [kind for kind, _ in told] == ["roster", "right_taken", "roster_undone", "right_given"]
    assert {facts["role"] for kind, facts in told if kind.startswith("right")} == {"trainer"}
    assert told[3][1]["ends"] is None


def test_who_leaves_acts_for_nobody_any_more_and_not_again_when_she_comes_back(world, bring):
    priya, tom, marek = (world.viewer(one) for one in ("priya", "tom", "marek"))
    span = {"starts": world.now.date(), "last": None, "now": world.now}

    def acting():
        with reading() as session:
            found = deputies.deputies(session, marek, now=world.now + timedelta(days=90)).acting
        return [one.deputy for one in found]

    with writing() as session:
        ids = {"manager_id": tom.person_id, "deputy_id": priya.person_id}
        deputies.give(session, marek, **ids, kind="acting", **span)
    leaves = "E-mail,Name,Active\npriya.nair@fernleigh.example,Priya Nair,no\n"
    bring(leaves)
    assert acting() == []
    assert run("undo")[0] == 0
    assert acting() == ["Priya Nair"]
    bring(leaves)
    bring("E-mail,Name,Active,Unit\npriya.nair@fernleigh.example,Priya Nair,yes,Governance\n")
    assert acting() == []
    with reading() as session:
        held = select(Evidence.body).where(core(Evidence).c.kind.startswith("right_"))
        told = [json.loads(body)["facts"]["role"] for body in session.scalars(held)]
    assert told.count("acting") == 4


def test_a_mapping_is_remembered_in_whatever_letter_case_the_columns_come(world, tmp_path):
    rows = "\npriya.nair@fernleigh.example,Priya Nair,Lead trainer\n"
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("Kontakt,Wer,Amt" + rows, "utf-8")
    second.write_text("KONTAKT,wer,AMT" + rows, "utf-8")
    named = [f"--map={pair}" for pair in ("Kontakt=email", "Wer=name", "Amt=title")]
    assert run("import", first, *named)[0] == 0
    code, said = run("import", second)
    assert code == 0, said
    assert "KONTAKT → email" in said
