"""The commands on labs: what they tell, and how they end."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from modules.commands import app
from modules.labs import LABS, libraries, read_figure


def run(*arguments):
    return CliRunner().invoke(app, ["lab", *arguments])


def test_every_lab_is_listed_with_where_it_is_used():
    found = {one["name"]: one for one in json.loads(run("list", "--json").stdout)}
    assert set(found) == set(LABS)
    assert found["read_figure"] == {
        "name": "read_figure",
        "modules": ["M01"],
        "title": "Read the figure",
        "version": read_figure.VERSION,
        "libraries": {},
    }
    assert run("list").stdout.startswith(tuple(LABS))


@pytest.mark.parametrize(("strategy", "passed"), [("solve", True), ("naive", False)])
def test_a_run_is_graded_and_says_what_it_took(strategy, passed):
    done = run("run", "read_figure", "--seed", "7", "--strategy", strategy, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["lab"], told["seed"], told["strategy"]) == ("read_figure", "7", strategy)
    assert told["passed"] is passed
    assert all(check["said"] for check in told["checks"])
    assert told["passed"] is (told["score"] == 1)
    assert 0 < told["grade_ms"] <= told["ms"]
    assert told["memory_mb"] > 1


def test_a_run_in_words_gives_the_hints_for_what_failed():
    done = run("run", "read_figure", "--strategy", "naive")
    assert "not passed" in done.stdout
    assert "h1/evidence: Look for" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no_such_lab"], "There is no lab “no_such_lab”. There are: "),
        (["read_figure", "--strategy", "lazy"], "There are: solve, naive."),
        (["read_figure", "--module", "M99"], "There is no module with this lab “M99”"),
    ],
)
def test_what_there_is_not_is_told_in_a_sentence(arguments, told):
    done = run("run", *arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not done.stdout


def test_a_missing_library_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(read_figure, "LIBRARIES", ("no_such_library",))
    done = run("run", "read_figure")
    listed = json.loads(run("list", "--json").stdout)
    libraries.forget()
    assert done.exit_code == 1
    assert "needs no_such_library" in done.stderr
    assert {"no_such_library": "missing"} in [one["libraries"] for one in listed]
