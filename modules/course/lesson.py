"""Lesson files: front matter, then screens parted by ``---`` lines."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from frontmatter.default_handlers import YAMLHandler

from modules.basics import Problem
from modules.course.facts import CITE
from modules.course.model import Ask, Band, Part, Screen, Text
from modules.course.terms import TERM
from modules.pictured import placed, shown, words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

HEADING = re.compile(r"^##\s+\{#([a-z0-9-]+)\}\s+(\S.*?)\s*$")
ASK = re.compile(r"^\{ask\s+([\w-]+)\}\s*$")
# Two or three letters in braces mark a law, and local facts are part of a sentence.
PLACED = re.compile(r"^\{(?!local:|[a-z]{2,3}\})[a-z]+\b.*\}?\s*$")
BAND = re.compile(r"^>\s*\*\*(.+?)\*\*\s*(.*)$")
RULE = re.compile(r"^-{3,}\s*$")
FENCE = re.compile(r"^\s{0,3}(```|~~~)")
HEADING_NEEDED = "Write ## {#screen-id} Title, the id in small letters, digits and hyphens."
SHORTEST_FOR_GRADE = 40
# What one A4 page of a job aid holds in 11 points, with room for eight sources: lines of 84
# characters, found by typesetting, and kept true by a test that typesets every job aid.
PAGE_LINES, LINE_LETTERS = 48.0, 84
# A picture of 50 mm with its caption.
PICTURE_LINES = 12


@dataclass(frozen=True)
class Parted:
    """A Markdown file cut in two; ``front_line`` and ``body_line`` are where each begins."""

    front: str
    body: str
    front_line: int
    body_line: int


def part(file: str, text: str) -> Parted | Problem:
    """Front matter and body of a Markdown file, or what is wrong with their frame."""
    handler = YAMLHandler()
    try:
        if not handler.detect(text):
            raise ValueError
        front, body = handler.split(text)
    except ValueError:
        sentence = "No front matter found. Begin the file with a line ---, the fields, and ---."
        return Problem(file, "line 1", sentence)
    front_line = text[: text.index(front)].count("\n") + 1 if front else 1
    return Parted(front, body, front_line, text[: len(text) - len(body)].count("\n") + 1)


def screens(file: str, body: str, first_line: int = 1) -> tuple[tuple[Screen, ...], list[Problem]]:
    """Every screen that can be read, and a located problem for every one that cannot."""
    found: dict[str, Screen] = {}
    problems: list[Problem] = []
    for start, lines in _slices(body, first_line):
        while lines and not lines[0].strip():
            lines, start = lines[1:], start + 1
        if not lines:
            continue
        heading = HEADING.match(lines[0])
        if not heading:
            sentence = f"A screen begins with “{lines[0][:60]}”. {HEADING_NEEDED}"
            problems.append(Problem(file, f"line {start}", sentence))
            continue
        id, title = heading.groups()
        if id in found:
            sentence = f"Screen “{id}” is here twice, first on line {found[id].line}. Rename one."
            problems.append(Problem(file, f"line {start}", sentence))
            continue
        parts, wrong = _parts(file, lines[1:], start + 1)
        problems += wrong
        if not parts and not wrong:
            sentence = "The screen has no text. Write some, or delete the screen and its step."
            problems.append(Problem(file, f"line {start}, screen {id}", sentence))
        found[id] = Screen(id, title, parts, start)
    return tuple(found.values()), problems


def cut(body: str) -> list[str]:
    """The text of each screen as it is written, without the lines that part them."""
    return ["\n".join(lines) for _, lines in _slices(body, 1)]


def _slices(body: str, first_line: int) -> Iterator[tuple[int, list[str]]]:
    for start, end in spans(body):
        yield first_line + len(body[:start].splitlines()), body[start:end].splitlines()


def spans(body: str) -> Iterator[tuple[int, int]]:
    """Where each screen of a body begins and ends, without the lines that part them.

    A fence that nobody closed ends where the next screen begins: who is still typing in one
    screen loses no other.
    """
    lines = body.splitlines(keepends=True)
    start = at = 0
    fenced = False
    for number, line in enumerate(lines):
        if FENCE.match(line):
            fenced = not fenced
        if RULE.match(line) and (not fenced or _begins(lines[number + 1 :])):
            yield start, at
            start, fenced = at + len(line), False
        at += len(line)
    yield start, at


def _begins(lines: list[str]) -> bool:
    return bool(HEADING.match(next((line for line in lines if line.strip()), "")))


def _parts(file: str, lines: list[str], first_line: int) -> tuple[tuple[Part, ...], list[Problem]]:
    parts: list[Part] = []
    problems: list[Problem] = []
    prose: list[str] = []
    fenced = False

    def close(before: int) -> None:
        text = "\n".join(prose)
        if text.strip():
            blank = len(text) - len(text.lstrip("\n"))
            parts.append(Text(text.strip(), before - len(prose) + blank))
        prose.clear()

    at = 0
    while at < len(lines):
        line, number = lines[at], first_line + at
        at += 1
        if FENCE.match(line):
            fenced = not fenced
        if fenced:
            prose.append(line)
        elif one := placed(line, number):
            close(number)
            parts.append(one)
        elif ask := ASK.match(line):
            close(number)
            parts.append(Ask(ask[1], number))
        elif PLACED.match(line):
            close(number)
            sentence = (
                f"“{line.strip()}” places nothing. Write {{ask M01-Q01}} on a line of its own."
            )
            problems.append(Problem(file, f"line {number}", sentence))
        elif band := BAND.match(line):
            close(number)
            text = [band[2]]
            while at < len(lines) and lines[at].startswith(">"):
                text.append(lines[at].removeprefix(">").strip())
                at += 1
            parts.append(Band(band[1].rstrip("."), "\n".join(text).strip(), number))
        else:
            prose.append(line)
    close(first_line + len(lines))
    return tuple(parts), problems


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable("table")


def raw_html(text: str) -> Iterator[tuple[int, str]]:
    """HTML written into Markdown: (line from 0, the tag)."""
    if "<" not in text:
        return
    for token in _markdown().parse(text):
        line = token.map[0] if token.map else 0
        for inner in [token, *(token.children or [])]:
            if inner.type in {"html_block", "html_inline"}:
                yield line, inner.content.strip().splitlines()[0][:40]


@lru_cache(maxsize=1024)
def grade_level(text: str) -> float | None:
    """US school grade by Flesch and Kincaid (1975); None for texts too short to judge."""
    told = CITE.sub("", re.sub(r"\]\([^)]*\)|^\|.*$|[*_`#>\[]", "", text, flags=re.MULTILINE))
    if len(told.split()) < SHORTEST_FOR_GRADE:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # textstat still imports pkg_resources
        import textstat

    # A heading or list entry without a full stop would run into the next sentence.
    ended = re.sub(r"(?<![.!?:;,])\n\s*(?=\n|[-+\d])", ".\n", told + "\n\n")
    return float(textstat.flesch_kincaid_grade(ended))


@lru_cache(maxsize=256)
def printed_lines(text: str) -> float:
    """About how many lines a job aid takes in print; the gap between two blocks is half a line."""
    told = TERM.sub(r"\1", CITE.sub("", words(text)))
    lines = [line.strip() for line in told.splitlines()]
    gaps = sum(1 for line in lines if not line or re.match(r"[-*+>#|]|\d+[.)]", line)) / 2
    pictures = PICTURE_LINES * len(shown(text))
    return gaps + pictures + sum(-(-len(line) // LINE_LETTERS) for line in lines)
