"""People on the command line: a staff list looked at, imported, listed, taken back."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from db.engine import reading
from db.people import PERSON
from db.tables import Person
from modules.commands import app
from tests.counting import count

HEAD = "E-mail,Name,Unit,Manager\n"
ZED = "zed@fernleigh.example,Zed Young,Revenues,tom.ashdown@fernleigh.example\n"
AMIRA = "amira.khan@fernleigh.example,Amira Khan,Benefits,grace.okafor@fernleigh.example\n"
FERNLEIGH = ("--organisation", "Fernleigh")


def run(*arguments):
    done = CliRunner().invoke(app, ["people", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def staff(tmp_path):
    def write(*rows, name="staff.csv"):
        path = tmp_path / name
        path.write_text(HEAD + "".join(rows), "utf-8")
        return path

    return write


def known(email):
    with reading() as session:
        query = select(PERSON.id).where(PERSON.email == email)
        return bool(session.connection().execute(query).all())


def test_a_dry_run_tells_what_would_happen_and_changes_nothing(world, staff):
    before = count(Person)
    code, said, _ = run("import", staff(ZED, AMIRA), "--dry-run", *FERNLEIGH)
    assert code == 0
    assert "1  join\n" in said
    assert "1  move to another unit, manager, job family or grade\n" in said
    assert said.endswith("This was a dry run: nothing was changed.\n")
    assert count(Person) == before


def test_an_import_is_listed_and_can_be_undone_once(world, staff):
    code, said, _ = run("import", staff(ZED, AMIRA), *FERNLEIGH)
    assert (code, said.endswith("Imported.\n")) == (0, True)
    assert known("zed@fernleigh.example")
    assert "2 people: 1 joined, 1 moved, 0 changed, 0 left" in run("imports", *FERNLEIGH)[1]
    code, said, _ = run("import", staff(ZED, AMIRA), *FERNLEIGH)
    assert said.endswith("Everything stands already as the file has it.\n")
    assert run("undo", *FERNLEIGH)[0] == 0
    assert not known("zed@fernleigh.example")
    assert run("undo", *FERNLEIGH)[::2] == (1, "There is no import to undo.\n")
    assert run("imports", *FERNLEIGH)[1].endswith("undone\n")
    assert json.loads(run("imports", "--json", *FERNLEIGH)[1])[0]["joined"] == 1


def test_json_prints_the_whole_plan_in_one_object(world, staff):
    bad = "amira.khan@fernleigh.example,=1,Revenues,who@x.org\n"
    code, said, _ = run("import", staff(ZED, bad), "--dry-run", "--json", *FERNLEIGH)
    assert code == 1
    plan = json.loads(said)
    assert plan["done"] is False
    assert plan["counts"]["joined"] == 1
    assert plan["mapping"]["Manager"] == "manager"
    assert [one["code"] for one in plan["stops"]] == ["roster.stop.wrong"]
    (wrong,) = plan["wrong"]
    assert (wrong["file"], wrong["row"], wrong["column"]) == ("staff.csv", 3, "Name")
    assert wrong["do"].startswith("Replace the formula")
    assert plan["joins"] == [
        {
            "row": 2,
            "email": "zed@fernleigh.example",
            "name": "Zed Young",
            "employee_number": None,
            "joined": plan["joins"][0]["joined"],
            "unit": "Fernleigh / Revenues and benefits / Revenues",
            "manager": "tom.ashdown@fernleigh.example",
        }
    ]


def test_wrong_rows_end_with_one_and_can_be_left_out(world, staff):
    path = staff(ZED, "nobody,No Body,Revenues,\n")
    code, said, _ = run("import", path, *FERNLEIGH)
    assert code == 1
    assert "staff.csv, row 3, E-mail: “nobody” Expected one e-mail address" in said
    assert said.endswith("Nothing was imported.\n")
    assert not known("zed@fernleigh.example")
    assert run("import", path, "--skip-wrong", *FERNLEIGH)[0] == 0
    assert known("zed@fernleigh.example")


def test_many_leavers_need_their_number_to_be_confirmed(world, staff):
    from tests.world import FERNLEIGH as EVERYBODY
    from tests.world import address

    kept = "".join(
        f"{address(one.name, 'fernleigh.example')},{one.name},{one.unit},\n"
        for one in EVERYBODY[:20]
    )
    number = len(EVERYBODY) - 20
    path = staff(kept)
    code, said, _ = run("import", path, "--leavers", *FERNLEIGH)
    assert code == 1
    assert f"confirm the number {number}." in said
    assert run("import", path, "--leavers", "--leaving", number - 1, *FERNLEIGH)[0] == 1
    assert run("import", path, "--leavers", "--leaving", number, *FERNLEIGH)[0] == 0
    assert f"{number} left" in run("imports", *FERNLEIGH)[1]


def test_with_several_organisations_one_has_to_be_named(world, staff):
    code, _, said = run("import", staff(ZED))
    assert code == 1
    assert said == (
        "Several organisations are here: “Fernleigh”, “Harrow Vale”. Say which with "
        "--organisation.\n"
    )
    assert run("undo", "--organisation", "Nowhere")[0] == 1


def test_columns_can_be_named_and_are_remembered(world, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Correo,Quien\nzed@fernleigh.example,Zed Young\n")
    assert "No column holds e-mail addresses" in run("import", path, *FERNLEIGH)[2]
    named = ("--map", "Correo=email", "--map", "Quien=name")
    assert run("import", path, *named, *FERNLEIGH)[0] == 0
    assert run("import", path, *FERNLEIGH)[0] == 0
    assert "is not COLUMN=FIELD" in run("import", path, "--map", "email", *FERNLEIGH)[2]


def test_a_file_that_is_not_there_is_told_in_one_sentence(world, tmp_path):
    assert run("import", tmp_path / "no.csv", *FERNLEIGH) == (1, "", "There is no file no.csv.\n")
