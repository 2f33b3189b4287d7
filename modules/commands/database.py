"""The database: brought to the newest migration, filled with the invented body."""

from __future__ import annotations

from typing import Annotated

import typer
from alembic.util import CommandError

from db import migrating, schema
from db.engine import engine, place, reading, writing
from modules import demo
from modules.basics import StewardError
from modules.commands.ending import plainly
from modules.days import now


def migrate() -> None:
    """Bring the database to the newest migration."""
    with plainly():
        try:
            migrating.migrate(engine())
        except CommandError as error:  # a newer program's migration is one that Alembic cannot find
            with reading() as session:
                raise StewardError(schema.trouble(session) or str(error)) from error
    typer.echo(f"The database is at migration {schema.NEWEST}.")


def seed(
    count: Annotated[int, typer.Option("--people", min=60, help="How many employees.")] = 300,
    number: Annotated[int, typer.Option("--seed", help="Same seed, same body.")] = 7,
) -> None:
    """Make the invented public body and its year of learning, in an empty database."""
    with plainly():
        with reading() as session:
            before = schema.current(session)
        if before not in (None, schema.NEWEST):
            with reading() as session:
                raise StewardError(schema.trouble(session))
        migrating.migrate(engine())
        with writing() as session:
            demo.make(session, people=count, seed=number, now=now())
    typer.echo(f"Made an invented body of {count} people in {place()}.")


def prepare_demo() -> None:
    """Make the demo body if the database has no tables yet; otherwise leave it alone."""
    with reading() as session:
        empty = schema.current(session) is None
    if empty:
        typer.echo("Making an invented public body of 300 people, once ...")
        migrating.migrate(engine())
        with writing() as session:
            demo.make(session, people=300, seed=7, now=now())
