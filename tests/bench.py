"""python -m tests.bench: what a rerun costs the server, how it starts, what a hard kill loses."""

from __future__ import annotations

import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from db.engine import make_engine
from modules import synth
from modules.course.files import bundle, module_from_bundle, read_library, read_module
from modules.course.finding import Index
from modules.course.passages import of_library, of_module
from modules.settings import settings
from modules.synth.town import Town
from tests.driver import Broken, Tab
from tests.load.test_crash import SEND, Robot, crash, fresh
from tests.server import Server, seed
from tests.unit.test_certificate_pdf import pdf as printed

RERUNS, WARM_UP, STARTS, KILLS, PEOPLE = 200, 20, 5, 50, 300
TARGET_MS, DASHBOARD_MS, TARGET_KB = 20.0, 40.0, 15.0
PACKAGES = ("streamlit", "sqlmodel", "sqlalchemy", "altair", "pandas", "uvicorn")


class Sample(NamedTuple):
    """One rerun: processor time and time on the clock in ms, and bytes received."""

    cpu: float
    wall: float
    received: int


class Row(NamedTuple):
    """Many reruns of one thing, with the target for processor time in ms."""

    name: str
    samples: list[Sample]
    target: float


def processor(pid: int) -> int:
    """Processor time that a process has used, all its threads together, in nanoseconds.

    Linux: the clock of another process is named by its inverted id (clock_getcpuclockid).
    """
    clock = (~pid << 3) | 2
    return time.clock_gettime_ns(clock)


def measure(server: Server, tab: Tab, act: Callable[[], object]) -> Sample:
    """Do something on a page once."""
    runs, before = len(tab.runs), processor(server.pid)
    act()
    # The answer arrives before the server has tidied up after the run.
    time.sleep(0.01)
    cpu = (processor(server.pid) - before) / 1e6
    done = tab.runs[runs:]
    return Sample(cpu, sum(one.ms for one in done), sum(one.received for one in done))


def repeated(server: Server, tab: Tab) -> list[Sample]:
    """Warm reruns of an open page."""
    for _ in range(WARM_UP):
        tab.rerun()
    return [measure(server, tab, tab.rerun) for _ in range(RERUNS)]


def submissions(server: Server) -> list[Sample]:
    """Answers sent on the lesson page: recording one, and drawing what comes next."""
    engine = make_engine(server.database_url)
    robot = Robot(server.url, fresh(engine), 1)
    samples: list[Sample] = []
    tab = Tab(server.url, robot.token).open("lesson", module="M01")
    for _ in range(10 * (RERUNS + WARM_UP)):
        if len(samples) == RERUNS + WARM_UP:
            break
        labels = {one.label: one.id for one in tab.of("button")}
        send = next((labels[label] for label in SEND if label in labels), None)
        if send is not None and "Continue" not in labels:
            robot.fill(tab)
            samples.append(measure(server, tab, partial(tab.put, send, trigger_value=True)))
        elif "Take the check again" in labels or not robot.step(tab):
            # The module is over for this one.
            tab.close()
            robot.person, robot.token = next(robot.people)
            tab = Tab(server.url, robot.token).open("lesson", module="M01")
    tab.close()
    engine.dispose()
    return samples[WARM_UP:]


def lesson(server: Server) -> list[Sample]:
    """Reruns of a step with a question open."""
    tab = Tab.demo(server.url, "Amira Khan").open("lesson", module="M01")
    if tab.has("button", "Start"):
        tab.press("Start")
    return repeated(server, tab)


def pages(server: Server) -> list[Row]:
    """Every page that is measured."""

    def of(name: str, page: str) -> list[Sample]:
        return repeated(server, Tab.demo(server.url, name).open(page))

    return [
        Row("home", of("Amira Khan", "home"), TARGET_MS),
        Row("lesson step", lesson(server), TARGET_MS),
        Row("dashboard (organisation)", of("Grace Okafor", "organisation"), DASHBOARD_MS),
        Row("team", of("Tom Ashdown", "team"), TARGET_MS),
        # Last: it empties the record of what was learnt.
        Row("submit answer", submissions(server), TARGET_MS),
    ]


def grading() -> str:
    """Answers graded in a second by one process: each kind of question that ships, and all."""
    kept = bundle(settings().content, "m01-why-share")
    kinds: dict[str, list[Callable[[], object]]] = {}
    for question in module_from_bundle(kept, "en").questions.values():
        item = question.variant("bench")
        for response in item.sample(random.Random("bench")):
            kinds.setdefault(question.kind, []).append(partial(item.grade, response))
    everything = [grade for grades in kinds.values() for grade in grades]
    rates = {kind: rate(grades) for kind, grades in sorted(kinds.items())}
    told = ", ".join(f"{kind} {one / 1000:.0f}" for kind, one in rates.items())
    return f"Grading, thousand answers a second: {rate(everything) / 1000:.0f} ({told})"


