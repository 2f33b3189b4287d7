"""What is in the database, and how much it is asked, counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event, func, select

from db.engine import reading
from db.tables import Base, core


def count(table: type[Base]) -> int:
    """How many rows a table has."""
    with reading() as session:
        query = select(func.count()).select_from(core(table))
        return session.connection().execute(query).scalar_one()


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    """The statements sent since the block began; the list keeps those of the whole block."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
