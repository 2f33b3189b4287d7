"""python -m tests.bench_dashboard: what leads wait for at a million people, on both databases.

The data are made once for each database under var/bench/ and used again while the tables and
`tests/million.py` stay as they are. Cold means a database file that is not in memory and a process
that has not asked before.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import shutil
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session

from db import counts, months, people, placements, rollup, rollup_reading, sign_ins
from db import engine as engines
from db.engine import make_engine
from modules import access
from modules.admin.actions import as_csv
from modules.manage import actions
from tests import million
from tests.bench import processor
from tests.driver import Tab
from tests.postgres import Cluster, free_port
from tests.server import ROOT, Server

ROUNDS, COLD, PAGE_MS, CSV_MS, MEMORY_MB = 50, 3, 150.0, 500.0, 500.0
HOME = ROOT / "var" / "bench"
LEAD, OF_ONE = "p0@million.example", "p1@million.example"
ONE = million.ident(3, 0)
# A floor: the least that the same question costs as bare SQL on the roll-up, all modules together.
FLOOR = """
    SELECT u.parent_id, r.completed, SUM(r.people)
    FROM unit u CROSS JOIN rollup r
    WHERE r.org_id = u.org_id AND r.unit_id = u.id
        AND u.org_id = {org} AND {which} AND r.completed BETWEEN {first} AND {last}
    GROUP BY u.parent_id, r.completed"""


class Kept(Cluster):
    """A PostgreSQL whose data stay in a folder; otherwise as the tests have it."""

    def __init__(self, home: Path) -> None:
        from tests import machine

        bin_ = machine.postgres_bin()
        if bin_ is None:
            raise RuntimeError("PostgreSQL's server programs are missing: python tests/machine.py")
        self.bin, self.home, self.port = bin_, home, free_port()
        home.mkdir(parents=True, exist_ok=True)
        self.as_user = {"cwd": home}
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")
            self.as_user |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        if not (home / "data").exists():
            self._run("initdb", "-D", "data", "-U", "steward", "-A", "trust", "-E", "UTF8")
            with (home / "data" / "postgresql.conf").open("a") as settings:
                settings.write("shared_buffers = 512MB\nmax_wal_size = 4GB\nmax_connections = 60\n")
        self.server = self._start()


@dataclass(frozen=True)
class Store:
    """One database with the body in it, and how its files are taken out of memory."""

    name: str
    url: str
    files: Path
    cluster: Kept | None

    def forget(self) -> None:
        """Nothing of it is in memory; PostgreSQL starts anew."""
        if self.cluster:
            self.cluster.server.terminate()
            self.cluster.server.wait(60)
        for path in self.files.parent.glob(f"{self.files.name}*"):
            for one in path.rglob("*") if path.is_dir() else [path]:
                if one.is_file():
                    with one.open("rb") as file:
                        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if self.cluster:
            self.cluster.server = self.cluster._start()

    def close(self) -> None:
        """End what was started for it."""
        if self.cluster:
            self.cluster.server.terminate()
            self.cluster.server.wait(60)

    def size(self) -> float:
        """How much disk it takes, in GB."""
        paths = self.files.rglob("*") if self.files.is_dir() else [self.files]
        return sum(one.stat().st_size for one in paths if one.is_file()) / 1e9


def opened(kind: str, number: int) -> Store:
    """The database with a body of so many, made when it is not there."""
    HOME.mkdir(parents=True, exist_ok=True)
    sources = sorted((ROOT / "db" / "migrations" / "versions").glob("*.py"))
    sources.append(ROOT / "tests" / "million.py")
    state = hashlib.sha256(b"".join(one.read_bytes() for one in sources)).hexdigest()
    files = HOME / (f"dashboard-{number}.db" if kind == "SQLite" else f"postgresql-{number}")
    mark = HOME / f"{files.name}.made"
    ready = mark.exists() and mark.read_text() == state
    if not ready:
        for path in HOME.glob(f"{files.name}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    cluster = Kept(files) if kind != "SQLite" else None
    url = f"sqlite:///{files}"
    if cluster:
        url = cluster.url("million") if ready else cluster.create("million")
        url = url.replace("postgresql://", "postgresql+psycopg://")
    store = Store(kind, url, files, cluster)
    if not ready:
        counted = million.build(url, number)
        print(f"Roll-up of {10 * number:,} completions counted from nothing: {counted:.0f} s")
        mark.write_text(state)
    return store


@dataclass(frozen=True)
class Asked:
    """A statement as the program sent it, and who of it sent it."""

    name: str
    sql: str
    values: Any


def listened(engine: Engine, act: Callable[[Session], object]) -> list[Asked]:
    """The statements that an action sends."""
    seen: list[Asked] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
        frame, name = sys._getframe(), ""
        while frame.f_back is not None and not name:
            frame = frame.f_back
            path = Path(frame.f_code.co_filename)
            if path.parent.name == "db" and path.parent.parent == ROOT:
                function = frame.f_code.co_name
                name = "" if function.startswith("_") else f"{path.stem}.{function}"
        if sql.lstrip().startswith(("SELECT", "WITH")):
            seen.append(Asked(name, sql, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        with Session(engine) as session:
            act(session)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen


def run(engine: Engine, asked: Asked) -> float:
    """Milliseconds until the last row is here."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        began = time.perf_counter()
        cursor.execute(asked.sql, asked.values)
        cursor.fetchall()
        return 1000 * (time.perf_counter() - began)
    finally:
        connection.rollback()
        connection.close()


