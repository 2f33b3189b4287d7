"""python -m tests.bench_regrade: how long grading many answers to one question again takes."""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import yaml
from sqlmodel import Session

from db import engine as engines
from db import migrating, revisions
from db.engine import insert_many
from db.tables import Answer, Attempt, Person, new_id
from modules import taught
from modules.course.files import canonical, sha256_of
from modules.course.model import Module
from modules.progress import papers
from modules.progress.asked import form_items, item_of
from modules.progress.sheet import Sheet
from modules.regrade import applying, planning
from tests import world
from tests.postgres import Cluster
from tests.world import MODULE, NOW

ITEM = "M01-Q10"
WHY = "Two options could be defended, so both count as right."


def fill(session: Session, org_id: uuid.UUID, many: int) -> None:
    """So many people with a practice that they went through and a check."""
    revision = revisions.latest(session, org_id=org_id)[MODULE]
    module = taught.module(session, sha256=revision.sha256, language="en")
    rng, persons, attempts, answers = random.Random("bench"), [], [], []
    for number in range(many):
        person = new_id()
        persons.append(
            {
                "org_id": org_id, "id": person, "email": f"bench{number}@fernleigh.example",
                "name": f"Bench {number}", "given_name": "Bench", "joined_on": NOW.date(),
            }
        )  # fmt: skip
        for turn, form in enumerate(("practice", "check"), 1):
            attempt, seed = new_id(), f"{number}-{form}"
            paper = papers.draw(module, form, seed, {})
            if form == "check":  # everybody is asked the first of each family
                paper = {
                    one: ((one, module.question(one).key_of(seed)),) for one in module.forms[form]
                }
            sheet = Sheet(form, 1, seed, paper=paper)
            attempts.append(
                {
                    "org_id": org_id, "id": attempt, "person_id": person, "module": MODULE,
                    "form": form, "number": 1, "turn": turn, "revision_id": revision.id,
                    "seed": seed, "paper": papers.as_json(paper),
                    "started_at": NOW - timedelta(days=90),
                }
            )  # fmt: skip
            answers += _answers(org_id, attempt, module, sheet, rng)
    for model, rows in ((Person, persons), (Attempt, attempts), (Answer, answers)):
        for start in range(0, len(rows), 20_000):
            insert_many(session, model, rows[start : start + 20_000])


def _answers(
    org_id: uuid.UUID, attempt: uuid.UUID, module: Module, sheet: Sheet, rng: random.Random
) -> Iterable[dict[str, object]]:
    for slot in form_items(module, sheet):
        item = item_of(module, sheet, slot)
        response = item.sample(rng)[rng.random() < 0.3]
        grade = item.grade(response)
        yield {
            "org_id": org_id, "id": new_id(), "attempt_id": attempt, "slot": slot,
            "try_number": 1, "kind": "item", "response": response, "score": grade.score,
            "correct": grade.right, "tags": list(grade.tags), "grader": 1, "confidence": 0.5,
            "answered_at": NOW - timedelta(days=90),
        }  # fmt: skip


def correct(session: Session, org_id: uuid.UUID) -> None:
    """Publish the module with another right answer to the question."""
    newest = revisions.latest(session, org_id=org_id)[MODULE]
    files = json.loads(revisions.body(session, sha256=newest.sha256))
    [at] = [one for one in files if one.endswith("/questions.yaml")]
    items = yaml.safe_load(files[at])
    [options] = [one["options"] for one in items if one["id"] == ITEM]
    wrong = next(one for one in options if not one.get("key"))
    for one in options:
        one["key"] = one is wrong
        if one["key"]:
            one.pop("tag", None)
    files[at] = yaml.safe_dump(items, allow_unicode=True, sort_keys=False)
    revisions.publish(
        session, org_id=org_id, module=MODULE, version="1.2.1", sha256=sha256_of(files),
        text=canonical(files), origin="trainer", now=NOW, change="clarification",
    )  # fmt: skip


def measure(name: str, url: str, many: int) -> None:
    """Fill one database, say what a regrade would change, and do it."""
    engine = engines.make_engine(url)
    migrating.migrate(engine)
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        world.make(session)
        found = session.connection().exec_driver_sql(
            "SELECT id FROM organisation WHERE name = 'Fernleigh'"
        )
        org_id = uuid.UUID(str(found.scalar_one()))
        fill(session, org_id, many)
        correct(session, org_id)
        session.commit()
    gc.collect()
    gc.freeze()  # as the server does when it starts
    for again in (False, True):
        with Session(engine) as session:
            wall, used = time.perf_counter(), time.process_time()
            told = planning.plan(session, org_id=org_id, module=MODULE, item=ITEM)
            wall, used = time.perf_counter() - wall, time.process_time() - used
        if again:
            judged = sum(told.counts.n[one] for one in ("up", "down", "same", "unjudged"))
            print(
                f"{name}: {judged:,} answers of {many:,} people, dry run: {wall:.1f} s "
                f"({used:.1f} s of our processor)"
            )
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        wall, used = time.perf_counter(), time.process_time()
        done = applying.apply(
            session, org_id=org_id, module=MODULE, item=ITEM, why=WHY, after=0, now=NOW
        )
        session.commit()
        wall, used = time.perf_counter() - wall, time.process_time() - used
    print(
        f"{name}: applied, {len(done.rows):,} grades and {len(done.granted):,} completions: "
        f"{wall:.1f} s ({used:.1f} s of our processor)"
    )
    engine.dispose()


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    given = parser.parse_args(arguments)
    print(f"python -m tests.bench_regrade {' '.join(arguments)}")
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{Path(folder) / 'bench.db'}", given.people)
    cluster = Cluster()
    try:
        url = cluster.create("bench").replace("ql://", "ql+psycopg://")
        measure("PostgreSQL", url, given.people)
    finally:
        cluster.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
