"""What a translation has to keep of its source, as hints: sources, places, numbers, Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from modules.course.facts import CITE
from modules.course.overlays import blocks
from modules.course.terms import TERM

ASK = re.compile(r"^\{ask\s+[\w-]+\}", re.MULTILINE)
PLACEHOLDER = re.compile(r"\{(?!ask\s|(?:eu|uk)\})[a-z][\w.:-]*\}")
CHIP = re.compile(r"\[\[([\w-]+)\|")
LINK = re.compile(r"\]\((?!term:)([^)\s]+)")
ENTRY = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s", re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s", re.MULTILINE)
STRONG = re.compile(r"\*\*")
NUMBER = re.compile(r"\d+")
OUTSIDE = re.compile(r"\]\([^)]*\)|^\s*\d+[.)]\s", re.MULTILINE)
"""Where a number is none of the prose: in an address, and before an entry of a list."""
FENCE = re.compile(r"^\s{0,3}(?:```|~~~)", re.MULTILINE)


@dataclass(frozen=True)
class Hint:
    """One thing that differs: ``kind`` is the last part of a key of words, ``what`` is named."""

    kind: str
    what: tuple[str, ...] = ()


def hints(source: str, target: str, terms: Collection[str] | None = None) -> list[Hint]:
    """What a translation lost, or has on top; none for a text that is not translated yet.

    ``terms`` are those of the glossary in its language, None if there is no such glossary.
    """
    return list(_hints(source, target, terms)) if target.strip() else []


def _hints(source: str, target: str, terms: Collection[str] | None) -> Iterator[Hint]:
    if target.strip() == source.strip() and len(NUMBER.sub("", source).split()) > 2:
        yield Hint("same")
        return
    for pattern in (CITE, ASK, PLACEHOLDER, CHIP, LINK):
        one = Counter(found[0] for found in pattern.finditer(source))
        two = Counter(found[0] for found in pattern.finditer(target))
        if lost := one - two:
            yield Hint("lost", _named(lost))
        if more := two - one:
            yield Hint("more", _named(more))
    yield from _terms(source, target, terms)
    one, two = _numbers(source), _numbers(target)
    if one != two:
        yield Hint("numbers", (*_named(one - two), *_named(two - one)))
    laws = [[block.law for block in blocks(text) if block.law] for text in (source, target)]
    if laws[0] != laws[1]:
        yield Hint("laws")
    for pattern, kind in ((ENTRY, "entries"), (HEADING, "headings"), (FENCE, "fences")):
        if len(pattern.findall(source)) != len(pattern.findall(target)):
            yield Hint(kind)
    if len(STRONG.findall(target)) % 2:
        yield Hint("strong")


def _terms(source: str, target: str, terms: Collection[str] | None) -> Iterator[Hint]:
    marked = {found[2] for found in TERM.finditer(target)}
    if unknown := sorted(marked - set(terms or ())):
        yield Hint("term", tuple(unknown))
    wanted = {found[2] for found in TERM.finditer(source)} & set(terms or ())
    if lost := sorted(wanted - marked):
        yield Hint("lost", tuple(f"(term:{id})" for id in lost))


def _numbers(text: str) -> Counter[str]:
    """The runs of digits of a prose, however a language parts them; not those in marks."""
    plain = text
    for pattern in (CITE, ASK, PLACEHOLDER, CHIP):
        plain = pattern.sub(" ", plain)
    return Counter(NUMBER.findall(OUTSIDE.sub(" ", plain)))


def _named(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(one.strip(" |[]()") if one[:1] == "]" else one for one in counted.elements())
