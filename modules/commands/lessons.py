"""Lessons recorded as revisions, and drafts published at their time."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from db import drafts, people, schema
from db.engine import reading, writing
from modules import enrolling, publishing
from modules.basics import StewardError
from modules.commands.ending import fits, plainly
from modules.commands.personal import moment as typed
from modules.days import now
from modules.drafts import planning
from modules.settings import settings


def sync() -> None:
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


def publish_due(
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
