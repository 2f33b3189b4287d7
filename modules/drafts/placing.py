"""A mark put into a text: inside a sentence where the cursor is, or as a block after its block."""

from __future__ import annotations

import re

BLOCK = re.compile(r"(\{(eu|uk|ask )|!\[|> |\|)")
"""What stands in a paragraph of its own: notes of a law, questions, pictures, bands, tables."""
_GAP = re.compile(r"\n[ \t]*\n|\Z")


def put_in(text: str, mark: str, at: int) -> str:
    """The text with the mark at a place, counted in characters; past its end means there."""
    at = max(0, min(at, len(text)))
    if BLOCK.match(mark):
        return _after_block(text, mark, at)
    before, after = text[:at], text[at:]
    mark = mark.strip()
    if before and not before[-1].isspace():
        mark = f" {mark}"
    if after[:1].isalnum():
        mark = f"{mark} "
    return f"{before}{mark}{after}"


def _after_block(text: str, mark: str, at: int) -> str:
    """In a gap between paragraphs it stands there; inside one it comes behind it."""
    found = _GAP.search(text, at)
    end = found.start() if found else len(text)
    head, tail = text[:end].rstrip("\n"), text[end:].lstrip("\n")
    return "\n\n".join(part for part in (head, mark, tail) if part)