def told(values: list[float]) -> str:
    """Median and quartiles."""
    if len(values) < 4:
        return f"{statistics.median(values):.1f}"
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return f"{middle:.1f} ({low:.1f}–{high:.1f})"


def floors(store: Store) -> list[Asked]:
    """The bare SQL on the roll-up: fifty departments, and one."""
    last = months.of_day(million.TODAY)
    org, one = million.ORG, ONE
    quoted = (org.hex, one.hex) if store.name == "SQLite" else (str(org), str(one))
    values = {"org": f"'{quoted[0]}'", "first": last - 23, "last": last}
    every = FLOOR.format(which="u.parent_id IS NOT NULL", **values)
    single = FLOOR.format(which=f"u.parent_id = '{quoted[1]}'", **values)
    return [
        Asked("floor: 50 departments × 24 months", every, ()),
        Asked("floor: one department × 24 months", single, ()),
    ]


def questions(engine: Engine, now: datetime) -> Iterator[tuple[str, list[Asked]]]:
    """What is asked for each view of the page, and of the roll-up through the program."""
    with Session(engine) as session:
        whole = access.by_email(session, email=LEAD, now=now)
        part = access.by_email(session, email=OF_ONE, now=now)
    module = million.MODULES[0]
    more = {"part": "every"} if "part" in actions.statistics.__code__.co_varnames else {}

    def page(viewer: access.Viewer, node: str) -> Callable[[Session], object]:
        return lambda session: actions.statistics(
            session, viewer, now=now, module=module, node=node, **more
        )

    yield "whole body", listened(engine, page(whole, ""))
    yield "one department", listened(engine, page(whole, str(ONE)))
    yield "lead of one department", listened(engine, page(part, ""))
    last = months.of_day(million.TODAY)
    units = [million.ident(3, number) for number in range(million.DEPARTMENTS)]
    some = {"org_id": million.ORG, "first": last - 23, "last": last}

    def tables(session: Session) -> None:
        rollup_reading.completed(session, units=units, **some)
        rollup_reading.completed(session, units=units, module=module, **some)
        rollup_reading.completed(session, units=[ONE], module=module, **some)
        ahead = some | {"first": last, "last": last + 12}
        rollup_reading.expiring(session, unit_id=None, **ahead)
        rollup_reading.expiring(session, unit_id=ONE, **ahead)

    names = (
        "50 departments × 24 months, all modules",
        "50 departments × 24 months, one module",
        "one department × 24 months, one module",
        "workload ahead, whole body",
        "workload ahead, the units of one department",
        "workload ahead, one department",
    )
    found = listened(engine, tables)
    yield (
        "roll-up",
        [Asked(name, one.sql, one.values) for name, one in zip(names, found, strict=True)],
    )


def queries(store: Store, now: datetime) -> None:
    """Each query cold and warm, beside the floor of the same run."""
    engine = make_engine(store.url)
    groups = [("roll-up", floors(store)), *questions(engine, now)]
    print("\n| of | query | warm ms, median (quartiles) | cold ms |\n|---|---|--:|--:|")
    lone = {(one.sql, str(one.values)): one for _, several in groups for one in several}
    cold: dict[tuple[str, str], list[float]] = {key: [] for key in lone}
    for key, one in lone.items():
        for _ in range(COLD if store.cluster is None else 1):
            engine.dispose()
            store.forget()
            engine = make_engine(store.url)
            cold[key].append(run(engine, one))
    sums: dict[str, float] = {}
    for of, several in groups:
        for one in several:
            warm = [run(engine, one) for _ in range(ROUNDS)]
            sums[of] = sums.get(of, 0.0) + statistics.median(warm)
            cool = statistics.median(cold[one.sql, str(one.values)])
            print(f"| {of} | `{one.name}` | {told(warm)} | {cool:.1f} |", flush=True)
    for of, total in sums.items():
        if of != "roll-up":
            print(f"All queries of the page, {of}: {total:.1f} ms warm")
    engine.dispose()


def token(url: str, email: str) -> str:
    """What the cookie of somebody holds who is signed in."""
    engine, moment = make_engine(url), datetime.now(UTC)
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        viewer = access.by_email(session, email=email, now=moment)
        made = sign_ins.start(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            now=moment,
            hours=12,
            rights=access.rights_of(viewer),
        )
        session.commit()
    engine.dispose()
    return made


