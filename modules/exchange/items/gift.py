"""GIFT, Moodle's text format: a file parted into its questions, each understood or refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from modules.exchange.items import reading
from modules.exchange.items.brought import Bank, Brought, Note, Refused
from modules.exchange.items.escaping import line
from modules.exchange.items.gift_answers import ANSWERS, kind_of
from modules.exchange.items.gift_text import Wording, hidden, shown

_CATEGORY = re.compile(r"\$CATEGORY:[ \t]*(.*)")
_PLACEHOLDER = re.compile(r"^\$[a-z]+\$/(?:top/)?")
# Bounded, else a line of nothing but beginnings would be read again and again.
_TOLD = re.compile(r"\[(id|tag):([^\[\]\n]{1,200})\]")
# A question that begins on a line of its own although no empty line parts it from the one before.
_BEGINS = re.compile(r"\}[ \t]*\n(?=[ \t]*::)")

FARTHEST = 20
"""How many empty lines one pair of braces may hold."""


@dataclass(frozen=True)
class Chunk:
    """The lines between two empty ones: where they begin, their text, what comments said."""

    number: int
    text: str
    id: str = ""
    tags: tuple[str, ...] = ()
    joined: bool = False


def looks(data: bytes, name: str) -> bool:
    """Whether a file may be GIFT: it has answers in braces, or is called so."""
    if name.casefold().endswith(".gift"):
        return True
    start = data[:100_000].replace(b"\x00", b"")
    if start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<", b"{", b"PK\x03\x04")):
        return False
    return bool(
        re.search(rb"\{[ \t\r\n]*[#=~TF}]|\{[^{}]*\}|^[ \t]*\$CATEGORY:", start, re.MULTILINE)
    )


def read(data: bytes, name: str) -> Bank:
    """The questions of a GIFT file. Raises BadInput for what is no text."""
    text, notes = reading.text(data)
    items: list[Brought] = []
    refused: list[Refused] = []
    category = ""
    for chunk in chunks(hidden(text)):
        while found := _CATEGORY.match(chunk.text):
            category = _PLACEHOLDER.sub("", shown(found[1]).strip())
            chunk = replace(chunk, text=chunk.text[found.end() :].strip())
        if not chunk.text:
            continue
        one = _question(chunk, category)
        if isinstance(one, Refused):
            refused.append(one)
        else:
            items.append(one)
    return Bank("gift", tuple(items), tuple(refused), notes)


def chunks(text: str) -> Iterator[Chunk]:
    """The questions of a file in order, without comments."""
    found = list(islice(_between(text), 2 * reading.MOST + 1))
    if len(found) > 2 * reading.MOST:  # categories are no questions
        raise reading.too_many()
    at = 0
    while at < len(found):
        end = _closing(found, at)
        one = found[at]
        if end > at:
            whole = "\n".join(part.text for part in found[at : end + 1])
            one = replace(one, text=whole, joined=True)
        yield from _parted(one)
        at = end + 1


def _closing(found: list[Chunk], at: int) -> int:
    """Where a question ends whose braces hold empty lines; ``at`` itself for all others.

    Writers use such lines, though Moodle does not allow them. A question that never ends must
    not take the ones behind it along.
    """
    if found[at].text.count("{") <= found[at].text.count("}"):
        return at
    for end in range(at + 1, min(at + FARTHEST, len(found))):
        text = found[end].text
        closes, opens = text.find("}"), text.find("{")
        # What goes on begins with a mark of an answer; anything else is a question of its own.
        if not text.startswith(("=", "~", "#", "}")) or (opens >= 0 and not 0 <= closes < opens):
            return at
        if closes >= 0:
            return end
    return at


def _between(text: str) -> Iterator[Chunk]:
    lines: list[str] = []
    told: dict[str, list[str]] = {"id": [], "tag": []}
    first = 0
    for number, raw in enumerate([*text.split("\n"), ""], 1):
        stripped = raw.strip()
        if stripped.startswith("//"):
            for what, value in _TOLD.findall(stripped):
                told[what].append(shown(value).strip())
        elif stripped:
            first = first or number
            lines.append(raw.rstrip())
        elif lines:
            yield _chunk(first, lines, told)
            # What a comment says of a question stands before it, even with a category between.
            if len(lines) > 1 or not _CATEGORY.match(lines[0].strip()):
                told = {"id": [], "tag": []}
            lines, first = [], 0
    if lines:
        yield _chunk(first, lines, told)


def _chunk(first: int, lines: list[str], told: dict[str, list[str]]) -> Chunk:
    id = told["id"][-1] if told["id"] else ""
    return Chunk(first, "\n".join(lines).strip(), id, tuple(told["tag"]))


def _parted(chunk: Chunk) -> Iterator[Chunk]:
    """A chunk whose questions have no empty line between them, as these questions."""
    start = 0
    for found in _BEGINS.finditer(chunk.text):
        yield replace(
            chunk,
            number=chunk.number + chunk.text.count("\n", 0, start),
            text=chunk.text[start : found.start() + 1].strip(),
        )
        start = found.end()
    number = chunk.number + chunk.text.count("\n", 0, start)
    yield replace(chunk, number=number, text=chunk.text[start:].strip())


def _question(chunk: Chunk, category: str) -> Brought | Refused:
    place = f"line {chunk.number}"
    title, text = "", chunk.text
    if text.startswith("::") and (end := text.find("::", 2)) > 0:
        title, text = " ".join(shown(text[2:end]).split()), text[end + 2 :].strip()
    name = title or chunk.id

    def refuse(sentence: str) -> Refused:
        return Refused(place, name, " ".join(shown(chunk.text[:1_000]).split())[:120], sentence)

    if len(text) > reading.LONGEST:
        return refuse(reading.too_long(len(text)))
    opens, closes = text.find("{"), text.find("}")
    if opens < 0 and closes < 0:
        return refuse(
            "It is a description: it has no answers in braces. Put its text into a lesson."
        )
    if closes < 0:
        return refuse("Its answers do not end: “{” has no “}”. In a text write \\{.")
    if opens < 0 or closes < opens:
        return refuse("Its braces do not pair: “}” has no “{” before it. In a text write \\}.")
    block = text[opens + 1 : closes]
    if "{" in block or "{" in text[closes:] or "}" in text[closes + 1 :]:
        return refuse(
            "It has more than one pair of braces, and GIFT knows one. In a text write \\{ and \\}."
        )
    wording = Wording(text[:opens].strip())
    after = text[closes + 1 :].strip()
    answers, _, general = block.rpartition("####") if "####" in block else (block, "", "")
    kind = kind_of(answers.strip())
    try:
        made = ANSWERS[kind](wording, answers.strip(), after)
    except ValueError as error:
        return refuse(str(error))
    extra = [Note("changed", "Empty lines within its braces were passed over.")] * chunk.joined
    if title and chunk.id:
        extra.append(Note("left", f"Its id “{line(chunk.id)}”."))
    return replace(
        made,
        place=place,
        name=name,
        why=wording.blocks(general),
        tags=chunk.tags,
        category=category,
        pictures=tuple(wording.pictures),
        notes=(*extra, *made.notes, *wording.notes.values()),
    )
