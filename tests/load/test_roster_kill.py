"""An import that is killed at any point leaves nothing, and the next one does all of it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest

from db.engine import engine
from db.tables import Person, Placement, RosterImport, RosterUndo, Unit
from tests import rosters
from tests.bench_roster import body
from tests.counting import count
from tests.server import ROOT

PEOPLE, KILLS, WAIT = 4000, 4, 180.0
STAGES = ("reading", "comparing", "writing")


def begin(url, path):
    """The command, in a process of its own, with its stages on a pipe."""
    return subprocess.Popen(
        [sys.executable, "-m", "modules", "people", "import", str(path)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed(url, path, rng):
    """Kill it a moment after a stage began; whether it was still running."""
    process, stage = begin(url, path), rng.choice(STAGES)
    until = time.monotonic() + WAIT
    with process:
        for line in process.stderr:
            if line.startswith(stage) or time.monotonic() > until:
                break
        time.sleep(rng.random() * 0.4)
        running = process.poll() is None
        process.kill()
        process.wait(timeout=WAIT)
    return running


def found():
    """How many rows there are of everything that an import writes."""
    engine().dispose()
    return [count(table) for table in (Person, Placement, RosterImport, RosterUndo)], count(Unit)


@pytest.mark.timeout(900)
def test_an_import_killed_at_random_points_leaves_nothing(database, tmp_path):
    url = body(database)
    path = rosters.write(tmp_path / "staff.csv", PEOPLE)
    rng, hit = random.Random(), 0
    all_of_it = [PEOPLE, PEOPLE, 1]
    for _ in range(KILLS):
        hit += killed(url, path, rng)
        rows, units = found()
        if rows[0]:
            # The kill came after the commit: then all of it is there.
            assert rows[:3] == all_of_it
            undo = [sys.executable, "-m", "modules", "people", "undo"]
            env = {**os.environ, "DATABASE_URL": url}
            subprocess.run(undo, cwd=ROOT, env=env, check=True, capture_output=True, timeout=WAIT)
            rows, units = found()
            assert rows[:2] + rows[3:] == [0, 0, 0]
            all_of_it[2] += 1
        else:
            assert rows[:2] + rows[3:] == [0, 0, 0]
            assert units == 0
    process = begin(url, path)
    process.communicate(timeout=WAIT)
    assert process.returncode == 0
    assert found()[0][:2] == [PEOPLE, PEOPLE]
    assert hit
