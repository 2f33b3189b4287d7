"""python -m tests.bench_refreshers: a changed rule for 100,000 people, asked on both databases."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from db import migrating
from db.engine import insert_many, make_engine
from db.tables import Attempt, Bundle, Completion, Organisation, Person, Revision
from modules import refreshing
from tests.postgres import Cluster

PEOPLE = 100_000
HEAD = """
id: M01
changes:
  - {version: "1.3.0", kind: rule, says: A rule changed., parts: [M01-Q10], paths: [A]}
"""
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def body(session: Session) -> uuid.UUID:
    """An organisation whose people have all completed version 1.2.0, half of them on path A."""
    org_id, revision = uuid.uuid4(), uuid.uuid4()
    session.add(Organisation(id=org_id, name="Body", created_at=NOW))
    text = json.dumps({"m01/module.yaml": HEAD})
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    session.add(Bundle(sha256=sha256, body=text))
    session.flush()
    shared = {"org_id": org_id, "module": "M01"}
    row = {**shared, "id": revision, "number": 1, "version": "1.3.0", "sha256": sha256}
    insert_many(session, Revision, [{**row, "published_at": NOW}])
    ids = [uuid.uuid4() for _ in range(PEOPLE)]
    people = [
        {
            "org_id": org_id,
            "id": one,
            "email": f"p{number}@body.example",
            "name": f"P {number}",
            "given_name": "P",
            "path": "AB"[number % 2],
            "joined_on": date(2020, 1, 1),
        }
        for number, one in enumerate(ids)
    ]
    insert_many(session, Person, people)
    tried = {**shared, "form": "check", "number": 1, "turn": 1, "revision_id": revision}
    tried |= {"seed": "0", "paper": {}, "started_at": NOW - timedelta(days=90)}
    attempts = [{**tried, "id": one, "person_id": one} for one in ids]
    insert_many(session, Attempt, attempts)
    done = {**shared, "version": "1.2.0", "sha256": "0", "turn": 1, "path": "A"}
    done |= {"completed_at": NOW - timedelta(days=90), "valid_until": date(2027, 8, 1)}
    insert_many(session, Completion, [{**done, "attempt_id": one, "person_id": one} for one in ids])
    return org_id


def measure(url: str) -> tuple[int, float, float]:
    """How many were asked, the seconds that took, and those of doing it again."""
    engine = make_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    migrating.migrate(engine)
    taken, asked = [], 0
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        org_id = body(session)
        session.commit()
    with Session(engine) as session:
        # As PostgreSQL does by itself within a minute; without it, it plans for an empty table.
        session.connection(execution_options={"writes": True})
        session.connection().execute(text("ANALYZE"))
        session.commit()
    for _ in range(2):
        with Session(engine) as session:
            session.connection(execution_options={"writes": True})
            began = time.perf_counter()
            asked += refreshing.sweep(session, org_id=org_id, now=NOW)
            session.commit()
            taken.append(time.perf_counter() - began)
    engine.dispose()
    return asked, taken[0], taken[1]


def main() -> int:
    """Measure and print."""
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}\n")
    print("| people | database | asked | seconds | again |\n|--:|---|--:|--:|--:|")
    cluster = Cluster()
    try:
        with tempfile.TemporaryDirectory(prefix="steward-refreshers-") as home:
            path = Path(home) / "one.db"
            for kind, url in (("SQLite", f"sqlite:///{path}"), ("PostgreSQL", "")):
                asked, first, again = measure(url or cluster.create("refreshers"))
                print(f"| {PEOPLE:,} | {kind} | {asked:,} | {first:.2f} | {again:.2f} |")
    finally:
        cluster.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
