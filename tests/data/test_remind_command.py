"""`python -m modules remind`: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from db import letters
from db.engine import reading
from modules.commands import app
from tests.data.mails import mailing, real

MONDAY = "2026-11-23T09:00+00:00"


def remind(*arguments):
    return CliRunner().invoke(app, ["remind", *arguments])


def test_a_dry_run_needs_no_mail_server_and_writes_nothing(world, database):
    done = remind("--dry-run", "--now", MONDAY)
    assert done.exit_code == 0
    assert "Fernleigh: would plan" in done.output
    assert "due" in done.output
    with reading() as session:
        assert letters.runs(session, org_id=world.organisations["Fernleigh"], most=1) == []


def test_without_a_mail_server_it_says_what_to_set(world, database):
    done = remind("--now", MONDAY)
    assert done.exit_code == 1
    assert "STEWARD_SMTP_HOST" in done.output


def test_it_sends_and_says_how_many(world, database, monkeypatch):
    real()
    with mailing(monkeypatch) as sink:
        done = remind("--now", MONDAY, "--json")
        assert done.exit_code == 0, done.output
        told = {one["organisation"]: one for one in json.loads(done.output)["organisations"]}
        assert sum(one["sent"] for one in told.values()) == len(sink.mails) > 0
        assert told["Fernleigh"]["reasons"]["due"] > 0


def test_what_is_not_due_yet_is_not_sent(world, database, monkeypatch):
    with mailing(monkeypatch) as sink:
        done = remind("--now", "2199-01-07T09:00+00:00")
        assert done.exit_code == 1
        assert sink.mails == []


def test_a_moment_without_a_zone_is_refused(world, database):
    assert remind("--dry-run", "--now", "2026-11-23T09:00").exit_code == 1
