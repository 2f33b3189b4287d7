"""One engine; `reading()` and `writing()` are the only doors to the database."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, event, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from db import months, texts
from db.tables import Base, core

ROOT = Path(__file__).resolve().parent.parent
BUSY_SECONDS = 15
# When every connection waits, so does who needs another; after this long it is an outage.
POOL_SECONDS = 5
# Where PostgreSQL begins to tell which values an error is about.
VALUES = re.compile(r"\n(?:DETAIL|CONTEXT|HINT):")
# A server that is gone without a word is given up on soon: pages then wait in sight, and say so.
GONE = {"connect_timeout": 4, "tcp_user_timeout": 8000, "keepalives_idle": 20}


def database_url() -> str:
    """`DATABASE_URL`, or the embedded database in `var/`. Plain postgres addresses get psycopg.

    An address with a password may stand in the file that `DATABASE_URL_FILE` names instead.
    """
    url = (
        os.environ.get("DATABASE_URL") or _from_file() or f"sqlite:///{ROOT / 'var' / 'steward.db'}"
    )
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _from_file() -> str:
    named = os.environ.get("DATABASE_URL_FILE", "")
    try:
        return Path(named).read_text(encoding="utf-8").strip() if named else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ArgumentError(f"DATABASE_URL_FILE: {named} cannot be read.") from error


def place() -> str:
    """The database's host and name, for sentences and logs: no user, no password, no options."""
    return database_url().rpartition("@")[2].partition("?")[0]


def make_engine(url: str) -> Engine:
    """An engine for either database, with the settings that keep committed answers safe."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(
            parsed,
            connect_args=GONE,
            pool_size=10,
            max_overflow=20,
            pool_timeout=POOL_SECONDS,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        event.listen(engine, "connect", _prepare_postgres)
        event.listen(engine, "handle_error", _without_values)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        parsed,
        connect_args={"timeout": BUSY_SECONDS},
        pool_size=20,
        pool_timeout=POOL_SECONDS,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _without_values(context: ExceptionContext) -> None:
    """Keep names and addresses out of what is logged of an error.

    Below its first line PostgreSQL says with which values a rule was broken, up to whole rows.
    """
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args and isinstance(error.args[0], str):
            error.args = (VALUES.split(error.args[0], maxsplit=1)[0], *error.args[1:])


def _prepare_postgres(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # A screen's queries take milliseconds. In a large body PostgreSQL takes them for long ones, and
    # compiles each for up to half a second.
    connection.autocommit = True
    connection.execute("SET jit = off")
    connection.autocommit = False


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: `begin` below says which kind.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a commit survives a power cut
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "secure_delete=ON",  # what is deleted is overwritten, not only let go
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("folded", 1, texts.bare, deterministic=True)
    connection.create_function("month_in", 2, months.of_text, deterministic=True)


def _begin_sqlite(connection: Connection) -> None:
    # Two deferred ones that read and then write would deadlock; an immediate one waits its turn.
    kind = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {kind}")


@cache
def engine() -> Engine:
    """The process's one engine."""
    return make_engine(database_url())


@contextmanager
def reading() -> Iterator[Session]:
    """A session for one screen's or command's reads; whatever it did is rolled back."""
    with Session(engine(), expire_on_commit=False) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """A session that commits when the block ends, and rolls back when it fails.

    When the block has ended, what it wrote is durable: draw feedback after it, never inside.
    """
    # BaseException: Streamlit's rerun and stop signals must roll back too.
    with Session(engine(), expire_on_commit=False) as session:
        session.connection(execution_options={"writes": True})
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def insert_many(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert many whole rows in one statement; for seeding and imports."""
    if rows:
        session.connection().execute(core(model).insert(), rows)


def _insert(session: Session, model: type[Base]) -> Any:
    """The dialect's own insert, the one that knows what to do on a conflict."""
    postgres = session.connection().dialect.name == "postgresql"
    return (postgresql.insert if postgres else sqlite.insert)(core(model))


def insert_new(session: Session, model: type[Base], row: dict[str, Any]) -> bool:
    """Insert a row unless one with the same key stands; whether it was inserted."""
    # The inserted row comes back, or none: psycopg's row count is -1 for this statement.
    statement = _insert(session, model).values(row).on_conflict_do_nothing().returning(literal(1))
    return session.connection().execute(statement).first() is not None


def insert_missing(session: Session, model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert those rows whose keys do not stand yet, in one statement."""
    if rows:
        statement = _insert(session, model).on_conflict_do_nothing()
        session.connection().execute(statement, rows)


def insert_selected(
    session: Session, model: type[Base], names: Sequence[str], query: Select[Any]
) -> int:
    """Insert what a query gives, but for keys that stand; how many. The query needs a WHERE."""
    statement = _insert(session, model).from_select(list(names), query, include_defaults=False)
    # psycopg's count would not be kept for an insert.
    options = {"preserve_rowcount": True}
    done = session.connection().execute(
        statement.on_conflict_do_nothing(), execution_options=options
    )
    return int(done.rowcount)


def replace(session: Session, model: type[Base], row: dict[str, Any]) -> None:
    """Insert a row, or set the one with the same primary key to it."""
    keys = [column.name for column in core(model).primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    statement = _insert(session, model).values(row)
    session.connection().execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))


def add_to(session: Session, model: type[Base], row: dict[str, Any], more: dict[str, int]) -> None:
    """Add numbers to the row with these keys; insert it with them where there is none."""
    table = core(model)
    statement = _insert(session, model).values({**row, **more})
    summed = {name: table.c[name] + value for name, value in more.items()}
    keys = [column.name for column in table.primary_key]
    session.connection().execute(statement.on_conflict_do_update(index_elements=keys, set_=summed))
