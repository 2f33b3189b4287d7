"""The trust pack: for a data-protection officer, a works council, an authority."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from db.engine import reading
from modules.commands.ending import fits, plainly
from modules.commands.options import Json
from modules.days import now
from modules.trust import shown, writing
from modules.trust.known import chosen, known


def trust_pack(
    out: Annotated[Path, typer.Option("--out", help="The folder to write into; it is made.")],
    organisation: Annotated[
        str, typer.Option("--organisation", help="Which one, where there are several.")
    ] = "",
    results: Annotated[
        Path | None,
        typer.Option("--results", help="What `pytest --junitxml FILE` wrote: how tests ended."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write DPIA draft, Article 30 record, rights and retention schedule from what runs."""
    with plainly():
        ran = shown.outcomes(results) if results else None
        with reading() as session:
            fits(session)
            of = known(session, org_id=chosen(session, organisation), now=now())
        found = writing.files(of, ran)
        writing.write(out, found)
    if as_json:
        typer.echo(found[writing.LIST].decode(), nl=False)
        return
    for name, body in found.items():
        typer.echo(f"{name:<20} {len(body):>9,} bytes")
    questions = writing.contents(of, found)["open_questions"]
    typer.echo(f"Written to {out}. {questions} places are left for you to answer.")
    if not of.verdict.signed:
        typer.echo("The agreement is unsigned, and the pack says so.")
