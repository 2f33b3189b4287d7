"""Questions: how they did with those who took them, and those of other systems."""

from __future__ import annotations

import typer

from modules.commands import bringing, exporting, items

questions = typer.Typer(
    no_args_is_help=True, help="Questions: how they did, and those of other systems."
)


@questions.callback()
def everything() -> None:
    """Nothing is asked for before a command."""


questions.command("export")(exporting.export)
questions.command("import")(bringing.import_)
questions.command("statistics")(items.statistics)
