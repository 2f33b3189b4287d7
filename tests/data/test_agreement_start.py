"""The app refuses to start outside what was agreed, whichever way it is started."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys

import pytest

from modules.agreement import current
from modules.agreement.files import NotAgreed, load
from modules.api import server, start
from modules.settings import ROOT, settings
from tests.signers import Signers, agree


@pytest.fixture
def signed(tmp_path):
    path = tmp_path / "agreement.yaml"
    Signers().sign(path)
    return path


def serve(path, tmp_path, **more):
    """Start the server as an operator does: it is refused before it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/none.db",
        "STEWARD_AGREEMENT": str(path),
        "PORT": str(port),
        **more,
    }
    made = subprocess.run(
        [sys.executable, "-m", "modules", "serve"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return made.returncode, made.stderr.strip().splitlines()[-1]


def test_one_byte_changed_in_a_signed_file_stops_the_start_with_a_sentence(signed, tmp_path):
    body = signed.read_bytes()
    signed.write_bytes(body.replace(b"least: 10", b"least: 11"))
    code, said = serve(signed, tmp_path)
    assert code == 1
    assert said.startswith("The agreement was changed after it was signed")
    assert said.endswith("signed by everybody it names.")


def test_a_setting_outside_of_what_was_signed_stops_it_with_clause_found_and_allowed(
    signed, tmp_path
):
    code, said = serve(signed, tmp_path, STEWARD_SIGN_IN_HOURS="24")
    assert code == 1
    assert "clause “sign_in_hours”: STEWARD_SIGN_IN_HOURS is 24, but at most 12 is agreed" in said


async def begin():
    async with server.lifespan(None):
        pytest.fail("it started")


def test_under_another_server_nothing_is_served_either(world, monkeypatch):
    agree(monkeypatch, sign_in_hours=settings().sign_in_hours - 1)
    monkeypatch.setattr(start, "in_force", current.in_force)
    with pytest.raises(NotAgreed, match="at most 11 is agreed"):
        asyncio.run(begin())


def test_after_a_signed_agreement_the_unsigned_one_stops_the_start(world, signed, monkeypatch):
    found = load(signed)
    shipped = start.in_force()
    monkeypatch.setattr(start, "in_force", lambda: found)
    assert start.refusal() == ""
    assert start.prepare() == ""
    monkeypatch.setattr(start, "in_force", lambda: shipped)
    assert "which was signed, and the one found is not signed by anybody" in start.refusal()
    with pytest.raises(NotAgreed):
        asyncio.run(begin())
