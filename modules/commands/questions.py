"""Questions: how they did with those who took them."""

from __future__ import annotations

import typer

from modules.commands import items

questions = typer.Typer(no_args_is_help=True, help="Questions: how they did.")


@questions.callback()
def everything() -> None:
    """Nothing is asked for before a command."""


questions.command("statistics")(items.statistics)
