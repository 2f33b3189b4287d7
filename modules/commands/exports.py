"""Published modules written as files, and files brought as a draft."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from db.engine import reading, writing
from modules.access import Role
from modules.basics import BadInput
from modules.commands.bodies import Body, chosen, person
from modules.commands.ending import fits, plainly
from modules.days import now
from modules.drafts import exporting, importing
from modules.settings import settings


def export(
    to: Annotated[Path, typer.Option("--to", help="A new or empty folder.")],
    module: Annotated[str, typer.Option("--module", help="One module, such as M01.")] = "",
    organisation: Body = "",
) -> None:
    """Write what is published as a content folder: it passes the check and reads back the same."""
    with plainly():
        with reading() as session:
            fits(session)
            org_id = chosen(session, organisation).id
            found = exporting.exported(
                session, org_id=org_id, module=module, root=settings().content
            )
        exporting.write(found, to)
    for id, version in found.versions.items():
        typer.echo(f"{id} {version}")
    for id in found.differing:
        typer.echo(f"{id}: a newer module says otherwise of a fact; it reads back with that one.")
    typer.echo(f"{len(found.versions)} modules, {len(found.files)} files in {to}.")


def bring(
    source: Annotated[Path, typer.Argument(help="A content folder, or a ZIP of one.")],
    by: Annotated[str, typer.Option("--by", help="The address of the trainer whose draft it is.")],
    as_draft: Annotated[
        bool, typer.Option("--as-draft", help="Take it as a draft, to be reviewed and published.")
    ] = False,
    module: Annotated[str, typer.Option("--module", help="Which, where there are several.")] = "",
    organisation: Body = "",
) -> None:
    """Take a module's files as a draft. What differs is shown before it is published."""
    with plainly(), tempfile.TemporaryDirectory(prefix="steward-") as place:
        if not as_draft:
            raise BadInput("Files come in as drafts only: add --as-draft.")
        if not source.exists():
            raise BadInput(f"There is no {source}. Name a content folder, or a ZIP of one.")
        folder = source if source.is_dir() else importing.unpacked(source, Path(place))
        with reading() as session:
            fits(session)
            who = person(session, by, organisation)
        if Role.TRAINER not in who.roles:
            raise BadInput(f"{by} is no trainer. Name one with --by.")
        with writing() as session:
            id, taken = importing.as_draft(
                session,
                org_id=who.org_id,
                folder=folder,
                module=module,
                by=who.person_id,
                root=settings().content,
                now=now(),
            )
    typer.echo(f"{taken} is a draft of {who.name} now: /publish?draft={id}")
