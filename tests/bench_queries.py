"""Each query of the organisation page at a million people, beside the floor: bare SQL."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session

from db import months, rollup_reading
from db.engine import make_engine
from modules import access
from modules.manage import actions
from tests import million
from tests.bench_store import Store, told
from tests.server import ROOT

ROUNDS, COLD = 50, 3
LEAD, OF_ONE = "p0@million.example", "p1@million.example"
ONE = million.ident(3, 0)
# A floor: the least that the same question costs as bare SQL on the roll-up, all modules together.
FLOOR = """
    SELECT u.parent_id, r.completed, SUM(r.people)
    FROM unit u CROSS JOIN rollup r
    WHERE r.org_id = u.org_id AND r.unit_id = u.id
        AND u.org_id = {org} AND {which} AND r.completed BETWEEN {first} AND {last}
    GROUP BY u.parent_id, r.completed"""


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
