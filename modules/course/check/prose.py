"""Prose: figures with a source, no HTML, short sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from modules.basics import Problem
from modules.course import figures, lesson
from modules.course.files.marked import At
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.pictured import Placed, words

# What Markdown turns into a formula, emphasis, code, a link, or an icon.
_MARKED = re.compile(
    r"\$.+?\$|\*\S.*?\*|`.+?`|(?<!\w)_\S.*?_(?!\w)|~~.+?~~|\[.*?\]\(|:[a-z][\w/-]*[:\[]"
)
HARDEST_GRADE = {"foundation": 9.0, "practitioner": 11.0, "advanced": 11.0}
"""The school grade that a screen should not exceed, by the module's level."""


def prose(parts: Parts) -> None:
    """Figures are cited, HTML is absent, screens are readable."""
    file, noted = parts.path(f"lesson.{parts.language}.md"), parts.reader.problems
    for screen in (parts.screens or {}).values():
        for part in screen.told:
            # What is wrong with a caption is told beside its picture.
            for line, sentence, breaks in () if isinstance(part, Placed) else faults(part.prose):
                place = f"line {part.line + line}, screen {screen.id}"
                noted.append(Problem(file, place, sentence, breaks or not parts.own))
        whole = "\n\n".join(part.prose for part in screen.told)
        _readable(parts, file, f"line {screen.line}, screen {screen.id}", whole)
        if told := marked(screen.title):
            place = f"line {screen.line}, screen {screen.id}"
            noted.append(Problem(file, place, told, stops=False))
    if parts.aid:
        aid = parts.path(f"job-aid.{parts.language}.md")
        for line, sentence, breaks in faults(words(parts.aid.markdown)):
            place = f"line {parts.aid.line + line}"
            noted.append(Problem(aid, place, sentence, breaks or not parts.own))
    if parts.front:
        # Titles and objectives cannot carry a cite; what they name is cited on the screens.
        for at, text in leaves(parts.front.data):
            if at[-1] == "title" and (told := marked(text)):
                parts.reader.wrong(parts.front, at, told, stops=False)
            for _, sentence, breaks in faults(text, cited=at[-1] != "intro"):
                parts.reader.wrong(parts.front, at, sentence, stops=breaks or not parts.own)
    labs = parts.lab_files
    for stem in ("questions", "scenario", *labs):
        name = parts.path(f"{stem}.{parts.language}.yaml")
        document = Reader(parts.reader.files).document(name, needed=False)
        for at, text in leaves(document.data) if document else ():
            item = parts.items.get(str(at[0]), {}) if stem == "questions" else {}
            # The lab's structure names the facts of each of its parts.
            cited = bool(item.get("facts")) or stem in labs
            for _, sentence, breaks in faults(words(text), cited=cited, invented=True):
                if document:
                    stops = breaks or not parts.own
                    parts.reader.wrong(document, at, sentence, stops=stops)


def marked(title: str) -> str:
    """What to do about a title that pages would not show as it is typed; "" for a plain one."""
    found = _MARKED.search(title)
    if not found:
        return ""
    return (
        f"A title is shown without marks: “{found[0]}” would turn into something else. Reword it."
    )


def leaves(data: Any, at: At = ()) -> Iterator[tuple[At, str]]:
    """Every text below ``data``, with the path to it."""
    # What YAML reads is of these types and no others, and there is much of it.
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from leaves(value, (*at, name))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from leaves(value, (*at, number))


@lru_cache(maxsize=16384)
def faults(
    text: str, *, cited: bool = False, invented: bool = False
) -> tuple[tuple[int, str, bool], ...]:
    """Figures without a cite and HTML in Markdown: line from 0, what to do, whether it breaks."""
    found: list[tuple[int, str, bool]] = []
    if not cited:
        for line, figure in figures.bare_figures(text, invented=invented):
            told = f"“{figure}” has no source. Cite a fact as [@id] in its paragraph."
            found.append((line, told, False))
    for line, tag in lesson.raw_html(text):
        found.append((line, f"Found HTML, “{tag}”. Write Markdown instead.", True))
    return tuple(found)


def _readable(parts: Parts, file: str, place: str, text: str) -> None:
    grade = lesson.grade_level(text) if parts.language == "en" else None
    hardest = HARDEST_GRADE[parts.head.level if parts.head else "foundation"]
    if grade is not None and grade > hardest:
        sentence = f"Reads at school grade {grade:.1f}; aim for {hardest:.0f} at most. Shorten."
        parts.reader.problems.append(Problem(file, place, sentence, stops=False))
