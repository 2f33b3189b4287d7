"""Rules on the command line: written in a file, rehearsed, published, ended; and who is cleared."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from db.engine import reading, writing
from db.tables import Placement, core
from modules.commands import app, duties
from modules.duties import After, Audience, Clause
from modules.enrolling.clearing import clearance
from tests.data.ruling import bare, refresh, rows, rule, store
from tests.data.test_duties_read import excuse
from tests.data.test_enrolling import TODAY, leave
from tests.world import FERNLEIGH, NOW

IN = ("--organisation", "Fernleigh")
GOOD = """
title: "Revenues and Marek: M01 every year"
target: M01
rule:
  audience:
    clauses:
      - units: [revenues]
      - people: [Marek.Novak@fernleigh.example]
  due: {kind: after, days: 30}
  renewal: {kind: rolling, months: 12}
  grace_days: 7
"""


@pytest.fixture(autouse=True)
def today(world, monkeypatch):
    monkeypatch.setattr(duties, "now", lambda: NOW)
    org_id = world.viewer("amira").org_id
    bare(org_id)
    return org_id


@pytest.fixture
def written(tmp_path):
    def write(text, name="rule.yaml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return write


def run(*arguments):
    done = CliRunner().invoke(app, ["duties", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_a_rule_in_a_file_is_rehearsed_published_listed_and_ended(world, written, today):
    path = written(GOOD)
    code, said, _ = run("rehearse", path, *IN)
    assert code == 0
    assert "it asks 18 people: 18 new duties" in said
    assert not rows(today)
    code, said, _ = run("publish", path, *IN, "--json")
    told = json.loads(said)
    assert (code, told["people"], len(rows(today))) == (0, 18, 18)
    code, said, _ = run("list", *IN)
    assert said.startswith(f"{told['id']}  M01       since  22 November 2026")
    assert run("refresh")[1] == "Fernleigh: nothing changed\nHarrow Vale: nothing changed\n"
    code, said, _ = run("end", told["id"], *IN)
    assert (code, said) == (0, "Ended: 18 ended.\n")
    assert json.loads(run("list", *IN, "--json")[1])[0]["ends"] == str(TODAY)
    assert run("end", told["id"], *IN)[0] == 1
    assert "is no id" in run("end", "x", *IN)[2]


def test_the_same_rule_as_json_is_the_same(world, written):
    text = {
        "title": "Everybody",
        "target": "M01",
        "starts": "2026-12-01",
        "rule": {
            "audience": "everybody",
            "due": {"kind": "cycle", "yearly": {"month": 1, "day": 31}},
            "renewal": {"kind": "calendar", "yearly": {"month": 1, "day": 31}},
        },
    }
    code, said, _ = run("rehearse", written(json.dumps(text), "rule.json"), *IN, "--json")
    told = json.loads(said)
    assert (code, told["day"], told["people"]) == (0, "2026-12-01", len(FERNLEIGH))
    assert set(told["due"]) == {"2027-01-31", "2027-08-12"}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("days: 30", "days: soon", "rule.yaml:9: rule.due.days: found soon; expected a valid int"),
        ("kind: after", "kind: later", "rule.yaml:9: rule.due: found {'kind': 'later', 'days'"),
        ("  grace_days: 7", "  grace: 7", "rule.yaml:11: rule.grace: found 7; expected no such"),
        ("[revenues]", "[Revenue]", "rule.yaml:7: rule.audience.clauses.0.units.0: found Revenue;"),
        ("Marek.Novak@", "Mark@", "rule.yaml:8: rule.audience.clauses.1.people.0: found Mark@"),
        ("target: M01\n", "", "rule.yaml:2: target: found nothing; expected a value here"),
        ("rule:", "rule: [", "rule.yaml:6: found expected"),
        (GOOD, "- 1", "rule.yaml:1: the file: found [1]; expected title, target and rule"),
        ("target: M01", "target: M99", "No module M99 is published here."),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place_what_was_found_and_expected(
    world, written, old, new, line
):
    for what in ("rehearse", "publish"):
        code, said, told = run(what, written(GOOD.replace(old, new)), *IN)
        assert (code, said) == (1, "")
        assert line in told


def before_access(org_id, **more):
    return store(org_id, rule(before_access=True, due=After(days=0, of="joining"), **more))


def test_cleared_says_yes_no_or_that_nobody_has_the_address(world, today):
    before_access(today)
    assert run("cleared", world.email("ben")) == (0, "yes\n", "")
    assert run("cleared", world.email("amira").upper(), *IN)[:2] == (1, "no: M01\n")
    code, said, told = run("cleared", "nobody@fernleigh.example")
    assert (code, said) == (2, "")
    assert told.startswith("Nobody who works here has the address nobody@")
    assert json.loads(run("cleared", world.email("amira"), "--json")[1]) == {
        "cleared": False,
        "day": "2026-11-22",
        "missing": ["M01"],
        "placed": True,
    }
    leave(world.viewer("ben"), TODAY)
    assert run("cleared", world.email("ben"))[0] == 2
    # Of another body nobody is known.
    assert run("cleared", world.email("olga"), *IN)[0] == 2


def test_a_rule_of_this_minute_counts_and_who_is_exempt_need_not_do_it(world, today):
    refresh(today)
    assert run("cleared", world.email("amira"))[0] == 0
    before_access(today)
    assert run("cleared", world.email("amira"))[0] == 1
    excuse(world, "amira", module="")
    assert run("cleared", world.email("amira"))[0] == 0


def test_whoever_is_to_begin_is_asked_about_her_first_day(world, today):
    amira = world.viewer("amira")
    first = TODAY + timedelta(days=9)
    starters = Audience(clauses=(Clause(starters=True),))
    store(today, rule(starters, before_access=True), starts=TODAY)
    with writing() as session:
        mine = core(Placement).c.person_id == amira.person_id
        session.connection().execute(core(Placement).update().where(mine).values(starts=first))
        from db.tables import Person

        session.connection().execute(
            core(Person)
            .update()
            .where(core(Person).c.id == amira.person_id)
            .values(joined_on=first)
        )
    with reading() as session:
        told = clearance(session, org_id=today, person_id=amira.person_id, now=NOW)
    assert (told.day, told.missing, told.cleared) == (first, ("M01",), False)


def test_while_nobody_has_said_where_she_works_she_is_not_cleared(world, today):
    before_access(today)
    amira = world.viewer("amira")
    with writing() as session:
        mine = core(Placement).c.person_id == amira.person_id
        session.connection().execute(core(Placement).update().where(mine).values(ends=TODAY))
    code, said, _ = run("cleared", world.email("amira"))
    assert (code, said.startswith("no: nobody has said")) == (1, True)
