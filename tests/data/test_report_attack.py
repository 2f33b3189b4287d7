"""The command that attacks what everybody sees: nobody is isolated, unless nothing is hidden."""

import json

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from db.engine import writing
from db.tables import Breakdown, Snapshot, core
from modules.commands import app


@pytest.fixture
def fernleigh(world, monkeypatch):
    monkeypatch.setattr("modules.commands.reports.now", lambda: world.now)
    return world


def test_nobody_is_isolated_by_what_each_viewer_sees(fernleigh):
    done = CliRunner().invoke(app, ["report", "attack", "--json"])
    assert done.exit_code == 0, done.output
    found = {viewer: one for one in json.loads(done.output) for viewer in one["viewers"]}
    grace = found["grace.okafor@fernleigh.example"]
    assert grace["figures"] > 0
    assert grace["programmes"] > 0
    assert all(one["isolated"] == [] and one["left_out"] == 0 for one in found.values())


def test_with_nothing_hidden_groups_are_found_and_the_command_says_so(fernleigh):
    with writing() as session:
        for table in (Snapshot, Breakdown):
            session.connection().execute(update(core(table)).values(hidden=""))
    done = CliRunner().invoke(app, ["report", "attack", "--as", "grace.okafor@fernleigh.example"])
    assert done.exit_code == 1
    assert "by subtraction" in done.output


def test_who_sees_no_statistics_has_nothing_to_attack(fernleigh):
    done = CliRunner().invoke(app, ["report", "attack", "--as", "amira.khan@fernleigh.example"])
    assert done.exit_code == 1
    assert "no right" in done.output
