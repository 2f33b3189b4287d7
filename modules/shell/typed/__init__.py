"""Typed text that survives a refresh, a lost connection and a second thought."""

from __future__ import annotations

from modules import fields
from modules.shell.typed.field import draw
from modules.shell.typed.heard import ledger, tell


def use() -> None:
    """Put the component behind `modules.fields`: once, when the server starts."""
    fields.use(draw, tell)


__all__ = ["draw", "ledger", "tell", "use"]
