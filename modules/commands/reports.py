"""Statistics: read exactly as somebody may see them, and taken at month-ends."""

from __future__ import annotations

import json

import typer

from db.engine import writing
from modules import access, snapshots
from modules.commands.ending import fits, plainly
from modules.commands.options import As, Json
from modules.manage import actions as manage
from modules.shell.session import now

report = typer.Typer(no_args_is_help=True, help="Statistics, exactly as somebody may see them.")


@report.command("completion")
def report_completion(who: As, as_json: Json = False) -> None:
    """Who is in date, exactly as that person may see it."""
    with plainly(), writing() as session:
        fits(session)
        viewer = access.by_email(session, email=who, now=now())
        found = manage.completion_report(session, viewer, now=now())
    typer.echo(json.dumps(found, indent=1, ensure_ascii=False, default=str))


def statistics() -> None:
    """Take the month-end figures that are missing, for every organisation."""
    with plainly(), writing() as session:
        fits(session)
        taken = snapshots.catch_up(session, now=now())
    typer.echo(f"{taken} month-ends taken.")
