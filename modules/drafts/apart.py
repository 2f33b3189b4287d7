"""Two wordings of one text, word by word: what stayed, what went, what came. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Words, runs of blanks, and every other sign by itself.
_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
MOST = 6000
"""Pieces of one text that are compared word by word; a longer one is told as a whole."""


@dataclass(frozen=True)
class Piece:
    """Some words: kept, gone or new."""

    kind: Literal["same", "gone", "new"]
    text: str


def apart(before: str, after: str) -> tuple[Piece, ...]:
    """``before`` and ``after`` in one: without what is new it is the one, without what is gone
    the other.
    """
    if before == after:
        return (Piece("same", before),) if before else ()
    one, two = _PIECES.findall(before), _PIECES.findall(after)
    if len(one) > MOST or len(two) > MOST:
        return _pieces(before, after)
    found = list[Piece]()
    for tag, start, end, first, last in SequenceMatcher(None, one, two, False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(one[start:end])))
        else:
            found += _pieces("".join(one[start:end]), "".join(two[first:last]))
    return tuple(_joined(found))


def _pieces(gone: str, new: str) -> tuple[Piece, ...]:
    both = (Piece("gone", gone), Piece("new", new))
    return tuple(one for one in both if one.text)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """A blank between two changed words changes with them: one mark in place of many."""
    out = list[Piece]()
    for number, one in enumerate(pieces):
        blank = one.kind == "same" and not one.text.strip() and "\n" not in one.text
        if blank and 0 < number < len(pieces) - 1:
            _add(out, Piece("gone", one.text))
            _add(out, Piece("new", one.text))
        else:
            _add(out, one)
    return out


def _add(out: list[Piece], one: Piece) -> None:
    """Append, to the last piece of its kind within one change."""
    place = len(out)
    while place and out[place - 1].kind != "same" and one.kind != "same":
        if out[place - 1].kind == one.kind:
            out[place - 1] = Piece(one.kind, out[place - 1].text + one.text)
            return
        place -= 1
    out.append(one)
