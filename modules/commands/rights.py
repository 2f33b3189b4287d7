"""The table of rights, printed as the document it is."""

from __future__ import annotations

import typer

from modules import rights as table


def rights() -> None:
    """Print who may do what, as docs/rights.md has it."""
    typer.echo(table.document(), nl=False)
