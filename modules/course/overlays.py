"""National law over neutral text: paragraphs that only readers under that law are shown.

A block between blank lines (a paragraph, list, table or quote) that begins with ``{eu}`` or
``{uk}`` is for readers under that law; every other block is for everybody. This is the one place
where that is decided, and it is decided for a whole module at once: whatever is drawn, printed,
searched or replayed afterwards holds the reader's own text and no marker.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from modules.basics import LAWS, NEUTRAL
from modules.course.facts import cites
from modules.course.model import Band, Fact, Module, Screen, Text
from modules.pictured import Placed

MARKED = re.compile(r"^((?:>[ \t]?)*)\{(" + "|".join(LAWS) + r")\}[ \t]*")
FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
APART = ("facts", "sources", "misconceptions", "media")
"""Registers of a module: what they hold is no prose."""

M = TypeVar("M", bound=Module)


@dataclass(frozen=True)
class Block:
    """A block of lines, ``after`` which blank ones stand; ``law`` is "" when it is for everybody.

    ``line`` is the index of its first line in the text, from 0.
    """

    lines: tuple[str, ...]
    after: tuple[str, ...]
    line: int
    law: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """Its lines without the marker; none when there is nothing behind it."""
        if not self.law:
            return self.lines
        first = MARKED.sub(r"\1", self.lines[0])
        rest = self.lines[1:]
        return (first, *rest) if first.strip("> \t") else rest


def blocks(text: str) -> Iterator[Block]:
    """A text as its blocks, in order; blank lines inside a code fence part nothing."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        start, fenced = at, False
        while at < len(lines) and (fenced or not _blank(lines[at])):
            fenced ^= bool(FENCE.match(lines[at]))
            at += 1
        end = at
        while at < len(lines) and _blank(lines[at]):
            at += 1
        held = tuple(lines[start:end])
        marker = MARKED.match(held[0]) if held else None
        yield Block(held, tuple(lines[end:at]), start, marker[2] if marker else "")


def _blank(line: str) -> bool:
    return not line.strip("> \t")


def under(text: str, jurisdiction: str) -> str:
    """The text as somebody under that law reads it; without a marker it comes back as it is."""
    if "{" not in text:
        return text
    every = list(blocks(text))
    if not any(one.law for one in every):
        return text
    kept = [one for one in every if one.law in ("", jurisdiction) and (one.told or not one.law)]
    lines = [line for one in kept for line in (*one.told, *one.after)]
    if kept and kept[-1] is not every[-1]:
        # What parted it from a block that is gone parts it from nothing now.
        lines = lines[: len(lines) - len(kept[-1].after)]
    return "\n".join(lines)


def module_under(module: M, jurisdiction: str = NEUTRAL) -> M:
    """The module as somebody under that law is taught it.

    Text parts of which nothing is left go, and facts that only other readers' paragraphs cite.
    """
    names = [one.name for one in fields(module) if one.name not in (*APART, "jurisdiction")]
    told = {name: _told(getattr(module, name), jurisdiction) for name in names}
    return replace(module, **told, jurisdiction=jurisdiction, facts=_cited(module, told))


def _told(value: Any, jurisdiction: str) -> Any:
    """``value`` with every string in it filtered; itself where nothing changes."""
    if isinstance(value, str):
        return under(value, jurisdiction)
    if isinstance(value, Screen):
        parts = tuple(_told(one, jurisdiction) for one in value.parts)
        return replace(value, parts=tuple(one for one in parts if not _empty(one, jurisdiction)))
    if isinstance(value, BaseModel):
        held = {name: getattr(value, name) for name in type(value).model_fields}
        changed = _changed(held, jurisdiction)
        return value.model_copy(update=changed) if changed else value
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        changed = _changed(held, jurisdiction)
        return replace(value, **changed) if changed else value
    if isinstance(value, Mapping):
        changed = _changed(value, jurisdiction)
        return {**value, **changed} if changed else value
    if isinstance(value, tuple):
        told = [_told(one, jurisdiction) for one in value]
        same = all(new is old for new, old in zip(told, value, strict=True))
        return value if same else tuple(told)
    return value


def _changed(held: Mapping[Any, Any], jurisdiction: str) -> dict[Any, Any]:
    told = {name: _told(value, jurisdiction) for name, value in held.items()}
    return {name: value for name, value in told.items() if value is not held[name]}


def _empty(part: Any, jurisdiction: str) -> bool:
    if isinstance(part, Placed):
        return part.law not in ("", jurisdiction)
    text = part.markdown if isinstance(part, Text) else part.text if isinstance(part, Band) else "-"
    return not text.strip()


def _cited(module: Module, told: Mapping[str, Any]) -> dict[str, Fact]:
    """The facts without those whose every cite went."""
    before = _mentioned([getattr(module, name) for name in told], module.facts.keys())
    after = _mentioned(list(told.values()), module.facts.keys())
    return {id: fact for id, fact in module.facts.items() if id in after or id not in before}


def _mentioned(value: Any, known: Collection[str]) -> set[str]:
    """The ids that texts cite, or that stand by themselves as in an item's ``facts``."""
    if isinstance(value, str):
        return {value} if value in known else set(cites(value)) if "[@" in value else set()
    if isinstance(value, BaseModel):
        inner: Any = (getattr(value, name) for name in type(value).model_fields)
    elif is_dataclass(value) and not isinstance(value, type):
        inner = (getattr(value, one.name) for one in fields(value))
    elif isinstance(value, Mapping):
        inner = value.values()
    else:
        inner = value if isinstance(value, tuple | list) else ()
    return {id for one in inner for id in _mentioned(one, known)}
