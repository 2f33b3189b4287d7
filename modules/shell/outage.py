"""Whether a database is away for a while, as opposed to broken, full or asked nonsense."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError, TimeoutError

# What a database that does not answer raises: itself, or the pool whose connections all wait.
SILENT = (OperationalError, TimeoutError)
# SQLite's names for what passes by itself.
PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL", "SQLITE_CANTOPEN")
# PostgreSQL: connection lost, shutting down or starting, too many connections, locks, deadlocks.
STATES = ("08", "57P", "53300", "40001", "40P01", "55P03")
# Its client gives no state for a connection that it never got, only the server's sentence. These
# stay true until somebody changes a setting; in another language they are waited for like the rest.
LASTING = (
    "authentication failed",
    "no password supplied",
    "pg_hba.conf",
    "does not exist",
    "not permitted to log in",
    "permission denied",
    "does not support SSL",
    "certificate verify failed",
    "unrecognized configuration parameter",
)


def away(trouble: OperationalError | TimeoutError) -> bool:
    """True when the same statement may succeed in a moment."""
    if isinstance(trouble, TimeoutError):
        return True
    cause = trouble.orig
    if name := getattr(cause, "sqlite_errorname", None):
        return str(name).startswith(PASSING)
    if not hasattr(cause, "sqlstate"):
        return False
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return not any(sentence in str(cause) for sentence in LASTING)
    return str(state).startswith(STATES)


def said(trouble: OperationalError | TimeoutError) -> str:
    """What the driver said, or the pool; without the statement."""
    return str(getattr(trouble, "orig", None) or trouble)
