"""A module's questions for other systems, with what each format cannot carry."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated

import typer

from modules.basics import NEUTRAL, BadInput
from modules.commands import origins
from modules.commands.bodies import Body
from modules.commands.ending import plainly
from modules.course.files import first_language, module_from_bundle
from modules.exchange.items import exporting
from modules.exchange.items.formats import FORMATS, Format

OWN = "steward"
"""The project's own files, which need no format of others."""


def export(
    module: Annotated[str, typer.Option(help="The module, such as M01 or M50.")] = "",
    *,
    format: Annotated[
        str, typer.Option("--format", help="gift, moodle_xml, qti21 or steward (our own files).")
    ],
    out: Annotated[
        Path | None, typer.Option(help="The file; else one called by module and format.")
    ] = None,
    language: Annotated[
        str, typer.Option(help="The language of the questions; else the module’s first.")
    ] = "",
    draft: Annotated[
        str, typer.Option("--draft", help="An open draft instead: its id, or its module’s.")
    ] = "",
    as_shipped: Annotated[
        bool, typer.Option("--shipped", help="The files of the content folder instead.")
    ] = False,
    organisation: Body = "",
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Write a module's questions to a file, and say on stderr what the format cannot carry.

    The module is taken as the organisation publishes it, its own modules too.
    Exit 0 when all were written, 1 when the format has no form for a question, or for an error.
    """
    with plainly():
        chosen = _chosen(format)
        if bool(module) + bool(draft) != 1 or (draft and as_shipped):
            raise BadInput("Name one module with --module, or one draft with --draft.")
        ending = chosen.extensions[0] if chosen else ".zip"
        target = out or Path(f"{(module or draft).upper()}.{format}{ending}")
        if target.exists() and not force:
            raise BadInput(f"{target} is there already. Name another file, or use --force.")
        if draft:
            origin = origins.draft(draft, organisation)
        else:
            get = (
                origins.shipped if as_shipped else partial(origins.live, organisation=organisation)
            )
            origin = get(module)
        typer.echo(f"{origin.told}.", err=True)
        if chosen is None or chosen.write is None:
            _kept(target, exporting.zipped(origin.files, origin.slug, origin.pictures))
            typer.echo(f"{target}: the files of {origin.slug}.", err=True)
            return
        whole = module_from_bundle(origin.files, language or first_language(origin.files), NEUTRAL)
        data, told = chosen.write(exporting.bank(whole, origin.pictures))
        _kept(target, data)
    for note in told.notes:
        typer.echo(f"{note.kind}: {note.sentence}", err=True)
    for item in told.items:
        for note in item.notes:
            typer.echo(f"{item.name}: {note.kind}: {note.sentence}", err=True)
    for refused in told.refused:
        typer.echo(f"{refused.name or refused.place}: not written: {refused.sentence}", err=True)
    typer.echo(f"{target}: {len(told.items)} written, {len(told.refused)} not written.", err=True)
    if told.refused:
        raise typer.Exit(1)


def _chosen(format: str) -> Format | None:
    """The format, None for our own files. Raises BadInput."""
    found = FORMATS.get(format)
    if format != OWN and (found is None or found.write is None):
        names = [name for name, one in FORMATS.items() if one.write]
        raise BadInput(
            f"“{format}” is no format that can be written. Use {', '.join([*names, OWN])}."
        )
    return found


def _kept(target: Path, data: bytes) -> None:
    """The bytes under their name at once, or not at all. Raises BadInput."""
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=".steward-", delete=False) as half:
            try:
                half.write(data)
                half.flush()
                Path(half.name).chmod(0o666 & ~_umask())
                Path(half.name).replace(target)
            except BaseException:
                Path(half.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror}.") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
