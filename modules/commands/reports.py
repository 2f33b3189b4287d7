"""Statistics: read exactly as somebody may see them, and taken at month-ends."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from db.engine import reading, writing
from modules import access, snapshots
from modules.commands.ending import fits, plainly
from modules.commands.options import As, Json
from modules.days import now
from modules.manage import actions as manage
from modules.manage import attacking, learned

report = typer.Typer(no_args_is_help=True, help="Statistics, exactly as somebody may see them.")


@report.command("completion")
def report_completion(who: As, as_json: Json = False) -> None:
    """Who is in date, exactly as that person may see it."""
    with plainly(), writing() as session:
        fits(session)
        viewer = access.by_email(session, email=who, now=now())
        found = manage.completion_report(session, viewer, now=now())
    typer.echo(json.dumps(found, indent=1, ensure_ascii=False, default=str))


@report.command("learning")
def report_learning(who: As, as_json: Json = False) -> None:
    """What training did in the whole organisation: gain, retention, calibration, with n."""
    with plainly(), reading() as session:
        fits(session)
        viewer = access.by_email(session, email=who, now=now())
        found = learned.learned(session, viewer)
    if as_json:
        made = learned.as_json(viewer, found, now())
        typer.echo(json.dumps(made, indent=1, ensure_ascii=False))
    else:
        typer.echo(learned.as_text(found))


@report.command("attack")
def report_attack(
    who: Annotated[str, typer.Option("--as", help="Only what this person sees.")] = "",
    as_json: Json = False,
) -> None:
    """Try to find out about a few people from all that each viewer of statistics sees."""
    with plainly(), reading() as session:
        fits(session)
        if who:
            several = [access.by_email(session, email=who, now=now())]
        else:
            several = attacking.viewers(session, now=now())
        found = attacking.run(session, several, now=now())
    if as_json:
        typer.echo(json.dumps(attacking.as_json(found), indent=1, ensure_ascii=False))
    else:
        typer.echo(attacking.as_text(found))
    if any(one.isolated for one in found):
        raise typer.Exit(1)


def statistics() -> None:
    """Take the month-end figures that are missing, for every organisation."""
    taken = 0
    with plainly(), reading() as looked:
        fits(looked)
        for ready in snapshots.missing(looked, now=now()):
            with writing() as session:
                taken += snapshots.keep(session, ready)
    typer.echo(f"{taken} month-ends taken.")
