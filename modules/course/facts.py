"""Facts: cites in text, which ground may be graded on, and facts whose review is overdue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modules.course.model import Fact

CITE = re.compile(r"\[@([A-Za-z0-9][\w.-]*)\]")
LINK_TARGET = re.compile(r"\]\([^)]*\)|<https?://[^>]*>|https?://\S+")


def cites(text: str) -> tuple[str, ...]:
    """Ids cited in a text, each once, in order of first appearance."""
    return tuple(dict.fromkeys(CITE.findall(text)))


def without_cites(text: str) -> str:
    """The text with its cites, and the blank before each, taken out."""
    return re.sub(r"[ \t]?" + CITE.pattern, "", text)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Blocks of lines between blank ones, each with the index of its first line (from 0)."""
    block: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""]):
        if line.strip(" >\t"):
            block.append(line)
        elif block:
            yield number - len(block), "\n".join(block)
            block = []


def expired(facts: Iterable[Fact], today: date) -> tuple[Fact, ...]:
    """Facts whose ``review_by`` has passed. The day itself still counts as in time."""
    return tuple(fact for fact in facts if fact.review_by < today)


def verified(fact: Fact) -> bool:
    """Whether it was read in a copy of the original: only then may something be graded on it.

    A status that begins with V says so; what follows it (``V/S``, ``V/!``) is in its caution.
    """
    return fact.status.startswith("V")


def notes(text: str, facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """The facts that a text cites and that are known, in order: what its source notes show."""
    return tuple(facts[id] for id in cites(text) if id in facts)
