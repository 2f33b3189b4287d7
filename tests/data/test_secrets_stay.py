"""Secrets of a running server: a placeholder stops it, and no secret reaches its log."""

from __future__ import annotations

import os
import subprocess
import sys

import httpx
import pytest
import structlog
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from db.engine import engine, writing
from db.tables import Person, core
from modules import log
from modules.shell import guard
from tests.server import ROOT, Server

KEY = "Zq4-wanderlustige-Kormorane-7781-xyz"
PASSWORD = "nachtigall-5519"
# Not one piece of them either: what cuts a secret in two has not hidden it.
PIECES = ("Kormorane", "nachtigall")


def serve(**environment: str) -> subprocess.CompletedProcess[str]:
    """The server's command where it cannot start."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("STEWARD_SECRET")}
    return subprocess.run(
        [sys.executable, "-m", "modules", "serve"],
        cwd=ROOT,
        env={**inherited, "PORT": "1", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("value", ["changeme", "changeme-" + KEY, KEY[:20]])
def test_a_placeholder_stops_the_start_with_one_sentence(value):
    done = serve(STEWARD_SECRET_KEY=value)
    assert done.returncode == 1
    assert done.stderr.startswith("STEWARD_SECRET_KEY: ")
    assert len(done.stderr.splitlines()) == 1
    assert value not in done.stderr + done.stdout
    assert not any(piece in done.stderr for piece in PIECES)


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path):
    (tmp_path / "url").write_text(f"postgresql://u:{PASSWORD}@127.0.0.1:1/d?password={PASSWORD}")
    done = serve(STEWARD_SECRET_KEY=KEY, DATABASE_URL_FILE=str(tmp_path / "url"), DATABASE_URL="")
    assert done.returncode == 1
    assert "127.0.0.1:1/d" in done.stderr
    assert not any(piece in done.stderr + done.stdout for piece in PIECES)


def test_no_secret_reaches_the_log_or_an_answer_when_things_break(database, world):
    with Server(database, STEWARD_SECRET_KEY=KEY) as server:
        with httpx.Client(base_url=server.url, trust_env=False, timeout=20) as browser:
            with engine().begin() as connection:
                connection.execute(text("ALTER TABLE certificate RENAME TO certificate_gone"))
            said = [browser.get(path).text for path in ("/verify/AAAA-BBBB", "/healthz", "/nix")]
            bad = {"Cookie": "steward=" + "x" * 5000}
            said.append(browser.get("/", headers=bad).text)
            said.append(browser.post("/auth/demo", data={"person": KEY, "token": KEY}).text)
        log = server.said()
    assert "page failed" in log, "nothing broke, so nothing was tried"
    for piece in PIECES:
        assert piece not in log
        assert not any(piece in one for one in said)


def test_a_row_that_the_database_refused_is_not_told_in_the_log(world, capsys):
    person, amira = core(Person), world.viewer("amira")
    same = {"email": "secret@fernleigh.example"}
    log.configure()
    try:
        with pytest.raises(IntegrityError) as refused, writing() as session:
            everybody = update(person).where(person.c.org_id == amira.org_id)
            session.connection().execute(everybody.values(same))
        number = guard.reported(refused.value)
    finally:
        structlog.reset_defaults()
    said = capsys.readouterr().err
    assert number in said
    assert "IntegrityError" in said
    assert "secret@" not in said