def peak(pid: int) -> float:
    """The most memory that a process held so far, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


VIEWS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("whole body", LEAD, {}),
    ("whole body, unit × month", LEAD, {"part": "months"}),
    ("whole body, breakdown", LEAD, {"part": "groups"}),
    ("whole body, workload ahead", LEAD, {"part": "ahead"}),
    ("one department", LEAD, {"unit": str(ONE)}),
    ("one department, unit × month", LEAD, {"unit": str(ONE), "part": "months"}),
    ("lead of one department", OF_ONE, {}),
    ("one team", LEAD, {"unit": str(million.ident(4, 0))}),
)


def pages(store: Store) -> None:
    """The page as the server makes it: the first time, and once it is warm."""
    cookies = {email: token(store.url, email) for email in (LEAD, OF_ONE)}
    # Once before, so that the content is published already.
    with Server(store.url, STEWARD_DEMO="false"):
        pass
    store.forget()
    with Server(store.url, STEWARD_DEMO="false") as server:
        print(f"\nStart to healthy: {server.seconds:.1f} s; {peak(server.pid):.0f} MB at most")
        print("\n| page | first ms | opened ms, median (quartiles) | of the processor | KB |")
        print("|---|--:|--:|--:|--:|")
        for name, email, query in VIEWS:
            tab = Tab(server.url, cookies[email])
            tab.open("organisation", module=million.MODULES[0], **query)
            first, taken, used = tab.runs[-1].ms, [], []
            for number in range(ROUNDS):
                # Another module each time, so that nothing is answered from what was just drawn.
                module = million.MODULES[number % len(million.MODULES)]
                before = processor(server.pid)
                tab.open("organisation", module=module, **query)
                taken.append(tab.runs[-1].ms)
                time.sleep(0.01)
                used.append((processor(server.pid) - before) / 1e6)
            mark = "" if statistics.median(taken) <= PAGE_MS else " ✗"
            kb = tab.runs[-1].received / 1024
            print(
                f"| {name} | {first:.0f} | {told(taken)}{mark} | {told(used)} | {kb:.0f} |",
                flush=True,
            )
            tab.close()
        most = peak(server.pid)
        print(f"\nMemory of the server at most: {most:.0f} MB{'' if most <= MEMORY_MB else ' ✗'}")


def listed(store: Store, now: datetime) -> None:
    """The list of ten thousand people as CSV, and what one completion and one move cost more."""
    engine = make_engine(store.url)
    day, teams = now.date(), set[uuid.UUID]()
    with Session(engine) as session:
        body = million.Body(counts.people(session, org_id=million.ORG, day=million.TODAY))
        number = 0
        while number < 10_000 and len(teams) < body.teams:
            teams.add(million.ident(4, len(teams)))
            number = int((body.team < len(teams)).sum())
        taken = []
        for _ in range(5):
            began = time.perf_counter()
            found = people.listing(session, org_id=million.ORG, day=day, units=teams)
            rows = [(one.name, one.email, one.unit, one.line_manager) for one in found]
            size = len(as_csv(("name", "email", "unit", "line manager"), rows))
            taken.append(1000 * (time.perf_counter() - began))
    mark = "" if statistics.median(taken) <= CSV_MS else " ✗"
    print(f"CSV of {len(found):,} people ({size / 1e6:.1f} MB): {told(taken)} ms{mark}")
    completed, moved = [], []
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        for at in range(200):
            who = {"org_id": million.ORG, "person_id": million.ident(6, at * 97 % number)}
            began = time.perf_counter()
            of = rollup.before(session, module=million.MODULES[at % 10], **who)
            rollup.completed(session, of, valid_until=day.replace(year=2031), completed_at=now)
            completed.append(1000 * (time.perf_counter() - began))
        for at in range(100):
            who = {"org_id": million.ORG, "person_id": million.ident(6, at * 89 % number)}
            began = time.perf_counter()
            team = million.ident(4, at % body.teams)
            placements.move(session, unit_id=team, line_manager_id=None, day=day, **who)
            moved.append(1000 * (time.perf_counter() - began))
        session.rollback()
    print(f"What the roll-up costs a completion: {told(completed)} ms")
    print(f"Somebody moves, her ten counts with her: {told(moved)} ms")
    engine.dispose()


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--database", choices=("SQLite", "PostgreSQL"), action="append")
    parser.add_argument("--pages", action="store_true", help="the pages alone, no single queries")
    parser.add_argument("--delete", action="store_true", help="delete the data at the end")
    given = parser.parse_args(arguments)
    print(f"python -m tests.bench_dashboard {' '.join(arguments)}")
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}")
    now = datetime.now(UTC)
    for kind in given.database or ("SQLite", "PostgreSQL"):
        store = opened(kind, given.people)
        try:
            print(f"\n## {kind}: {given.people:,} people, {store.size():.1f} GB on disk")
            if not given.pages:
                queries(store, now)
            listed(store, now)
            pages(store)
        finally:
            store.close()
            engines.engine.cache_clear()
            if given.delete:
                for path in HOME.glob(f"{store.files.name}*"):
                    with contextlib.suppress(OSError):
                        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
