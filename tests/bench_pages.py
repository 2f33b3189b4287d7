"""Pages at a million people as the server makes them, lists as CSV, a month-end: time, memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlmodel import Session

from db import placements, rollup, sign_ins, snapshots
from db.engine import make_engine
from db.tables import Breakdown, Snapshot, core
from modules import access, words
from modules.manage import team as teams
from modules.snapshots import catch_up
from tests import million
from tests.bench import processor
from tests.bench_queries import LEAD, OF_ONE, ONE, ROUNDS
from tests.bench_store import Store, told
from tests.driver import Broken, Tab
from tests.server import ROOT, Server

PAGE_MS, CSV_MS, MEMORY_MB = 150.0, 500.0, 500.0
OF_MANY, OF_SOME = "p2@million.example", "p3@million.example"


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


VIEWS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("whole body", LEAD, "organisation", {}),
    ("whole body, unit × month", LEAD, "organisation", {"part": "months"}),
    ("whole body, breakdown", LEAD, "organisation", {"part": "groups"}),
    ("whole body, modules", LEAD, "organisation", {"part": "modules"}),
    ("whole body, workload ahead", LEAD, "organisation", {"part": "ahead"}),
    ("one department", LEAD, "organisation", {"unit": str(ONE)}),
    ("one department, unit × month", LEAD, "organisation", {"unit": str(ONE), "part": "months"}),
    ("lead of one department", OF_ONE, "organisation", {}),
    ("one team", LEAD, "organisation", {"unit": str(million.ident(4, 0))}),
    ("team page of 2,000 people", OF_SOME, "team", {}),
    ("team page of 10,000 people", OF_MANY, "team", {}),
)


SHOWN = ("arrow_vega_lite_chart", "html", "menu_button")


def opening(
    server: Server, cookie: str, page: str, query: dict[str, str], rounds: int
) -> tuple[list[float], list[float], float]:
    """Open a page of one module after the other: times on the clock, of the processor, and KB."""
    tab, taken, used = Tab(server.url, cookie), list[float](), list[float]()
    for number in range(rounds):
        module = {"module": million.MODULES[number % len(million.MODULES)]}
        before = processor(server.pid)
        tab.open(page, **(module if page == "organisation" else {}), **query)
        taken.append(tab.runs[-1].ms)
        if not any(tab.of(kind) for kind in SHOWN):
            raise Broken(f"{page} with {query} shows nothing")
        # The answer arrives before the server has tidied up after the run.
        time.sleep(0.01)
        used.append((processor(server.pid) - before) / 1e6)
    kb = tab.runs[-1].received / 1024
    tab.close()
    return taken, used, kb


def pages(store: Store) -> None:
    """The page as the server makes it: each module for the first time, and once it is warm."""
    emails = (LEAD, OF_ONE, OF_MANY, OF_SOME)
    cookies = {email: token(store.url, email) for email in emails}
    # Once before, so that the content is published already.
    with Server(store.url, STEWARD_DEMO="false"):
        pass
    store.forget()
    modules = len(million.MODULES)
    with Server(store.url, STEWARD_DEMO="false") as server:
        print(f"\nStart to healthy: {server.seconds:.1f} s; {peak(server.pid):.0f} MB at most")
        print("\nMilliseconds, median and quartiles; cold: of each module for the first time.")
        print("\n| page | cold | of the processor | warm | of the processor | KB |")
        print("|---|--:|--:|--:|--:|--:|")
        for name, email, page, query in VIEWS:
            cold, cpu, _ = opening(server, cookies[email], page, query, modules)
            warm, used, kb = opening(server, cookies[email], page, query, ROUNDS)
            slow = page == "organisation" and max(map(statistics.median, (cold, warm))) > PAGE_MS
            print(
                f"| {name}{' ✗' if slow else ''} | {told(cold)} | {told(cpu)} | {told(warm)} "
                f"| {told(used)} | {kb:.0f} |",
                flush=True,
            )
        most = peak(server.pid)
        print(f"\nMemory of the server at most: {most:.0f} MB{'' if most <= MEMORY_MB else ' ✗'}")


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock and of the processor."""
    began, used = time.perf_counter(), time.process_time()
    act()
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)


def listed(store: Store, now: datetime) -> None:
    """A manager takes the list of ten thousand people along as CSV, each logged as looked at."""
    engine, say = make_engine(store.url), words.of("en")
    with Session(engine) as session:
        manager = access.by_email(session, email=OF_MANY, now=now)
        found = teams.team(session, manager, now=now)
        people, size = [*found.people, *found.free], 0
        first, again = list[tuple[float, float]](), list[tuple[float, float]]()

        def take() -> None:
            nonlocal size
            made = teams.taken_along(session, manager, people=people, say=say, now=now)
            size = len(made.encode())

        for _ in range(5):
            session.rollback()
            session.connection(execution_options={"writes": True})
            first.append(timed(take))
            again.append(timed(take))
        session.rollback()
    print(f"CSV of {len(people):,} people, {size / 1e6:.1f} MB:")
    for what, taken in (("with each of them logged", first), ("again on the same day", again)):
        wall, cpu = (list(one) for one in zip(*taken, strict=True))
        mark = "" if statistics.median(wall) <= CSV_MS else " ✗"
        print(f"  {what} {told(wall)} ms{mark}, of the processor {told(cpu)}")
    engine.dispose()


def written(store: Store, now: datetime) -> None:
    """What one completion and one move cost more because they are counted."""
    engine, day = make_engine(store.url), now.date()
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})

        def complete(at: int) -> None:
            who = {"org_id": million.ORG, "person_id": million.ident(6, at * 97)}
            of = rollup.before(session, module=million.MODULES[at % 10], **who)
            rollup.completed(session, of, valid_until=day.replace(year=2031), completed_at=now)

        def move(at: int) -> None:
            who = {"org_id": million.ORG, "person_id": million.ident(6, at * 89)}
            team = million.ident(4, at % 100)
            placements.move(session, unit_id=team, line_manager_id=None, day=day, **who)

        completed = [timed(partial(complete, at)) for at in range(200)]
        moved = [timed(partial(move, at)) for at in range(100)]
        session.rollback()
    for what, found in (("a completion", completed), ("a move with ten completions", moved)):
        wall, cpu = (told(list(one)) for one in zip(*found, strict=True))
        print(f"What the roll-up costs {what}: {wall} ms, of the processor {cpu}")
    engine.dispose()


def month_end(store: Store) -> None:
    """Take the newest month-end of one module again, in a process of its own, and undo it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench_pages", store.url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    print(done.stdout.strip())


def take_again(url: str) -> None:
    """What `month_end` does in its process."""
    engine, now = make_engine(url), datetime.now(UTC)
    before = peak(os.getpid())
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        newest = max(snapshots.months(session, org_id=million.ORG, module=million.MODULES[0]))
        for table in (core(Snapshot), core(Breakdown)):
            of = table.c
            gone = table.delete().where(
                of.org_id == million.ORG,
                of.module == million.MODULES[0],
                of.month_end == newest,
            )
            session.connection().execute(gone)
        wall, cpu = timed(lambda: catch_up(session, now=now))
        session.rollback()
    print(
        f"A month-end of one module: {wall / 1000:.0f} s, of the processor {cpu / 1000:.0f} s, "
        f"{peak(os.getpid()):.0f} MB at most in a process that had {before:.0f} MB"
    )


if __name__ == "__main__":
    take_again(sys.argv[1])
