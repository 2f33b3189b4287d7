"""Overlays and local facts: known markers, in prose only, with a cite of their law."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from modules import pictured
from modules.basics import LAWS, Problem
from modules.course import facts as fact_texts
from modules.course import local, model
from modules.course.check.prose import leaves
from modules.course.files.marked import At
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.course.local import LocalFact
from modules.course.overlays import Block, blocks

MARKER = re.compile(r"\{\s*([A-Za-z]{2,3})\s*\}")
AT_START = re.compile(r"^(?:>[ \t]?)*(?:[-*+] |\d+[.)] )?\{\s*([A-Za-z]{2,3})\s*\}")
NAMED = re.compile(r"\{\s*local\b[^}]*\}", re.IGNORECASE)
PLACES = {
    "eu": frozenset({"eu"}),
    "uk": frozenset({"uk", "england", "scotland", "wales", "northern"}),
}
"""The jurisdictions of facts that a note of that law may cite, in small letters."""
PROSE = {
    "questions": frozenset({"why", "tempts"}),
    "scenario": frozenset({"story", "consequence", "duty", "reply"}),
    "lab": frozenset({"task", "why", "hints", "aha", "model", "note"}),
}
"""By file, the fields whose texts are read after an answer, or decide nothing."""

Say = Callable[[int, str], None]


def notes(parts: Parts) -> None:
    """Every text of the module: markers and local facts only where they work."""
    for text, prose, words, say in _texts(parts):
        markers(text, prose, words, parts, say)
        if not prose and NAMED.search(text):
            say(0, _elsewhere("A local fact"))


def known(parts: Parts, registry: Mapping[str, LocalFact]) -> None:
    """Every local fact that the module names is in the registry."""
    for path, text in parts.reader.files.items():
        if not path.startswith(f"{parts.slug}/"):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            for found in NAMED.findall(line):
                named = local.LOCAL.fullmatch(found)
                if named is None:
                    sentence = f"Found {found}; expected the form {{local:breach-contact}}."
                elif named[1] not in registry:
                    sentence = f"{named[1]} is not in {local.FILE}; known: {', '.join(registry)}."
                else:
                    continue
                told = f"{sentence} Correct it."
                parts.reader.problems.append(Problem(path, f"line {number}", told))


def empty(registry: Mapping[str, LocalFact]) -> list[Problem]:
    """Advice on local facts that have no value in the file."""
    keys = [key for key, entry in registry.items() if not entry.value]
    if not keys:
        return []
    sentence = (
        f"Empty here: {', '.join(keys)}. Administrators fill them in on the page “Our details”, "
        "for each organisation; until then pages say whom to ask instead."
    )
    return [Problem(local.FILE, "whole file", sentence, stops=False)]


def markers(text: str, prose: bool, words: frozenset[str], parts: Parts, say: Say) -> None:
    """What is wrong with the markers of one text; ``words`` are names in braces of its own."""
    if "{" not in text:
        return
    every = list(blocks(text))
    for block in every:
        for line, marker, first in _markers(block, words):
            law = marker.strip("{} ")
            if law.casefold() not in LAWS:
                if first:
                    told = ", ".join(f"{{{one}}}" for one in LAWS)
                    say(line, f"Found {marker}; known markers: {told}. Correct it.")
            elif law not in LAWS or marker != f"{{{law}}}":
                say(line, f"Found {marker}; expected {{{law.casefold()}}}. Correct it.")
            elif not prose:
                say(line, _elsewhere(f"A paragraph for one law, {marker},"))
            elif not block.law or not first:
                say(
                    line,
                    f"{marker} stands inside a paragraph. Begin a paragraph of its own with it.",
                )
        if block.law and prose:
            _overlay(block, parts, say)
    if prose and any(one.law for one in every) and all(one.law for one in every if one.lines):
        say(0, "Only readers under one law would read anything here. Add neutral text.")


def _overlay(block: Block, parts: Parts, say: Say) -> None:
    told = "\n".join(block.told)
    if not told.strip("> \t\n"):
        say(block.line, f"Nothing stands behind {{{block.law}}}. Write the note, or delete it.")
        return
    facts = parts.reader.files.get("facts.yaml", "")
    known = _jurisdictions(facts)
    named = [known.get(id, "") for id in fact_texts.cites(told)]
    if not any(PLACES[block.law] & set(re.findall(r"[a-z]+", one.casefold())) for one in named):
        law = block.law.upper()
        sentence = f"A note for {law} readers cites no fact of {law} law. Cite one as [@id] in it."
        say(block.line, sentence)


@lru_cache(maxsize=2)
def _jurisdictions(facts: str) -> Mapping[str, str]:
    document = Reader({"facts.yaml": facts}).document("facts.yaml", list)
    return {
        str(one.get("id")): str(one.get("jurisdiction"))
        for one in (document.data if document else ())
        if isinstance(one, Mapping)
    }


def _markers(block: Block, words: frozenset[str]) -> Iterator[tuple[int, str, bool]]:
    """Line in the text, marker, and whether it begins the block: unknown ones count there only."""
    for offset, line in enumerate(block.lines):
        first = AT_START.match(line) if offset == 0 else None
        for found in MARKER.finditer(line):
            if found[1] in words and found[1] not in LAWS:
                continue
            begins = first is not None and first.end() == found.end()
            yield block.line + offset, found.group(), begins


def _elsewhere(what: str) -> str:
    return (
        f"{what} cannot stand here: titles, questions and options are the same for everybody. "
        "Move it to a screen, a reason or the job aid."
    )


def _texts(parts: Parts) -> Iterator[tuple[str, bool, frozenset[str], Say]]:
    """Every text of the module: itself, whether it is prose, its own names, where to complain."""
    nothing = frozenset[str]()
    lesson, noted = parts.path(f"lesson.{parts.language}.md"), parts.reader.problems

    def at_line(file: str, first: int, where: str) -> Say:
        return lambda line, sentence: noted.append(
            Problem(file, f"line {first + line}{where}", sentence)
        )

    for screen in (parts.screens or {}).values():
        where = f", screen {screen.id}"
        yield screen.title, False, nothing, at_line(lesson, screen.line, where)
        for part in screen.parts:
            if not isinstance(part, model.Ask):
                # A caption stands in HTML, where no local fact is filled in.
                prose = not isinstance(part, pictured.Placed)
                yield part.prose, prose, nothing, at_line(lesson, part.line, where)
            if isinstance(part, model.Band):
                yield part.title, False, nothing, at_line(lesson, part.line, where)
    if parts.aid:
        aid = parts.path(f"job-aid.{parts.language}.md")
        yield parts.aid.markdown, True, nothing, at_line(aid, parts.aid.line, "")
    told = parts.path(pictured.FOLDER)
    for path, text in parts.reader.files.items():
        if path.startswith(told) and path.endswith(f".{parts.language}.md"):
            yield text, True, nothing, at_line(path, 1, "")
    if document := parts.front:
        for at, text in leaves(document.data):
            say = _in(parts, document, at)
            yield text, at[-1] == "intro", nothing, say
    for stem, fields in PROSE.items():
        name = parts.path(f"{stem}.{parts.language}.yaml")
        document = Reader(parts.reader.files).document(name, needed=False)
        for at, text in leaves(document.data) if document else ():
            if "{" not in text:  # neither a marker nor a local fact
                continue
            item = parts.items.get(str(at[0]), {}) if stem == "questions" else {}
            prose = bool(fields & {str(one) for one in at[-2:]}) and "cases" not in at
            yield text, prose, _own_names(item), _in(parts, document, at)


def _in(parts: Parts, document: Any, at: At) -> Say:
    return lambda _line, sentence: parts.reader.wrong(document, at, sentence)


def _own_names(item: Mapping[str, Any]) -> frozenset[str]:
    """The words that an item may name in braces: those of its parameters and of its cases."""
    parameters = item.get("parameters")
    names = set(parameters) if isinstance(parameters, Mapping) else set()
    for case in item.get("cases") or ():
        words = case.get("words") if isinstance(case, Mapping) else None
        names |= set(words) if isinstance(words, Mapping) else set()
    return frozenset(str(name) for name in names)
