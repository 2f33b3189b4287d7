"""The temporary tables of one import, and how a file's rows get into them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Uuid, bindparam, text
from sqlmodel import Session

from db.tables.base import Utc

# What a row of a file has become. None: the file says nothing about it.
COLUMNS = (
    *("n", "line", "email", "typed", "name", "given", "family", "derived", "number", "title"),
    *("path", "joined", "left_on", "gone", "unit_no", "boss", "new_id", "new_place"),
    *("job_family", "grade", "language", "zone"),
)
# ID, DAY and KEY are written as each database has them.
TABLES = {
    "arrival": """
        n INTEGER PRIMARY KEY, line INTEGER, email TEXT, typed TEXT, name TEXT, given TEXT,
        family TEXT, derived SMALLINT, number TEXT, title TEXT, path TEXT, joined DAY,
        left_on DAY, gone SMALLINT, unit_no INTEGER, boss TEXT, new_id ID, new_place ID,
        job_family TEXT, grade TEXT, language TEXT, zone TEXT""",
    # A row's or cell's fault. part: row (it cannot come in) or line (its manager cannot).
    "trouble": "n INTEGER, line INTEGER, part TEXT, field TEXT, code TEXT, found TEXT, other TEXT",
    "home": "no INTEGER PRIMARY KEY, unit_id ID",
    "matched": "n INTEGER PRIMARY KEY, person_id ID, other_id ID, clash SMALLINT",
    "standing": """
        person_id ID PRIMARY KEY, id ID, unit_id ID, boss_id ID, starts DAY, job_family TEXT,
        grade TEXT""",
    # Everybody who is there afterwards, numbered for whoever looks for loops.
    "node": "k KEY, person_id ID, n INTEGER",
    "boss": "word TEXT PRIMARY KEY, person_id ID, gone SMALLINT",
    "planned": """
        n INTEGER PRIMARY KEY, line INTEGER, person_id ID, known SMALLINT, back SMALLINT,
        leaves SMALLINT, email TEXT, name TEXT, given TEXT, family TEXT, number TEXT, title TEXT,
        path TEXT, joined DAY, left_on DAY, unit_id ID, boss_id ID, new_place ID, place_id ID,
        old_unit ID, old_boss ID, old_starts DAY, changed SMALLINT, ends_otherwise SMALLINT,
        moved SMALLINT, job_family TEXT, grade TEXT, language TEXT, zone TEXT, old_family TEXT,
        old_grade TEXT, regraded SMALLINT, filled SMALLINT""",
    "departing": "person_id ID PRIMARY KEY, left_on DAY, n INTEGER",
    "ring": "k INTEGER PRIMARY KEY, words TEXT",
}
WORDS = re.compile(r"\bID\b|\bDAY\b|(?<=k )KEY")
INDEXES = {
    "arrival": ("email", "number"),
    "matched": ("person_id",),
    "node": ("person_id", "n"),
    "planned": ("person_id",),
}
# Pages of the database that SQLite keeps in memory while it writes an import, in KiB.
CACHE_KIB = 200_000
_KINDS: dict[type, Any] = {uuid.UUID: Uuid(), datetime: Utc(), date: Date()}


def run(session: Session, sql: str, **values: Any) -> Any:
    """One statement with typed values. Only SQL that stands in this package comes here."""
    binds = [bindparam(name, one, type_=_KINDS.get(type(one))) for name, one in values.items()]
    if postgres(session):
        sql = sql.replace("json_object(", "json_build_object(")
    return session.connection().execute(text(sql).bindparams(*binds))


def number(session: Session, sql: str, **values: Any) -> int:
    """The one number that a query gives."""
    return int(run(session, sql, **values).scalar() or 0)


def postgres(session: Session) -> bool:
    """Whether this is PostgreSQL."""
    return session.connection().dialect.name == "postgresql"


def make(session: Session) -> None:
    """Fresh temporary tables; whatever an earlier import left on this connection goes."""
    kinds = {"ID": "CHAR(32)", "DAY": "TEXT", "KEY": "INTEGER PRIMARY KEY"}
    end = ""
    if postgres(session):
        kinds = {"ID": "UUID", "DAY": "DATE"}
        kinds["KEY"] = "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        end = " ON COMMIT DROP"
    else:
        run(session, f"PRAGMA main.cache_size=-{CACHE_KIB}")
        run(session, f"PRAGMA temp.cache_size=-{CACHE_KIB // 4}")
    for name, columns in TABLES.items():
        typed = WORDS.sub(lambda found: kinds[found[0]], columns)
        _drop(session, name)
        run(session, f"CREATE TEMPORARY TABLE {name} ({typed}){end}")


def _drop(session: Session, name: str) -> None:
    run(session, f"DROP TABLE IF EXISTS {'pg_temp' if postgres(session) else 'temp'}.{name}")


def unmake(session: Session) -> None:
    """Let go of what an import needed, before it is kept."""
    for name in TABLES:
        _drop(session, name)
    if not postgres(session):
        run(session, "PRAGMA main.cache_size=-2000")


def ready(session: Session, *names: str) -> None:
    """Index tables that were filled, and let PostgreSQL count their rows before it joins them."""
    for name in names:
        for column in INDEXES.get(name, ()):
            run(session, f"CREATE INDEX {name}_{column} ON {name} ({column})")
        if postgres(session):
            run(session, f"ANALYZE {name}")


def load(session: Session, table: str, columns: Sequence[str], rows: Iterable[Any]) -> None:
    """Put rows into a temporary table: COPY on PostgreSQL, many at a time on SQLite."""
    names = ", ".join(columns)
    driver: Any = session.connection().connection.driver_connection
    with_rows = list(rows)
    if not with_rows:
        return
    if postgres(session):
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in with_rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  # names of our own
    driver.executemany(insert, with_rows)


def as_id(value: Any) -> uuid.UUID | None:
    """An id as either database gives it in a plain query."""
    if value is None or isinstance(value, uuid.UUID):
        return value
    return uuid.UUID(str(value))


def as_day(value: Any) -> date | None:
    """A day as either database gives it in a plain query."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])
