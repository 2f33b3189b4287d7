"""A module's questions for other systems, with what each format cannot carry."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated

import typer

from modules.basics import NEUTRAL, BadInput
from modules.commands.ending import plainly
from modules.course.files import bundle, read_course, read_module
from modules.course.files.folder import content
from modules.course.files.pictured import held
from modules.exchange.items import exporting
from modules.exchange.items.formats import FORMATS, Format
from modules.settings import settings

OWN = "steward"
"""The project's own files, which need no format of others."""


def export(
    module: Annotated[str, typer.Option(help="The module, such as M01.", show_default=False)],
    format: Annotated[
        str, typer.Option("--format", help="gift, moodle_xml, qti21 or steward (our own files).")
    ],
    out: Annotated[
        Path | None, typer.Option(help="The file; else one called by module and format.")
    ] = None,
    language: Annotated[str, typer.Option(help="The language of the questions.")] = "en",
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Write a module's questions to a file, and say on stderr what the format cannot carry.

    Exit 0 when all were written, 1 when the format has no form for a question, or for an error.
    """
    with plainly():
        chosen = _chosen(format)
        slug = _slug(module)
        target = out or Path(
            f"{module.upper()}.{format}{chosen.extensions[0] if chosen else '.zip'}"
        )
        if target.exists() and not force:
            raise BadInput(f"{target} is there already. Name another file, or use --force.")
        files = _files(slug)
        if chosen is None or chosen.write is None:
            _kept(target, exporting.zipped(bundle(settings().content, slug), slug, files))
            typer.echo(f"{target}: the files of {slug}.", err=True)
            return
        whole = read_module(settings().content, slug, language, NEUTRAL)
        data, told = chosen.write(exporting.bank(whole, files))
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


def _slug(module: str) -> str:
    course = read_course(settings().content)
    cards = [one for one in course.modules if module.casefold() in (one.id.casefold(), one.slug)]
    if not cards or cards[0].planned:
        ready = ", ".join(one.id for one in course.modules if not one.planned)
        raise BadInput(f"There is no module “{module}”. There are: {ready}.")
    return cards[0].slug


def _files(slug: str) -> Mapping[str, bytes]:
    """The module's pictures and recordings by their path in its folder."""
    root = settings().content
    return {path: content(root / slug / path) for path in held(bundle(root, slug), slug)}


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
