"""Reminders: plan the day's mails and send what is due."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated

import typer

from db.engine import reading
from modules.basics import BadInput
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.commands.personal import moment as typed
from modules.days import now as this_moment
from modules.post import running
from modules.post.running import Ran


def remind(
    at: Annotated[
        str, typer.Option("--now", help="As if it were this moment: 2027-01-31T12:00+00:00.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go out, and write nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Plan today's mails, one to a person at most, and send what is due. Run it every hour."""
    with plainly():
        begins = typed(at)
        with reading() as session:
            fits(session)
        if dry_run:
            done = running.rehearse(now=begins)
        else:
            if refused := running.ready():
                raise BadInput(refused)
            if begins > this_moment() + timedelta(minutes=5):
                raise BadInput(
                    "What is not due yet is not sent: --now in the future needs --dry-run."
                )
            done = running.run(clock=_clock(begins))
    if as_json:
        told = [
            {**vars(one), "kinds": dict(one.kinds), "reasons": dict(one.reasons)} for one in done
        ]
        typer.echo(json.dumps({"dry_run": dry_run, "organisations": told}, indent=1))
    else:
        for one in done:
            typer.echo(_line(one, dry_run))
    if any(one.failure for one in done):
        raise typer.Exit(1)


def _clock(begins: datetime) -> Callable[[], datetime]:
    """A clock that shows ``begins`` now, and runs on."""
    started = time.monotonic()
    return lambda: begins + timedelta(seconds=time.monotonic() - started)


def _line(one: Ran, dry_run: bool) -> str:
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(one.kinds.items())) or "none"
    reasons = ", ".join(f"{why} {count}" for why, count in sorted(one.reasons.items()))
    line = f"{one.organisation}: planned {kinds}" + (f" ({reasons})" if reasons else "")
    if dry_run:
        return line.replace("planned", "would plan", 1)
    line += f"; sent {one.sent}, failed {one.failed}"
    return line + (f"; stopped: {one.failure}" if one.failure else "")
