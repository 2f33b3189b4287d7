"""The schema's state: migrate, and say whether database and program fit together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlmodel import Session


def config() -> Config:
    """Alembic's configuration; there is no alembic.ini to keep in step."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made


@cache
def newest() -> str:
    """The migration that this program was written for."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def migrate(engine: Engine) -> None:
    """Bring the database to the newest migration, in one transaction."""
    made = config()
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        made.attributes["connection"] = connection
        command.upgrade(made, "head")


def current(session: Session) -> str | None:
    """The database's migration, or None before the first."""
    return MigrationContext.configure(session.connection()).get_current_revision()


def trouble(session: Session) -> str:
    """Why this database cannot be used, and what to do; "" when it can."""
    found = current(session)
    if found == newest():
        return ""
    if found is None:
        return (
            "This database has no tables yet. Run `python -m modules seed` to make the demo body."
        )
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if found in known:
        return (
            f"This database is at migration {found} and the program needs {newest()}. "
            "Make a backup, then run `python -m modules migrate`. Nothing was changed."
        )
    return (
        f"This database is at migration {found}, which this program does not know: it was written "
        "by a newer version. Start that version instead. Nothing was changed."
    )
