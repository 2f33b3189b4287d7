"""A module's texts in two languages, each by its path: what is missing, and what is out of date.

``<slug>/translated.<language>.yaml`` keeps, for each path, a short hash of the source text that
its translation was last held against. A text that has since changed in the source is stale; one
that the file does not name was written by somebody who looks after that by other means.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from modules.basics import Problem
from modules.course import lesson
from modules.course.files.marked import At
from modules.course.files.merging import STRUCTURE
from modules.course.files.reader import Reader

State = Literal["missing", "stale", "there"]
STEMS = re.compile(r"(?:questions|scenario|lab(?:-[2-9])?)")
# In a letter of a story the words say what kind of letter it is.
FIXED = STRUCTURE | {"sources"}
CELLS = " | "
_SCREEN = re.compile(r"^##\s+\{#([a-z0-9-]+)\}[ \t]*(.*?)\s*$")


@dataclass(frozen=True)
class Place:
    """Where a text stands: in which of the module's files, and where in it.

    In a Markdown file ``at`` leads into the front matter, or is ``("text",)`` for what stands
    below it, or ``("screens", id, "title" or "text")`` for a screen.
    """

    stem: str
    at: At

    @property
    def path(self) -> str:
        """Its name in ``translated.<language>.yaml``, and for people."""
        return "/".join((self.stem, *map(str, self.at)))


@dataclass(frozen=True)
class Text:
    """One text: as it is in the source, and in the other language ("" for not yet)."""

    place: Place
    source: str
    target: str
    state: State

    @property
    def path(self) -> str:
        """See `Place.path`."""
        return self.place.path


def file_of(slug: str, language: str) -> str:
    """Where it is kept what a translation was held against."""
    return f"{slug}/translated.{language}.yaml"


def name_of(slug: str, stem: str, language: str) -> str:
    """The file that holds the texts of a stem in a language."""
    return f"{slug}/{stem}.{language}.{'md' if stem in ('lesson', 'job-aid') else 'yaml'}"


def mark(text: str) -> str:
    """A short hash of a source text; blanks at its ends do not count."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:12]


def compared(files: Mapping[str, str], slug: str, source: str, target: str) -> list[Text]:
    """Every text of a module in its source language, with its translation and its state.

    Files that cannot be read have no texts; the content check says what is wrong with them.
    """
    theirs = dict(_texts(files, slug, target))
    held = confirmed(files, slug, target)
    found = []
    for place, text in _texts(files, slug, source):
        other, against = theirs.get(place, ""), held.get(place.path)
        state: State = "there"
        if not other.strip():
            state = "missing"
        elif against and against != mark(text):
            state = "stale"
        found.append(Text(place, text, other, state))
    return found


def confirmed(files: Mapping[str, str], slug: str, language: str) -> dict[str, str]:
    """The hash of the source that each translation was held against, by path."""
    document = Reader(files).document(file_of(slug, language), needed=False)
    pairs = document.data.items() if document else ()
    return {path: one for path, one in pairs if isinstance(one, str)}


def languages(files: Mapping[str, str], slug: str) -> tuple[str, ...]:
    """The languages that a module is taught in, its source first; ("en",) if it names none."""
    document = Reader(files).document(f"{slug}/module.yaml", needed=False)
    given = document.data.get("languages") if document else None
    named = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    return tuple(dict.fromkeys(named)) or ("en",)


def begun(files: Mapping[str, str], slug: str) -> tuple[str, ...]:
    """Every language that a module is, or is being, translated into."""
    taught = languages(files, slug)
    kept = re.compile(rf"{re.escape(slug)}/translated\.([A-Za-z-]+)\.yaml")
    found = (match[1] for path in sorted(files) if (match := kept.fullmatch(path)))
    return tuple(one for one in dict.fromkeys((*taught[1:], *found)) if one != taught[0])


def problems(files: Mapping[str, str], slug: str) -> Iterator[Problem]:
    """Advice on translations whose source has changed since; what is missing stops elsewhere."""
    source, *others = languages(files, slug)
    for language in others:
        file = file_of(slug, language)
        reader = Reader(files)
        document = reader.document(file, needed=False)
        yield from reader.problems
        for path, one in document.data.items() if document else ():
            if document and not isinstance(one, str):
                place = document.place(path)
                sentence = "Found no hash of a source text. Confirm the translation again."
                yield Problem(file, place, sentence)
        for text in compared(files, slug, source, language):
            if text.state == "stale":
                sentence = (
                    f"The text in “{source}” was changed after this was translated. Hold the "
                    "translation against it, and confirm or change it."
                )
                yield Problem(name_of(slug, text.place.stem, language), text.path, sentence, False)


def _texts(files: Mapping[str, str], slug: str, language: str) -> Iterator[tuple[Place, str]]:
    """Every text of a module in a language, in the order in which a reader comes by it."""
    yield from _prose(files, slug, "lesson", language)
    known = re.compile(rf"{re.escape(slug)}/({STEMS.pattern})\.{re.escape(language)}\.yaml")
    stems = sorted(match[1] for path in files if (match := known.fullmatch(path)))
    for stem in sorted(stems, key=lambda one: (one != "questions", one != "scenario", one)):
        document = Reader(files).document(name_of(slug, stem, language), needed=False)
        yield from _leaves(document.data if document else None, stem, ())
    yield from _prose(files, slug, "job-aid", language)


def _prose(
    files: Mapping[str, str], slug: str, stem: str, language: str
) -> Iterator[tuple[Place, str]]:
    file = name_of(slug, stem, language)
    parted = lesson.part(file, files.get(file, ""))
    if isinstance(parted, Problem):
        return
    front = Reader(files).yaml(file, parted.front, parted.front_line)
    yield from _leaves(front.data if front else None, stem, ())
    if stem != "lesson":
        if parted.body.strip():
            yield Place(stem, ("text",)), parted.body.strip()
        return
    for screen in lesson.cut(parted.body):
        first, _, rest = screen.strip().partition("\n")
        if heading := _SCREEN.match(first):
            yield Place(stem, ("screens", heading[1], "title")), heading[2]
            if rest.strip():
                yield Place(stem, ("screens", heading[1], "text")), rest.strip()


def _leaves(data: Any, stem: str, at: At) -> Iterator[tuple[Place, str]]:
    """The texts below ``data``; a list or table of texts is one, a line for each row."""
    if fixed(at, data):
        return
    text = as_text(data)
    if text is not None:
        yield Place(stem, at), text
    for name, one in data.items() if isinstance(data, Mapping) else ():
        yield from _leaves(one, stem, (*at, str(name)))


def fixed(at: At, data: Any) -> bool:
    """Whether a value is the same in every language: a name of the structure, a bare number."""
    if isinstance(data, Mapping):
        return False
    text = as_text(data)
    named = bool(at) and at[-1] in FIXED
    return named or text is None or not any(letter.isalpha() for letter in text)


def as_text(value: Any) -> str | None:
    """A text, list or table of texts as it is edited; None for what is none."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list) or not value:
        return None
    rows = [CELLS.join(one) if _row(one) else one for one in value]
    return "\n".join(rows) if all(isinstance(one, str) for one in rows) else None


def as_value(text: str, like: Any) -> Any:
    """An edited text as the file has it: a list or table where the source (``like``) has one."""
    if not isinstance(like, list):
        return text
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if any(_row(one) for one in like):
        return [[cell.strip() for cell in line.split(CELLS.strip())] for line in lines]
    return lines


def _row(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
