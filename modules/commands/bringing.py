"""Questions from other systems, looked at before anything is kept."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated

import typer

from modules.basics import BadInput
from modules.commands.options import Json
from modules.exchange.items import telling
from modules.exchange.items.formats import LARGEST, known, read


def import_(
    file: Annotated[Path, typer.Argument(help="The file.", show_default=False)],
    format: Annotated[
        str, typer.Option("--format", help=f"The format, where it cannot be told. {known()}")
    ] = "",
    as_json: Json = False,
) -> None:
    """Say of each question in a file what was understood, what was not, and why. Keeps nothing.

    Exit 0 when all was understood, 1 when a question was refused, 2 for a file that is unreadable.
    """
    try:
        # What a library prints of a stranger's file is no part of the answer.
        with redirect_stdout(sys.stderr):
            bank = read(_bytes(file), file.name, format or None)
    except BadInput as error:
        if as_json:
            typer.echo(json.dumps({"file": file.name, "error": str(error)}, ensure_ascii=False))
        typer.echo(f"{file.name}: {error}", err=True)
        raise typer.Exit(2) from None
    if as_json:
        told = telling.as_json(bank, file.name)
        typer.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))
    else:
        for line in telling.lines(bank):
            typer.echo(line)
    if bank.refused:
        raise typer.Exit(1)


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise BadInput("There is no such file.")
    if (size := file.stat().st_size) > LARGEST:
        raise BadInput(f"It has {size >> 20} MB; at most {LARGEST >> 20} MB are read. Part it.")
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(f"It cannot be read: {error.strerror}.") from error
