"""Terms in text: ``[controller](term:controller)`` marks a word whose definition is at hand."""

from __future__ import annotations

import re

TERM = re.compile(r"\[([^\[\]]+)\]\(term:([A-Za-z0-9_-]+)\)")


def named(text: str) -> tuple[str, ...]:
    """Ids of the terms marked in a text, each once, in order of first appearance."""
    return tuple(dict.fromkeys(found[2] for found in TERM.finditer(text)))


def plain(text: str) -> str:
    """The text with marked terms as the words they are: for print, search and short texts."""
    return TERM.sub(r"\1", text)
