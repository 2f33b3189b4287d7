"""Lessons: checked, and recorded as revisions."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from db import people, schema
from db.engine import writing
from modules import enrolling, publishing, words
from modules.basics import StewardError
from modules.commands import surveys
from modules.commands.ending import plainly
from modules.commands.options import Json
from modules.course.check import problems
from modules.days import now
from modules.settings import ROOT, settings

content = typer.Typer(no_args_is_help=True, help="Lessons: check them, record them.")


@content.command("check")
def content_check(as_json: Json = False) -> None:
    """Say what is wrong in content/, each with its place and what to do."""
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


@content.command("sync")
def content_sync() -> None:
    """Record the shipped lessons as revisions in every organisation."""
    with plainly(), writing() as session:
        trouble = schema.trouble(session)
        if trouble:
            raise StewardError(trouble)
        for organisation in people.organisations(session):
            made = publishing.sync(
                session, org_id=organisation.id, root=settings().content, now=now()
            )
            if made:
                enrolling.refresh(session, org_id=organisation.id, now=now())
            for one in made:
                typer.echo(f"{organisation.name}: {one.module} {one.version} published")
            if not made:
                typer.echo(f"{organisation.name}: nothing changed")


content.command("affected-by")(surveys.affected_by)
content.command("stats")(surveys.stats)
content.command("guess")(surveys.guess)
