"""The invented district, written as files for spreadsheets and notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from modules import synth as district
from modules.commands.ending import plainly
from modules.synth import export


def synth(
    people: Annotated[int, typer.Option(help="How many residents, 100 to 1,000,000.")] = 5000,
    seed: Annotated[str, typer.Option(help="Same seed, same data, on any machine.")] = "fernleigh",
    out: Annotated[Path | None, typer.Option(help="The folder to make.")] = None,
    locale: Annotated[str, typer.Option(help="Where names come from, such as fr_FR.")] = "en_GB",
    tables: Annotated[str, typer.Option(help="Some tables only, parted by commas.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Write an older export again.")] = False,
) -> None:
    """Write the invented district Fernleigh as CSV and Parquet, with a data dictionary."""
    with plainly():
        names = export.chosen(tables)
        folder = out or Path("fernleigh")
        export.write(district.fernleigh(people, seed, locale), folder, names, force=force)
    typer.echo(f"{people:,} invented residents, tables in {folder}: {', '.join(names)}.")
