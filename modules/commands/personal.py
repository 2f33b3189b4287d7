"""What is held on people: the register, one person's export and erasure, retention."""

from __future__ import annotations

import typer

from modules.personal import register as entries


def register() -> None:
    """Print the register of personal columns, as docs/register.md has it."""
    typer.echo(entries.document(), nl=False)
