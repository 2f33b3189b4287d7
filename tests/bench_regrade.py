"""python -m tests.bench_regrade: how long it takes to see what a corrected question changes."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session

from db import engine as engines
from db import migrating, revisions
from db.engine import insert_many
from db.people import organisations
from db.tables import Answer, Attempt, Person, new_id
from modules import taught
from modules.progress import papers
from modules.progress.asked import drawn
from modules.progress.sheet import Sheet
from modules.regrade import applying, planning
from tests import regrading, world
from tests.postgres import Cluster
from tests.world import MODULE, NOW

ITEM = "M01-Q10"


def fill(session: Session, org_id: world.uuid.UUID, people: int) -> int:
    """A check and a practice of so many people, half of whom miss ``ITEM``; answers in all."""
    revision = revisions.latest(session, org_id=org_id)[MODULE]
    module = taught.module(session, sha256=revision.sha256, language="en")
    rng, persons, attempts, answers = random.Random("bench"), [], [], []

    def sit(person, form, seed, paper):
        made = {
            "org_id": org_id, "id": new_id(), "person_id": person, "module": MODULE, "form": form,
            "number": 1, "turn": 1 + (form == "check"), "revision_id": revision.id, "seed": seed,
            "paper": papers.as_json(paper), "started_at": NOW - timedelta(days=90),
        }  # fmt: skip
        attempts.append(made)
        return made["id"]

    def answer(attempt, slot, kind, response, score=None, tags=()):
        answers.append(
            {
                "org_id": org_id, "id": new_id(), "attempt_id": attempt, "slot": slot,
                "try_number": 1, "kind": kind, "response": response, "score": score,
                "correct": None if score is None else score == 1, "tags": list(tags), "grader": 1,
                "confidence": 0.8, "answered_at": NOW - timedelta(days=90),
            }
        )  # fmt: skip

    for number in range(people):
        person = new_id()
        persons.append(
            {
                "org_id": org_id, "id": person, "email": f"bench{number}@fernleigh.example",
                "name": f"Bench {number}", "given_name": "Bench", "joined_on": NOW.date(),
            }
        )  # fmt: skip
        practice = sit(person, "practice", f"p{number}", {})
        for step in module.steps:
            answer(practice, f"screen:{step.id}", "screen", {})
        # As if families had one member: each of so many answers is asked the corrected question.
        paper = {
            slot: (tries[0],)
            for slot, tries in papers.draw(module, "check", f"c{number}", {}).items()
            if not slot.startswith(papers.AGAIN)
        }
        paper = {ITEM: ((ITEM, module.question(ITEM).variants()[0]),), **paper}
        check = sit(person, "check", f"c{number}", paper)
        sheet = Sheet("check", 1, f"c{number}", {}, False, paper)
        for slot in paper:
            name, key, seed = drawn(module, sheet, slot)
            options = module.question(name).variant(seed, key).options
            picked = rng.choice(options)
            tags = [picked.tag] if picked.tag else []
            answer(check, slot, "item", {"choice": picked.id}, float(picked.key), tags)
    for model, rows in ((Person, persons), (Attempt, attempts), (Answer, answers)):
        for start in range(0, len(rows), 20_000):
            insert_many(session, model, rows[start : start + 20_000])
    return len(answers)


def measure(name: str, url: str, people: int) -> None:
    """Fill one database, correct a question, and see what that changes."""
    engine = engines.make_engine(url)
    migrating.migrate(engine)
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        world.make(session)
        named = {one.name: one.id for one in organisations(session)}
        org_id = named["Fernleigh"]
        many = fill(session, org_id, people)
        regrading.corrected(session, org_id, regrading.key(ITEM, "a"), now=NOW)
        session.commit()
    with Session(engine) as session:
        # Texts are read once in a process.
        for sha256 in {one.sha256 for one in revisions.every(session, org_id=org_id)}:
            taught.module(session, sha256=sha256, language="en")
        wall, used = time.perf_counter(), time.process_time()
        found = planning.plan(session, org_id=org_id, module=MODULE, item=ITEM)
        wall, used = time.perf_counter() - wall, time.process_time() - used
    print(
        f"{name}: {people:,} people, {many:,} answers, {len(found.rows):,} change: "
        f"dry run {wall:.1f} s ({used:.1f} s of our processor)"
    )
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        wall, used = time.perf_counter(), time.process_time()
        why = regrading.WHY
        applying.apply(session, org_id=org_id, module=MODULE, item=ITEM, why=why, after=0, now=NOW)
        session.commit()
        wall, used = time.perf_counter() - wall, time.process_time() - used
    print(f"{name}: applied in {wall:.1f} s ({used:.1f} s of our processor)")
    engine.dispose()


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--only", default="", help="sqlite or postgresql")
    given = parser.parse_args(arguments)
    print(f"python -m tests.bench_regrade {' '.join(arguments)}")
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}")
    if given.only != "postgresql":
        with tempfile.TemporaryDirectory() as folder:
            measure("SQLite", f"sqlite:///{Path(folder) / 'bench.db'}", given.people)
    if given.only != "sqlite":
        cluster = Cluster()
        try:
            url = cluster.create("bench").replace("ql://", "ql+psycopg://")
            measure("PostgreSQL", url, given.people)
        finally:
            cluster.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
