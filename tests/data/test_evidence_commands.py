"""Evidence on the command line: key, checkpoint, export and verify, each with its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from db.engine import writing
from modules.commands import app
from modules.evidence import checkpoints
from modules.settings import ROOT, settings
from tests.evidence import fill
from tests.signers import agree
from tests.tampering import Rows


@pytest.fixture(autouse=True)
def fresh_settings():
    yield
    settings.cache_clear()


def run(*arguments):
    settings.cache_clear()
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


def logged(world, entries=12):
    org_id = world.viewer("amira").org_id
    with writing() as session:
        return org_id, fill(session, org_id, entries=entries, people=5)


def test_a_log_goes_from_key_to_export_to_both_verifiers(world, tmp_path, monkeypatch):
    logged(world)
    agree(monkeypatch, names__auditors_see_names=True)
    made = run("key", "--out", tmp_path / "key.pem")
    public = made.stdout.strip()
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("STEWARD_EVIDENCE_KEY_FILE", str(tmp_path / "key.pem"))
    assert run("key").stdout.strip() == public
    for name in ("log.jsonl", "log.jsonl.gz"):
        out = tmp_path / name
        done = run("export", "--out", out, "--organisation", "Fernleigh", "--names")
        assert done.exit_code == 0, done.output
        assert run("verify", out, "--key", public).exit_code == 0
        alone = subprocess.run(
            [sys.executable, "-I", ROOT / "docs" / "verify_evidence.py", out, public],
            capture_output=True,
            text=True,
        )
        assert alone.returncode == 0, alone.stdout
        assert alone.stdout.startswith("HOLDS")
    told = run("verify", "--organisation", "Fernleigh", "--json", "--key", public)
    assert told.exit_code == 0
    (report,) = json.loads(told.stdout)
    assert (report["sound"], report["last"], report["signed"]) == (True, 12, 1)


def test_what_was_altered_is_told_with_its_number_and_exit_code_1(world, tmp_path):
    org_id, _ = logged(world)
    with writing() as session:
        rows = Rows(session, org_id, None)
        row = rows.all("entry")[4]
        rows.set("entry", row, body=row["body"].replace('"at":"2026', '"at":"2025'))
    done = run("verify")
    assert done.exit_code == 1
    assert "entry 5: it was changed" in done.stdout
    told = json.loads(run("verify", "--json").stdout)
    broken = next(one for one in told if not one["sound"])
    assert broken["findings"][0]["entry"] == 5
    # It is handed out as it is, said so, and found again away from here.
    out = tmp_path / "log.jsonl"
    assert "does not hold" in run("export", "--out", out, "--organisation", "Fernleigh").stderr
    assert run("verify", out).exit_code == 1


def test_a_checkpoint_that_was_kept_shows_a_log_that_was_cut(world, tmp_path):
    org_id, _ = logged(world)
    kept = tmp_path / "kept.jsonl"
    done = run("checkpoint", "--organisation", "Fernleigh", "--out", kept)
    assert done.exit_code == 0
    assert "not signed" in done.stderr
    with writing() as session:
        Rows(session, org_id, None).cut_to(8)
    assert run("verify").exit_code == 0
    cut = run("verify", "--organisation", "Fernleigh", "--since", kept)
    assert cut.exit_code == 1
    assert "entry 12" in cut.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["key"], "There is no key"),
        (["checkpoint"], "Say which organisation"),
        (["export", "--out", "x.jsonl", "--organisation", "Nowhere"], "Say which organisation"),
        (["export", "--out", "x.jsonl", "--organisation", "Fernleigh"], "Nothing has been"),
        (["verify", "README.md"], "no export"),
        (["verify", "nothing-there.jsonl"], "cannot be read"),
        (["verify", "--since", "README.md"], "no checkpoint"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(world, arguments, told, monkeypatch):
    monkeypatch.chdir(ROOT)
    done = run(*arguments)
    assert done.exit_code == 1
    assert told in done.stderr


def test_a_key_is_never_written_over(world, tmp_path):
    out = tmp_path / "key.pem"
    run("key", "--out", out)
    before = out.read_bytes()
    assert "already" in run("key", "--out", out).stderr
    assert out.read_bytes() == before


def test_one_checkpoint_a_day_and_none_when_nothing_was_added(world):
    org_id, _ = logged(world)
    with writing() as session:
        assert checkpoints.daily(session, org_id=org_id, now=world.now).number == 12
    logged(world, 3)
    with writing() as session:
        soon, later = world.now + timedelta(hours=5), world.now + timedelta(hours=25)
        assert checkpoints.daily(session, org_id=org_id, now=soon) is None
        assert checkpoints.daily(session, org_id=org_id, now=later).number == 15
        after = later + timedelta(days=2)
        assert checkpoints.daily(session, org_id=org_id, now=after) is None
