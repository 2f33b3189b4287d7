"""Prose: figures with a source, no HTML, short sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modules.basics import Problem
from modules.course import figures, lesson
from modules.course.files.marked import At
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.pictured import Placed, words

HARDEST_GRADE = {"foundation": 9.0, "practitioner": 11.0, "advanced": 11.0}
"""The school grade that a screen should not exceed, by the module's level."""


def prose(parts: Parts) -> None:
    """Figures are cited, HTML is absent, screens are readable."""
    file, noted = parts.path(f"lesson.{parts.language}.md"), parts.reader.problems
    for screen in (parts.screens or {}).values():
        for part in screen.told:
            # What is wrong with a caption is told beside its picture.
            for line, sentence in () if isinstance(part, Placed) else faults(part.prose):
                place = f"line {part.line + line}, screen {screen.id}"
                noted.append(Problem(file, place, sentence))
        whole = "\n\n".join(part.prose for part in screen.told)
        _readable(parts, file, f"line {screen.line}, screen {screen.id}", whole)
    if parts.aid:
        for line, sentence in faults(words(parts.aid.markdown)):
            place = f"line {parts.aid.line + line}"
            noted.append(Problem(parts.path(f"job-aid.{parts.language}.md"), place, sentence))
    if parts.front:
        # Titles and objectives cannot carry a cite; what they name is cited on the screens.
        for at, text in leaves(parts.front.data):
            for _, sentence in faults(text, cited=at[-1] != "intro"):
                parts.reader.wrong(parts.front, at, sentence)
    for stem in ("questions", "scenario", *parts.lab_files):
        name = parts.path(f"{stem}.{parts.language}.yaml")
        document = Reader(parts.reader.files).document(name, needed=False)
        for at, text in leaves(document.data) if document else ():
            item = parts.items.get(str(at[0]), {}) if stem == "questions" else {}
            # The lab's structure names the facts of each of its parts.
            cited = bool(item.get("facts")) or stem in parts.lab_files
            for _, sentence in faults(words(text), cited=cited, invented=True):
                if document:
                    parts.reader.wrong(document, at, sentence)


def leaves(data: Any, at: At = ()) -> Iterator[tuple[At, str]]:
    """Every text below ``data``, with the path to it."""
    if isinstance(data, str):
        yield at, data
    pairs = data.items() if isinstance(data, Mapping) else ()
    for name, value in pairs if not isinstance(data, list) else enumerate(data):
        yield from leaves(value, (*at, name))


def faults(text: str, *, cited: bool = False, invented: bool = False) -> Iterator[tuple[int, str]]:
    """Figures without a cite and HTML in Markdown: (line from 0, what to do)."""
    if not cited:
        for line, figure in figures.bare_figures(text, invented=invented):
            yield line, f"“{figure}” has no source. Cite a fact as [@id] in its paragraph."
    for line, tag in lesson.raw_html(text):
        yield line, f"Found HTML, “{tag}”. Write Markdown instead."


def _readable(parts: Parts, file: str, place: str, text: str) -> None:
    grade = lesson.grade_level(text) if parts.language == "en" else None
    hardest = HARDEST_GRADE[parts.head.level if parts.head else "foundation"]
    if grade is not None and grade > hardest:
        sentence = f"Reads at school grade {grade:.1f}; aim for {hardest:.0f} at most. Shorten."
        parts.reader.problems.append(Problem(file, place, sentence, stops=False))
