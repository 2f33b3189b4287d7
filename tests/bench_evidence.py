"""python -m tests.bench_evidence: what it costs to check a million entries of evidence."""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from db import evidence as stored
from db import migrating
from db.engine import insert_many, make_engine
from db.tables import Organisation, new_id
from modules.evidence import checkpoints, exporting, files, verifying
from modules.settings import ROOT
from tests.evidence import fill

BATCH = 100_000
TARGET = 20.0
# The processor time at the last line.
USED = [0.0]


def main() -> None:
    """Fill both databases, verify each, export one, verify the file with both verifiers."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--entries", type=int, default=1_000_000)
    ask.add_argument("--people", type=int, default=20_000)
    ask.add_argument("--only", choices=["sqlite", "postgresql"])
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as home:
        if asked.only != "postgresql":
            of(f"sqlite:///{home}/steward.db", asked, Path(home))
        if asked.only != "sqlite":
            from tests.postgres import Cluster

            cluster = Cluster()
            try:
                of(cluster.create("bench"), asked, None)
            finally:
                cluster.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak} MB, {os.cpu_count()} cores, Python {sys.version.split()[0]}")


def of(url: str, asked: argparse.Namespace, home: Path | None) -> None:
    """One database."""
    engine = make_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    migrating.migrate(engine)
    org_id, now, name = new_id(), datetime.now(UTC), engine.dialect.name
    begun = time.perf_counter()
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        insert_many(
            session,
            Organisation,
            [
                {
                    "id": org_id,
                    "name": "Bench",
                    "zone": "UTC",
                    "language": "en",
                    "jurisdiction": "eu",
                }
                | {"invented": True, "target": 0.8, "trained_from": 0.5, "least": 10}
                | {"created_at": now}
            ],
        )
        for first in range(0, asked.entries, BATCH):
            entries = min(BATCH, asked.entries - first)
            fill(session, org_id, entries=entries, people=asked.people, seed=1)
            checkpoints.make(session, org_id=org_id, now=now)
        session.commit()
    print(f"{name}: {asked.entries:,} entries recorded in {time.perf_counter() - begun:.1f} s")
    if name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    begun = started()
    with Session(engine) as session:
        stored.steady(session)
        report = verifying.verify(session, org_id=org_id)
    told(f"{name}: audit verify, one process", report, begun)
    os.environ["DATABASE_URL"] = url
    begun = started()
    with Session(engine) as session:
        stored.steady(session)
        report = verifying.verify(session, org_id=org_id, split=1)
    told(f"{name}: audit verify, as the command does it", report, begun)
    if home is None:
        return
    for end in (".jsonl", ".jsonl.gz"):
        path = home / f"evidence{end}"
        begun = time.perf_counter()
        with Session(engine) as session, path.open("wb") as raw:
            out = (
                gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1)
                if end == ".jsonl.gz"
                else raw
            )
            wish = exporting.Wish(names=True)
            exporting.write(session, out, org_id=org_id, organisation="Bench", wish=wish, now=now)
            out.close()
        size = path.stat().st_size / 1e6
        print(f"audit export {end}: {time.perf_counter() - begun:.1f} s, {size:.0f} MB")
        begun = started()
        told(f"audit verify {end}", files.verify(path), begun)
        begun = time.perf_counter()
        alone = subprocess.run(
            [sys.executable, "-I", str(ROOT / "docs" / "verify_evidence.py"), str(path)],
            capture_output=True,
            text=True,
        )
        took = time.perf_counter() - begun
        print(f"verify_evidence.py {end}: {took:.1f} s, exit {alone.returncode}")


def started() -> float:
    """Now, on both clocks."""
    USED[0] = time.process_time()
    return time.perf_counter()


def told(what, report, begun) -> None:
    """One line."""
    took = time.perf_counter() - begun
    used = time.process_time() - USED[0]
    USED[0] = time.process_time()
    verdict = "sound" if report.sound else f"NOT SOUND: {report.findings[:3]}"
    spent = f"{took:.1f} s (target {TARGET:.0f}), of the processor {used:.1f} s"
    print(f"{what}: {report.last:,} entries {verdict} in {spent}")


if __name__ == "__main__":
    main()
