"""Lessons: checked, recorded, surveyed. Each command is loaded when it is asked for."""

from __future__ import annotations

import typer

from modules.commands import Commands, Loaded


class Content(Loaded):
    """The check is run after each change of a file, so it loads no database and no lab's page."""

    commands_at = Commands(
        {
            "check": "checking:check",
            "sync": "lessons:sync",
            "publish-due": "lessons:publish_due",
            "export": "exports:export",
            "import": "exports:bring",
            "affected-by": "surveys:affected_by",
            "stats": "surveys:stats",
            "guess": "surveys:guess",
        }
    )


content = typer.Typer(cls=Content, no_args_is_help=True, help="Lessons: check them, record them.")


@content.callback()
def everything() -> None:
    """Nothing is asked for before a command."""
