"""What deletion leaves behind in a database's files, overwritten as far as each database can."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine

# Rewriting a larger SQLite file would hold up who works meanwhile: the retention command does it.
LARGE = 256 * 1024 * 1024


def scrub(engine: Engine, tables: Sequence[str], *, most: int = LARGE) -> bool:
    """Overwrite what was deleted; whether all of it is done. Outside of any session.

    SQLite: deleted rows are overwritten when they go (`secure_delete`); copies that moving rows
    about left in free space go when the file is written anew, which a file over ``most`` bytes
    waits with; the write-ahead log is emptied. False where a reader held it open, or the file
    was too large.

    PostgreSQL: `VACUUM (ANALYZE)` of these tables frees dead rows with their index entries, and
    takes new statistics in the place of those that hold values. The bytes in its files are
    overwritten as the space is used again, or at once by `vacuumdb --full`.
    """
    raw = engine.raw_connection()
    try:
        connection = raw.driver_connection
        assert connection is not None
        if engine.dialect.name == "sqlite":
            name = engine.url.database
            small = not name or name == ":memory:" or Path(name).stat().st_size <= most
            if small:
                connection.execute("VACUUM")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return small and not busy
        before, connection.autocommit = connection.autocommit, True
        try:
            for table in tables:
                connection.execute(f'VACUUM (ANALYZE) "{table}"')
        finally:
            connection.autocommit = before
        return True
    finally:
        raw.close()
