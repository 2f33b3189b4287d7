"""The command that attacks what everybody sees: nobody is isolated, unless nothing is hidden."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from db import snapshots
from db.engine import writing
from db.tables import Breakdown, Snapshot, core
from modules.access import Role
from modules.commands import app
from modules.manage import attacking
from modules.snapshots import catch_up
from tests.data.staff import START, Body, open_database
from tests.data.staff import writing as writing_into


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


def test_every_unit_that_a_viewer_can_open_is_in_it_however_deep(tmp_path):
    with writing_into(open_database(tmp_path)) as session:
        body = Body(session)
        above = body.top
        for number in range(3):
            above = body.unit(f"Level {number}", above)
            body.complete(body.people(30, above)[: 12 + number], START)
        (grace,) = body.people(1, body.top, name="Grace")
        body.complete(body.people(25, body.top)[:9], START)
        now = datetime(2026, 3, 4, 9, tzinfo=UTC)
        catch_up(session, now=now)
        [found] = attacking.run(session, [body.viewer(grace, Role.LEAD)], now=now)
        stored = snapshots.taken(session, org_id=body.id, module=body.module)
        parts = snapshots.parts_taken(session, org_id=body.id, module=body.module)
        shown = [row for row in stored if not row.hidden]
        assert {row.name for row in shown} >= {"Level 0", "Level 1", "Level 2"}
        assert found.figures == len(shown) + len(parts)
        assert found.isolated == ()
