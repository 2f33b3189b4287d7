"""Counts that are kept for speed, made again from what they count."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import typer

from db import people, recounting
from db.engine import reading, writing
from modules.commands.ending import fits, plainly
from modules.days import now


def recount() -> None:
    """Count again who completed what in which unit, and say how many counts were wrong."""
    moment = now()
    with plainly(), reading() as session:
        fits(session)
        bodies = people.organisations(session)
    for one in bodies:
        today = moment.astimezone(ZoneInfo(one.zone)).date()
        with plainly(), writing() as session:
            wrong = recounting.rebuild(session, org_id=one.id, today=today)
        said = "every count stood" if not wrong else f"{wrong} counts were wrong, and are mended"
        typer.echo(f"{one.name}: {said}.")