def searching() -> str:
    """Processor milliseconds of a search in eighteen modules and the library, once it is warm."""
    content = settings().content
    module, library = read_module(content, "m01-why-share", "en"), read_library(content, "en")
    passages = [*of_module(module), *of_library(library)]
    index = Index(passages * 18)
    index.search("warm")
    taken = []
    for typed in ("share flood list", "personl data", "the", "someone asks for their file") * 5:
        began = time.process_time()
        index.search(typed)
        taken.append(1000 * _since(began))
    middle = statistics.median(taken)
    return f"Search in eighteen modules: median {middle:.1f} ms, worst {max(taken):.1f} ms"


def towns() -> str:
    """Processor seconds to make all of Fernleigh: the first time, then medians of five."""
    began = time.process_time()
    assert len(Town(5000, "first", "en_GB").tables) == 12
    told = [f"Fernleigh, twelve tables: 5,000 residents {_since(began):.2f} s with Faker to load"]
    for people in (5000, 100_000):
        taken = []
        for number in range(5):
            began = time.process_time()
            assert len(Town(people, f"bench {number}", "en_GB").tables) == 12
            taken.append(_since(began))
        told.append(f"{people:,} residents {statistics.median(taken):.2f} s")
    synth.citizen("warm")
    began = time.process_time()
    for number in range(100):
        synth.citizen(f"bench {number}")
    told.append(f"a citizen {10 * _since(began):.1f} ms")
    return ", ".join(told)


def _since(began: float) -> float:
    return time.process_time() - began


def printing_pdf() -> str:
    """Milliseconds to make a certificate's PDF: the first, which unpacks the fonts, and later."""
    taken = []
    for _ in range(11):
        began = time.perf_counter()
        printed()
        taken.append(1000 * (time.perf_counter() - began))
    later = statistics.median(taken[1:])
    return f"Certificate as PDF: the first {taken[0]:.0f} ms, then a median of {later:.0f} ms"


def rate(grades: list[Callable[[], object]], seconds: float = 0.5) -> float:
    """How often a second one of ``grades`` can be called: the median of three rounds."""
    found = []
    for _ in range(3):
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            for grade in grades:
                grade()
            count += len(grades)
        found.append(count / (time.perf_counter() - began))
    return statistics.median(found)


def cold_starts(url: str) -> list[float]:
    """Seconds from starting the process to its first healthy answer, files in the page cache."""
    seconds = []
    for _ in range(STARTS):
        with Server(url) as server:
            seconds.append(server.seconds)
    return seconds


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return statistics.quantiles(values, n=100, method="inclusive")[round(100 * share) - 1]


def table(rows: list[Row]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| rerun of | processor ms, median | p95 | target | clock ms, median | KB, median |"
        " target |\n|---|--:|--:|--:|--:|--:|--:|"
    ]
    for row in rows:
        cpu = [one.cpu for one in row.samples]
        wall = statistics.median(one.wall for one in row.samples)
        kb = statistics.median(one.received for one in row.samples) / 1024
        middle = statistics.median(cpu)
        marks = ("" if middle <= row.target else " ✗", "" if kb <= TARGET_KB else " ✗")
        lines.append(
            f"| {row.name} | {middle:.1f}{marks[0]} | {percentile(cpu, 0.95):.1f} | "
            f"{row.target:.0f} | {wall:.0f} | {kb:.1f}{marks[1]} | {TARGET_KB:.0f} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Measure and print; 1 only when something is broken, never because it is slow."""
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as home:
        url = f"sqlite:///{Path(home) / 'bench.db'}"
        began = time.monotonic()
        seed(url, people=PEOPLE)
        seeded = time.monotonic() - began
        packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
        print(f"Python {platform.python_version()}, {packages}; SQLite; {os.cpu_count()} cores")
        print(f"Load of the machine before: {os.getloadavg()[0]:.1f}\n", flush=True)
        print(f"Seeding {PEOPLE} people: {seeded:.1f} s")
        print(grading(), flush=True)
        print(printing_pdf(), flush=True)
        print(towns(), flush=True)
        print(searching(), flush=True)
        starts = cold_starts(url)
        print(
            f"Start to healthy, {STARTS} times: median {statistics.median(starts):.1f} s "
            f"({min(starts):.1f} to {max(starts):.1f})\n",
            flush=True,
        )
        try:
            with Server(url) as server:
                print(
                    f"{RERUNS} warm reruns each, one person at a time:\n\n{table(pages(server))}\n"
                )
            sys.stdout.flush()
            with Server(url) as server:
                found = crash(server, KILLS)
        except Broken as error:
            print(f"Broken: {error}", file=sys.stderr)
            return 1
    print(
        f"{found.kills} hard kills: {found.submitted} answers submitted, {found.shown} shown as "
        f"kept, {found.recorded} in the database, {len(found.lost)} lost, "
        f"{len(found.doubled)} twice."
    )
    bad = found.lost or found.doubled or found.broken or not found.shown
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
