"""Lessons: checked, and recorded as revisions."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated
from uuid import UUID

import typer

from db import drafts, people, schema
from db.engine import reading, writing
from modules import enrolling, publishing, words
from modules.basics import StewardError
from modules.commands import exports, surveys
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.commands.personal import moment as typed
from modules.course.check import problems
from modules.days import now
from modules.drafts import planning
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


@content.command("publish-due")
def content_publish_due(
    at: Annotated[
        str, typer.Option("--now", help="As if it were this moment: 2027-01-31T12:00+00:00.")
    ] = "",
) -> None:
    """Publish the drafts whose planned time has come; for cron, where no server runs."""
    late, due = 0, list[tuple[UUID, UUID]]()
    with plainly():
        moment = typed(at)
        with reading() as session:
            fits(session)
            due = drafts.due(session, now=moment)
        for org_id, id in due:
            with writing() as session:
                made = planning.publish_due(
                    session, org_id=org_id, id=id, root=settings().content, now=moment
                )
            if isinstance(made, str):
                late += bool(made)
                typer.echo(f"Not published: {made}" if made else "Published meanwhile by another.")
            else:
                typer.echo(f"{made.module} {made.version} published, revision {made.number}")
    typer.echo(f"{len(due)} due, {late} not published.")
    if late:
        raise typer.Exit(1)


content.command("export")(exports.export)
content.command("import")(exports.bring)
content.command("affected-by")(surveys.affected_by)
content.command("stats")(surveys.stats)
content.command("guess")(surveys.guess)
