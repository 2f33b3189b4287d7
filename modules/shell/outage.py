"""Whether a database is away for a while, as opposed to broken, full or asked nonsense."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError

# SQLite's names for what passes by itself.
PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL", "SQLITE_CANTOPEN")
# PostgreSQL: connection lost, shutting down or starting, too many connections, locks, deadlocks.
STATES = ("08", "57P", "53300", "40001", "40P01", "55P03")


def away(trouble: OperationalError) -> bool:
    """True when the same statement may succeed in a moment.

    A connection that PostgreSQL's client never got has no state at all.
    """
    cause = trouble.orig
    if name := getattr(cause, "sqlite_errorname", None):
        return str(name).startswith(PASSING)
    if not hasattr(cause, "sqlstate"):
        return False
    state = getattr(cause, "sqlstate", None)
    return state is None or str(state).startswith(STATES)
