"""python -m tests.bench_duties [PEOPLE]: all duties of a body recomputed, on both databases."""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlmodel import Session

from db import migrating
from db.assignments import ASSIGNMENT
from db.engine import insert_many, make_engine
from db.people import PLACEMENT, UNIT
from db.tables import Enrolment, Organisation, Person, Placement, Unit, core, new_id
from db.tables.duties import Assignment
from modules import publishing
from modules.duties import (
    After,
    Audience,
    Calendar,
    Case,
    Clause,
    Cycle,
    Rolling,
    Rule,
    Yearly,
)
from modules.duties.model import EVERYBODY
from modules.enrolling import refresh
from modules.settings import settings
from tests.postgres import Cluster

PEOPLE = 100_000
TARGET = 10.0
"""Seconds for everybody's duties."""

STARTS = date(2026, 9, 1)
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
AT_ONCE = 20_000
FAMILIES = [f"Family {number}" for number in range(24)]


def rules(units: list[uuid.UUID]) -> list[tuple[str, str, Rule]]:
    """Rules as a large body has them: title, target, rule."""
    january = Yearly(month=1, day=31)
    year = Rolling(months=12)
    social = Case(
        audience=Audience(clauses=(Clause(units=tuple(units[:3])),)),
        due=Cycle(yearly=january),
        renewal=Calendar(yearly=january),
    )
    starters = Audience(clauses=(Clause(starters=True),))
    officers = Audience(clauses=(Clause(families=tuple(FAMILIES[:4]), grades=("7", "8")),))
    return [
        ("everybody", "M01", Rule(audience=EVERYBODY, due=After(days=60), renewal=year)),
        (
            "path",
            "path:own",
            Rule(audience=EVERYBODY, due=After(days=180), renewal=year, cases=(social,)),
        ),
        (
            "starters",
            "M01",
            Rule(
                audience=starters,
                due=After(days=0, of="joining"),
                renewal=year,
                before_access=True,
            ),
        ),
        ("officers", "M08", Rule(audience=officers, due=After(days=30, of="role"), renewal=year)),
    ]


def fill(session: Session, people: int) -> uuid.UUID:
    """A body whose people joined over thirty years; every tenth moved since the rules began."""
    rng, org_id = random.Random(7), new_id()
    session.add(Organisation(id=org_id, name="Body", created_at=NOW))
    session.flush()
    units = [new_id() for _ in range(600)]
    rows: list[dict[str, Any]] = [
        {
            "org_id": org_id,
            "id": one,
            "name": f"Unit {n}",
            "parent_id": units[(n - 1) // 8] if n else None,
        }
        for n, one in enumerate(units)
    ]
    for low in range(0, len(rows), 50):
        insert_many(session, Unit, rows[low : low + 50])
    for low in range(0, people, AT_ONCE):
        ids = [new_id() for _ in range(min(AT_ONCE, people - low))]
        made, places = [], []
        for number, one in enumerate(ids, low):
            joined = date(2026, 11, 20) - timedelta(days=round(rng.expovariate(1 / 2600)))
            made.append(
                {
                    "org_id": org_id,
                    "id": one,
                    "email": f"p{number}@body.example",
                    "name": f"Person {number}",
                    "given_name": "Person",
                    "path": rng.choice("ABCDE"),
                    "joined_on": joined,
                    "left_on": None if rng.random() > 0.02 else date(2026, 10, 1),
                }
            )
            moves = [joined, *([STARTS + timedelta(days=number % 80)] if number % 10 == 0 else [])]
            moves = sorted({day for day in moves if day >= joined})
            for starts, ends in zip(moves, [*moves[1:], None], strict=True):
                places.append(
                    {
                        "org_id": org_id,
                        "id": new_id(),
                        "person_id": one,
                        "unit_id": rng.choice(units),
                        "starts": starts,
                        "ends": ends,
                        "job_family": rng.choice(FAMILIES),
                        "grade": str(rng.randrange(3, 12)),
                    }
                )
        insert_many(session, Person, made)
        insert_many(session, Placement, places)
    publishing.sync(session, org_id=org_id, root=settings().content, now=NOW)
    insert_many(
        session,
        Assignment,
        [
            {
                "org_id": org_id,
                "id": new_id(),
                "title": title,
                "target": target,
                "rule": rule.kept(),
                "starts": STARTS,
                "made_at": NOW,
            }
            for title, target, rule in rules(units)
        ],
    )
    return org_id


def timed(engine: Engine, org_id: uuid.UUID, now: datetime = NOW) -> tuple[float, float, str]:
    """Recompute everybody once; seconds with the commit, of this processor, and what changed."""
    began, used = time.perf_counter(), time.process_time()
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        changes = refresh(session, org_id=org_id, now=now)
        session.commit()
    told = ", ".join(f"{count:,} {what}" for what, count in vars(changes).items() if count)
    return time.perf_counter() - began, time.process_time() - used, told or "nothing"


def stir(engine: Engine, org_id: uuid.UUID) -> None:
    """Move every twentieth person to another unit, and end a rule that asks much."""
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        last = select(UNIT.id).where(UNIT.org_id == org_id, UNIT.name == "Unit 599")
        other = session.connection().execute(last).scalar_one()
        some = select(PLACEMENT.id).where(PLACEMENT.org_id == org_id, PLACEMENT.ends.is_(None))
        ids = session.connection().execute(some).scalars().all()[::20]
        for low in range(0, len(ids), 500):
            session.connection().execute(
                core(Placement)
                .update()
                .where(PLACEMENT.id.in_(ids[low : low + 500]))
                .values(unit_id=other)
            )
        session.connection().execute(
            core(Assignment)
            .update()
            .where(ASSIGNMENT.title == "path")
            .values(ends=date(2026, 11, 28))
        )
        session.commit()


def main(arguments: list[str]) -> int:
    """Measure and print; 1 when a target is missed."""
    people = int(arguments[0]) if arguments else PEOPLE
    missed, cluster = False, Cluster()
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}\n")
    print("| people | duties | database | step | changed | seconds | of this process |")
    print("|--:|--:|---|---|---|--:|--:|")
    try:
        with tempfile.TemporaryDirectory(prefix="steward-duties-") as home:
            for kind in ("SQLite", "PostgreSQL"):
                url = f"sqlite:///{Path(home) / 'duties.db'}"
                if kind == "PostgreSQL":
                    url = cluster.create("duties").replace("postgresql://", "postgresql+psycopg://")
                engine = make_engine(url)
                migrating.migrate(engine)
                with Session(engine) as session:
                    session.connection(execution_options={"writes": True})
                    org_id = fill(session, people)
                    session.commit()
                engine.dispose()
                steps = [("everything new", NOW), ("nothing to change", NOW), ("the same", NOW)]
                for step, now in [*steps, ("a rule ends, 5% moved", NOW + timedelta(days=1))]:
                    if "moved" in step:
                        stir(engine, org_id)
                    seconds, processor, changed = timed(engine, org_id, now)
                    with Session(engine) as session:
                        count = select(func.count()).select_from(core(Enrolment))
                        duties = session.connection().execute(count).scalar_one()
                    over = seconds > TARGET
                    missed |= over
                    told = f"{seconds:.1f}{' ✗' if over else ''}"
                    row = (
                        f"{people:,}",
                        f"{duties:,}",
                        kind,
                        step,
                        changed,
                        told,
                        f"{processor:.1f}",
                    )
                    print(f"| {' | '.join(row)} |", flush=True)
                engine.dispose()
    finally:
        cluster.stop()
    print(f"\nMemory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
