"""python -m tests.bench_items: how long counting how questions did takes, and reading it."""

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
from db.tables import Answer, Attempt, Person, new_id
from modules import analysing
from modules.learn import content
from tests import world
from tests.postgres import Cluster
from tests.world import MODULE, NOW


def fill(session: Session, people: int) -> int:
    """A check, a story and half a lesson of so many people; how many answers that is."""
    org = session.connection().exec_driver_sql(
        "SELECT id FROM organisation WHERE name = 'Fernleigh'"
    )
    org_id = world.uuid.UUID(str(org.scalar_one()))
    revision = revisions.latest(session, org_id=org_id)[MODULE]
    module = content.module(session, sha256=revision.sha256, language="en")
    rng, persons, attempts, answers = random.Random("bench"), [], [], []
    story = next(step for step in module.steps if step.kind == "scenario")
    first = module.scenario.nodes[module.scenario.start].choices

    def sit(person, form):
        made = {
            "org_id": org_id, "id": new_id(), "person_id": person, "module": MODULE, "form": form,
            "number": 1, "turn": 1 + (form == "check"), "revision_id": revision.id, "seed": "s",
            "paper": {}, "started_at": NOW - timedelta(days=90),
        }  # fmt: skip
        attempts.append(made)
        return made["id"]

    def answer(attempt, slot, kind, response, score=None, sure=None, tags=()):
        answers.append(
            {
                "org_id": org_id, "id": new_id(), "attempt_id": attempt, "slot": slot,
                "try_number": 1, "kind": kind, "response": response, "score": score,
                "correct": None if score is None else score == 1, "tags": list(tags), "grader": 1,
                "confidence": sure, "answered_at": NOW - timedelta(days=90),
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
        check, practice, ability = sit(person, "check"), sit(person, "practice"), rng.random()
        for slot in module.forms["check"]:
            options = module.question(slot).options
            right = rng.random() < 0.4 + 0.6 * ability
            picked = rng.choice([one for one in options if one.key == right])
            sure = rng.choice([0.3, 0.5, 0.8, 1.0])
            tags = [picked.tag] if picked.tag else []
            answer(check, slot, "item", {"choice": picked.id}, float(right), sure, tags)
        given = {"node": module.scenario.start, "choice": rng.choice(first).id}
        answer(practice, f"scenario:{story.id}:1", "decision", given)
        for step in module.steps[: rng.randrange(len(module.steps))]:
            answer(practice, f"screen:{step.id}", "screen", {})
    for model, rows in ((Person, persons), (Attempt, attempts), (Answer, answers)):
        for start in range(0, len(rows), 20_000):
            insert_many(session, model, rows[start : start + 20_000])
    return len(answers)


def measure(name: str, url: str, people: int) -> None:
    """Fill one database, count and read it."""
    engine = engines.make_engine(url)
    migrating.migrate(engine)
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        world.make(session)
        many = fill(session, people)
        session.commit()
    with Session(engine) as session:
        list(analysing.uncounted(session, now=NOW))  # texts are read once in a process
        wall, used = time.perf_counter(), time.process_time()
        found = list(analysing.uncounted(session, now=NOW))
        wall, used = time.perf_counter() - wall, time.process_time() - used
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        for org_id, module, rows in found:
            analysing.keep(session, org_id=org_id, module=module, rows=rows)
        session.commit()
    org_id = next(org_id for org_id, _, rows in found if len(rows) > 5)
    reads = []
    with Session(engine) as session:
        for _ in range(20):
            began = time.perf_counter()
            read = analysing.read(session, org_id=org_id, module=MODULE, language="en", least=10)
            reads.append(1000 * (time.perf_counter() - began))
    assert read is not None and len(read.items) == 6
    engine.dispose()
    print(
        f"{name}: {people:,} people, {many:,} answers: counted in {wall:.1f} s "
        f"({used:.1f} s of our processor), read in {sorted(reads)[10]:.0f} ms"
    )


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    given = parser.parse_args(arguments)
    print(f"python -m tests.bench_items {' '.join(arguments)}")
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{Path(folder) / 'bench.db'}", given.people)
    cluster = Cluster()
    try:
        measure(
            "PostgreSQL", cluster.create("bench").replace("ql://", "ql+psycopg://"), given.people
        )
    finally:
        cluster.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
