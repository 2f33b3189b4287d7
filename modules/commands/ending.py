"""How a command ends that cannot go on: one sentence on stderr, and exit code 1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlmodel import Session

from db import schema
from db.engine import place
from modules.basics import BadInput, Denied, StewardError

# PostgreSQL's codes for an undefined table, column and schema; SQLite has only its wording.
MISSING_STATES = {"42P01", "42703", "3F000"}
MISSING_WORDS = ("no such table", "no such column", "has no column named")


@contextmanager
def plainly() -> Iterator[None]:
    """Errors that a person can mend are one sentence on stderr and exit code 1."""
    try:
        yield
    except Denied as denied:
        fail(f"Refused: this person has no right to it ({denied}).")
    except StewardError as error:
        fail(str(error))
    except SQLAlchemyError as error:
        fail(told(error))


def fits(session: Session) -> None:
    """Raise BadInput unless this program knows the database's tables."""
    if trouble := schema.trouble(session):
        raise BadInput(trouble)


def fail(sentence: str) -> None:
    """End with a sentence."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def told(error: SQLAlchemyError) -> str:
    """A database's error as a sentence: tables that do not fit, or no answer at all."""
    cause = getattr(error, "orig", None) or error
    if isinstance(error, DBAPIError) and misses_tables(cause):
        said = str(cause).partition("\n")[0].rstrip(".")
        return (
            f"This database does not fit this program: {said}. Make a backup, then run "
            "`python -m modules migrate`."
        )
    if isinstance(error, ArgumentError):  # no address that could be asked
        return f"{error}"
    return f"The database {place()} does not answer: {cause}"


def misses_tables(cause: object) -> bool:
    """Whether a driver's error says that a table or a column is not there."""
    if state := getattr(cause, "sqlstate", None):
        return state in MISSING_STATES
    return any(words in str(cause) for words in MISSING_WORDS)
