"""A YAML text cut at the entries on its first level, so that each is read apart and kept.

An item, a fact or a story is one of many in its file. Who types in one of them changes one block,
and only that one has to be read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# An entry of a list, or a plain name with its value; anything rarer is read whole.
_ENTRY = re.compile(r"- |-$")
_NAME = re.compile(r"[A-Za-z][\w-]*:(?: |$)")
# Lines that say something about the whole text.
_WHOLE = ("---", "...", "%", "? ", "!", "{", "[", "&", "*", "<<")


@dataclass(frozen=True)
class Block:
    """One entry of the first level; ``line`` is the index of its first line, from 0."""

    line: int
    text: str


@lru_cache(maxsize=128)
def blocks(text: str) -> tuple[Block, ...] | None:
    """The entries of a text, in order; None where it cannot be cut safely, or has none.

    Comments before an entry belong to the one before it, so that line numbers stay simple. What
    is cut in the middle of a quoted text is no YAML any more: the reader then takes it whole.
    """
    lines = [f"{line}\n" for line in text.split("\n")]
    if any(line.startswith(_WHOLE) for line in lines):
        return None
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    begins = _ENTRY if _ENTRY.match(first) else _NAME
    starts = [number for number, line in enumerate(lines) if begins.match(line)]
    if not starts or any(line.strip() and line[0] != "#" for line in lines[: starts[0]]):
        return None
    ends = [*starts[1:], len(lines)]
    return tuple(
        Block(start, "".join(lines[start:end])) for start, end in zip(starts, ends, strict=True)
    )
