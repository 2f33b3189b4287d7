"""python -m tests.bench_roster [--million]: staff lists imported by command, on both databases."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session

from db import migrating
from db.engine import make_engine
from db.tables import Organisation
from tests import rosters
from tests.postgres import Cluster
from tests.server import ROOT

ROUNDS = 5
SMALL, LARGE = 10_000, 1_000_000
# Seconds.
TARGET = {SMALL: 3.0, LARGE: 300.0}


class Taken(NamedTuple):
    """One command, starting Python included: seconds on the clock, of the processor, MB at most."""

    seconds: float
    processor: float
    megabytes: float


def command(url: str, *arguments: str) -> Taken:
    """Run `people …` as a process of its own; it must succeed."""
    began = time.perf_counter()
    pid = os.spawnve(
        os.P_NOWAIT,
        sys.executable,
        [sys.executable, "-m", "modules", "people", *arguments],
        {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)},
    )
    _, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"people {' '.join(arguments)} ended with {status}")
    took = time.perf_counter() - began
    return Taken(took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def body(url: str) -> str:
    """An empty organisation in an empty database."""
    engine = make_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    migrating.migrate(engine)
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        session.add(Organisation(id=uuid.uuid4(), name="Body", created_at=datetime.now(UTC)))
        session.commit()
    engine.dispose()
    return url


@contextmanager
def silent() -> Iterator[None]:
    """What the commands print goes nowhere."""
    kept, nowhere = (os.dup(1), os.dup(2)), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        for one in (*kept, nowhere):
            os.close(one)


def once(url: str, first: Path, later: Path) -> list[Taken]:
    """Only start; dry run, first import, the same again, a month later, undo of that."""
    with silent():
        body(url)
        return [
            command(url, "imports"),
            command(url, "import", str(first), "--dry-run"),
            command(url, "import", str(first)),
            command(url, "import", str(first)),
            command(url, "import", str(later), "--leavers"),
            command(url, "undo"),
        ]


STEPS = (
    "start alone",
    "dry run",
    "first import",
    "the same again",
    "a month later",
    "undo of that",
)


def main(arguments: list[str]) -> int:
    """Measure and print; 1 when a target is missed."""
    sizes = {SMALL: ROUNDS, LARGE: 1} if "--million" in arguments else {SMALL: ROUNDS}
    cluster, missed = Cluster(), False
    medians: dict[tuple[str, int], float] = {}
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}\n")
    print("| people | database | step | seconds, median | of the processor | MB at most |")
    print("|--:|---|---|--:|--:|--:|")
    try:
        with tempfile.TemporaryDirectory(prefix="steward-roster-") as home:
            for people, rounds in sizes.items():
                first = rosters.write(Path(home) / f"{people}.csv", people)
                later = rosters.write(Path(home) / f"{people}-later.csv", people, later=True)
                for kind in ("SQLite", "PostgreSQL"):
                    taken = []
                    for number in range(rounds):
                        path = Path(home) / f"{people}-{number}.db"
                        name = f"roster{people}x{number}"
                        url = f"sqlite:///{path}" if kind == "SQLite" else cluster.create(name)
                        taken.append(once(url, first, later))
                        if kind == "SQLite":
                            path.unlink()
                        else:
                            cluster.drop(name)
                    for place, step in enumerate(STEPS):
                        seconds = statistics.median(one[place].seconds for one in taken)
                        cpu = statistics.median(one[place].processor for one in taken)
                        most = max(one[place].megabytes for one in taken)
                        over = step == "first import" and seconds > TARGET[people]
                        missed |= over
                        medians[kind, people] = medians.get((kind, people), 0.0)
                        if step == "first import":
                            medians[kind, people] = seconds
                        told = f"{seconds:.1f}{' ✗' if over else ''}"
                        row = (f"{people:,}", kind, step, told, f"{cpu:.1f}", f"{most:.0f}")
                        print(f"| {' | '.join(row)} |", flush=True)
    finally:
        cluster.stop()
    for kind in ("SQLite", "PostgreSQL"):
        small = medians[kind, SMALL] / SMALL
        if (kind, LARGE) in medians:
            ratio = medians[kind, LARGE] / LARGE / small
            print(f"{kind}: one person of a million costs {ratio:.2f} times one of ten thousand.")
    print(
        f"PostgreSQL to SQLite at {SMALL:,}: "
        f"{medians['PostgreSQL', SMALL] / medians['SQLite', SMALL]:.2f}"
    )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
