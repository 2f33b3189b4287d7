"""The schema's state: whether database and program fit together, without loading what migrates."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text
from sqlmodel import Session

NEWEST = "0007"
"""The migration that this program was written for."""

MIGRATIONS = Path(__file__).parent / "migrations"


def current(session: Session) -> str | None:
    """The database's migration, or None before the first."""
    connection = session.connection()
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def trouble(session: Session) -> str:
    """Why this database cannot be used, and what to do; "" when it can."""
    found = current(session)
    if found == NEWEST:
        return ""
    if found is None:
        return (
            "This database has no tables yet. Run `python -m modules seed` to make the demo body."
        )
    if any((MIGRATIONS / "versions").glob(f"{found}_*.py")):
        return (
            f"This database is at migration {found} and the program needs {NEWEST}. "
            "Make a backup, then run `python -m modules migrate`. Nothing was changed."
        )
    return (
        f"This database is at migration {found}, which this program does not know: it was written "
        "by a newer version. Start that version instead. Nothing was changed."
    )
