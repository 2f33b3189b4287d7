"""Two independent judges of SCIM find nothing wrong with the running app."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import scim
from tests.server import Server


@pytest.fixture
def served(world, database):
    server = Server(database).start()
    yield f"{server.url}/scim/v2", scim.token(world)
    server.stop()


def judged(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        capture_output=True,
        text=True,
        timeout=540,
        env={"PATH": "/usr/bin:/bin", "NO_COLOR": "1", **environment},
    )


@pytest.mark.timeout(600)
def test_scim2_test_finds_no_error(served):
    url, token = served
    header = f"Authorization: Bearer {token}"
    done = judged("scim2", "--url", url, "test", SCIM_CLI_HEADERS=header)
    lines = done.stdout.splitlines()
    assert [one for one in lines if one.startswith(("ERROR", "CRITICAL", "DEVIATION"))] == []
    assert sum(one.startswith("SUCCESS") for one in lines) >= 70, done.stdout + done.stderr
    assert done.returncode == 0


@pytest.mark.timeout(600)
def test_scim_sanity_probe_fails_nowhere(served):
    url, token = served
    done = judged(
        "scim-sanity", "probe", url, "--token", token, "--i-accept-side-effects", "--json-output"
    )
    told = json.loads(done.stdout)
    assert [one for one in told["results"] if one["status"] in ("fail", "error")] == []
    assert done.returncode == 0
