"""The demo’s year in a database of its own, and what its people were asked and answered."""

import json
from collections import defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session

from db import answers, revisions
from db.engine import make_engine
from db.migrating import migrate
from db.tables import Answer, Attempt, core
from modules import demo
from modules.course.files import module_from_bundle
from modules.progress import papers
from modules.progress.sheet import Sheet
from modules.sitting import as_answer

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def database(folder):
    """An empty database in a folder."""
    engine = make_engine(f"sqlite:///{folder / 'steward.db'}")
    migrate(engine)
    return engine


def seeded(engine, **values):
    """Make the demo there; gives the id of Fernleigh."""
    with Session(engine, expire_on_commit=False) as session:
        session.connection(execution_options={"writes": True})
        org_id = demo.make(session, **{"now": NOW, **values})
        session.commit()
    return org_id


def rows(session, model, org_id=None):
    """Every row of a table, or those of one body."""
    table = core(model)
    query = select(table)
    if org_id is not None:
        query = query.where(table.c.org_id == org_id)
    return session.connection().execute(query).all()


@contextmanager
def kept(folder):
    """A session on a seeded demo, and whose it is."""
    engine = database(folder)
    org_id = seeded(engine)
    with Session(engine, expire_on_commit=False) as session:
        yield session, org_id


def taught(session, org_id):
    """M01 as it was published there."""
    newest = revisions.latest(session, org_id=org_id)["M01"]
    return module_from_bundle(json.loads(revisions.body(session, sha256=newest.sha256)), "en")


def sheets(session):
    """Every attempt of both bodies with its answers, by attempt id."""
    given = defaultdict(dict)
    for row in rows(session, Answer):
        names = set(answers.Recorded.__dataclass_fields__) - {"was"}
        values = {name: getattr(row, name) for name in names} | {"tags": tuple(row.tags)}
        recorded = answers.Recorded(**values)
        given[row.attempt_id][row.slot, row.try_number] = as_answer(recorded)
    return {
        row.id: (
            row,
            Sheet(
                row.form,
                row.number,
                row.seed,
                given[row.id],
                bool(row.ended_at),
                papers.from_json(row.paper),
            ),
        )
        for row in rows(session, Attempt)
    }
