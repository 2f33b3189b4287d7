"""Lessons, checked. Alone in its file, so that whoever writes lessons waits for nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from modules import remembered, words
from modules.commands.options import Json
from modules.course.check import problems
from modules.days import now
from modules.settings import ROOT, settings


def check(as_json: Json = False) -> None:
    """Say what is wrong in content/, each with its place and what to do."""
    remembered.use(ROOT / "var" / "checked", ROOT / "modules", ROOT / "requirements.txt")
    found = problems(settings().content, now().date())
    found += words.missing_keys(settings().content, ROOT / "modules")
    stops = [one for one in found if one.stops]
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False))
    else:
        for one in found:
            typer.echo(f"{'stop' if one.stops else 'tip '}  {one}")
        typer.echo(f"{len(stops)} to mend, {len(found) - len(stops)} tips.")
    if stops:
        raise typer.Exit(1)
