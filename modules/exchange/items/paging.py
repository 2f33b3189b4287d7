"""Paragraphs, lists, tables and pictures of a document, gathered into pages and questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Literal

from modules.exchange.items import aiken
from modules.exchange.items.brought import Bank, Brought, Refused
from modules.exchange.items.gathering import Gathering
from modules.exchange.items.pages import Page
from modules.exchange.items.pictures import Shelf

# Screens of one document, and characters of HTML of one screen.
SCREENS, LONGEST = 300, 200_000
# How deep lists may lie within each other.
DEEPEST = 6
_TAGS = re.compile(r"<[^>]*>")
_OPTION = re.compile(r"\s*[A-Za-z][.)]\s*\S")
_ANSWER = re.compile(r"\s*ANSWERS?\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """A paragraph, an entry of a list, or a table, as HTML of what it holds.

    ``letter`` is the letter that a list numbers its entry with ("A"), "" for others.
    """

    kind: Literal["p", "ul", "ol", "table"]
    html: str
    level: int = 0
    letter: str = ""

    @property
    def text(self) -> str:
        """It as plain words, a line for each of its lines."""
        said = unescape(_TAGS.sub("", self.html.replace("<br>", "\n")))
        lines = "\n".join(" ".join(one.split()) for one in said.split("\n"))
        return f"{self.letter}. {lines}" if self.letter else lines


@dataclass
class Part:
    """A part of a document while it is read."""

    title: str
    place: str
    gathering: Gathering
    blocks: list[Block] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    spoken: str = ""


def paged(parts: Iterable[Part], shelf: Shelf) -> tuple[tuple[Page, ...], Bank]:
    """The pages of ``parts`` and the questions that stood in them. Empty parts are left out."""
    pages, items, refused = list[Page](), list[Brought](), list[Refused]()
    for part in parts:
        kept, found = _questions(part)
        items += found.items
        refused += found.refused
        html = _html(kept)
        if len(html) > LONGEST:
            part.gathering.left(f"Only the first {LONGEST:,} characters of this part were read.")
            html = html[:LONGEST]
        markdown = part.gathering.blocks(html, part.files)
        if not (markdown or part.title or part.spoken or part.gathering.notes):
            continue
        if count := len(found.items) + len(found.refused):
            told = "A question" if count == 1 else f"{count} questions"
            part.gathering.changed(f"{told} (“ANSWER: …”) stood here, and went to the questions.")
        pages.append(
            Page(
                part.title or part.place,
                part.place,
                markdown,
                part.gathering.used(markdown),
                part.spoken,
                tuple(part.gathering.notes),
            )
        )
    return tuple(pages), Bank("aiken", tuple(items), tuple(refused))


def pictures(pages: Iterable[Page], shelf: Shelf) -> Mapping[str, bytes]:
    """The pictures that pages show."""
    return shelf.named({name for page in pages for name in page.pictures})


def _questions(part: Part) -> tuple[list[Block], Bank]:
    """What is no question, and the questions: a text, options with letters, and ANSWER."""
    kept, items, refused = list[Block](), list[Brought](), list[Refused]()
    for block in part.blocks:
        kept.append(block)
        lines = block.text.split("\n")
        if not _ANSWER.match(lines[-1]):
            continue
        taken = [kept.pop()]
        while len(lines) == 1 and kept and _OPTION.match(kept[-1].text):
            taken.insert(0, kept.pop())
        # The text before the options, unless the question stands in one paragraph with them.
        if len(lines) == 1 and kept and kept[-1].kind != "table":
            taken.insert(0, kept.pop())
        whole = "\n".join(line for one in taken for line in one.text.split("\n") if line.strip())
        bank = aiken.read(whole.encode(), "")
        items += [replace(one, place=part.place) for one in bank.items]
        refused += [replace(one, place=part.place) for one in bank.refused]
    return kept, Bank("aiken", tuple(items), tuple(refused))


def _html(blocks: Iterable[Block]) -> str:
    return "".join(_pieces(blocks))


def _pieces(blocks: Iterable[Block]) -> Iterator[str]:
    open_lists: list[str] = []
    for block in blocks:
        listed = block.kind in ("ul", "ol")
        level = min(block.level, DEEPEST - 1) + 1 if listed else 0
        while len(open_lists) > level:
            yield f"</li></{open_lists.pop()}>"
        if listed and len(open_lists) == level:
            if open_lists[-1] == block.kind:
                yield "</li>"
            else:
                yield f"</li></{open_lists.pop()}><{block.kind}>"
                open_lists.append(block.kind)
        while len(open_lists) < level:
            open_lists.append(block.kind)
            # A level that the document passed over has an entry without words.
            yield f"<{block.kind}>" + ("<li>" if len(open_lists) < level else "")
        if listed:
            yield f"<li>{block.html}"
        elif block.kind == "table":
            yield block.html
        else:
            yield f"<p>{block.html}</p>"
    while open_lists:
        yield f"</li></{open_lists.pop()}>"
