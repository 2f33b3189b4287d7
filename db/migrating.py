"""Bringing a database's tables to what the program needs."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from db.schema import MIGRATIONS


def config() -> Config:
    """Alembic's configuration; there is no alembic.ini to keep in step."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    return made


def migrate(engine: Engine) -> None:
    """Bring the database to the newest migration, in one transaction."""
    made = config()
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        made.attributes["connection"] = connection
        command.upgrade(made, "head")
