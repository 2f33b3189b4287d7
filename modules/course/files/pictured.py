"""What a module's texts show: every picture and recording, its place, and the files there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from modules import pictured
from modules.basics import Problem
from modules.course.files.folder import KEPT
from modules.course.files.marked import At, Document
from modules.course.files.parts import Parts
from modules.pictured import Picture, Recording

Blame = Callable[[str, bool], None]
"""Notes a sentence at the place of one picture; whether it stops."""


def everything(parts: Parts) -> Iterator[tuple[Picture | Recording, Blame]]:
    """What is shown on screens, in stories, in questions and on the job aid."""
    file = parts.path(f"lesson.{parts.language}.md")
    for screen in (parts.screens or {}).values():
        for part in screen.parts:
            if isinstance(part, Picture | Recording):
                yield part, _at_line(parts, file, part.line, f", screen {screen.id}")
    if parts.aid:
        file = parts.path(f"job-aid.{parts.language}.md")
        for part in pictured.shown(parts.aid.markdown):
            yield part, _at_line(parts, file, parts.aid.line + part.line)
    for item, words in (parts.text.data if parts.text else {}).items():
        stem = words.get("stem") if isinstance(words, Mapping) else None
        for part in pictured.shown(stem) if isinstance(stem, str) else ():
            if parts.text:
                yield part, _in(parts, parts.text, (item, "stem"))
    yield from _story(parts)


def _story(parts: Parts) -> Iterator[tuple[Picture | Recording, Blame]]:
    name = parts.path(f"scenario.{parts.language}.yaml")
    if not parts.scenario or "![" not in parts.reader.files.get(name, ""):
        return
    document = parts.reader.document(name, needed=False)
    for what, places in (("nodes", parts.scenario.nodes), ("endings", parts.scenario.endings)):
        for id, place in places.items():
            for part in pictured.shown(place.story):
                if document:
                    yield part, _in(parts, document, (what, id, "story"))


def held(files: Mapping[str, str], slug: str) -> dict[str, str]:
    """A module's files that are no texts, by path in its folder, each by its SHA-256."""
    return {
        path.removeprefix(f"{slug}/"): text.removeprefix(KEPT)
        for path, text in files.items()
        if path.startswith(f"{slug}/{pictured.FOLDER}") and text.startswith(KEPT)
    }


def transcripts(files: Mapping[str, str], slug: str, language: str) -> dict[str, str]:
    """What recordings say in a language, by path in the module's folder."""
    return {
        path.removeprefix(f"{slug}/"): text.strip()
        for path, text in files.items()
        if path.startswith(f"{slug}/{pictured.FOLDER}") and path.endswith(f".{language}.md")
    }


def found(parts: Parts) -> None:
    """Whatever the texts show is there: nobody learns from a broken picture."""
    there = held(parts.reader.files, parts.slug)
    for part, wrong in everything(parts):
        if not pictured.FILE.fullmatch(part.path):
            sentence = f"Found “{part.path}”; expected a file such as pictures/flood-map.png, in "
            more = "small letters, digits and hyphens. Nothing is loaded from another site."
            wrong(f"{sentence}{more} Put it into pictures/ and name it so.", True)
        elif part.path not in there:
            wrong(f"The file {part.path} is not there. Put it there, or correct its name.", True)


def _at_line(parts: Parts, file: str, line: int, where: str = "") -> Blame:
    def blame(sentence: str, stops: bool) -> None:
        parts.reader.problems.append(Problem(file, f"line {line}{where}", sentence, stops))

    return blame


def _in(parts: Parts, document: Document, at: At) -> Blame:
    return lambda sentence, stops: parts.reader.wrong(document, at, sentence, stops=stops)
