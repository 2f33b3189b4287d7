"""The glossary and the job aids: defined once, marked where they are known, one page each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from modules.basics import Problem
from modules.course import lesson, local, model
from modules.course.check.prose import faults
from modules.course.facts import cites
from modules.course.files.glossary import glossaries, glossary, terms_used
from modules.course.files.library import AIDS, read_aids
from modules.course.files.marked import Document
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.course.terms import TERM, named
from modules.pictured import words

# Words that say what the law says: a definition with one of them names its source.
LAW = re.compile(r"\b(?:GDPR|AI Act|by law|the law (?:says|means|calls)|legal term)\b")
PLAIN = "shows no pictures: it has no folder for them. Take it out, or move it into a module."
# Where terms are not marked: a question must not hide its answer behind a word.
UNMARKED = ("questions", "scenario", "lab")


def library(
    files: Mapping[str, str],
    facts: Mapping[str, model.Fact],
    sources: Mapping[str, model.Source],
    own: Collection[str],
) -> tuple[list[Problem], set[str], set[str]]:
    """Problems of glossary and job aids, the facts they cite, the terms that job aids mark.

    ``own`` are the keys that an organisation can fill in.
    """
    reader = Reader(files)
    used: set[str] = set()
    marked: set[str] = set()
    for name in glossaries(files):
        language = name.split(".")[1]
        document, terms = glossary(reader, language)
        if document:
            used |= _defined(reader, document, terms, facts)
        for stem, aid in read_aids(reader, language).items():
            path = f"{AIDS}/{stem}.{language}.md"
            reader.problems += one_page(path, aid)
            reader.problems += _aid(path, aid, facts, sources, terms, own)
            used |= set(cites(aid.markdown))
            marked |= set(named(aid.markdown))
    return reader.problems, used, marked


def marked_terms(parts: Parts) -> None:
    """The terms of a module's texts are known, and questions mark none."""
    reader = parts.reader
    _, known = glossary(Reader(reader.files), parts.language)
    for id, path in terms_used(reader.files, parts.slug).items():
        if id not in known:
            sentence = f"The term {id} is not in the glossary. Correct the id, or define it there."
            reader.problems.append(Problem(path, f"line {_line(reader, path, id)}", sentence))
    for stem in UNMARKED:
        path = parts.path(f"{stem}.{parts.language}.yaml")
        for id in named(reader.files.get(path, "")):
            sentence = f"The term {id} is marked here. Mark it in the lesson; here write the word."
            place = f"line {_line(reader, path, id)}"
            reader.problems.append(Problem(path, place, sentence, not parts.own))
    if parts.aid:
        found = one_page(parts.path(f"job-aid.{parts.language}.md"), parts.aid)
        reader.problems += [replace(one, stops=not parts.own) for one in found]


def unmarked(files: Mapping[str, str], marked: Collection[str]) -> list[Problem]:
    """Advice on terms that no text marks."""
    reader = Reader(files)
    for name in glossaries(files):
        document, terms = glossary(Reader(reader.files), name.split(".")[1])
        for index, entry in enumerate(document.data if document else ()):
            id = entry.get("id") if isinstance(entry, Mapping) else None
            if document and id in terms and id not in marked:
                sentence = f"No text marks {id}. Write [word](term:{id}) where it first matters."
                reader.wrong(document, (index, "id"), sentence, stops=False)
    return reader.problems


def one_page(file: str, aid: model.JobAid) -> Iterator[Problem]:
    """A job aid that would not fit on one A4 page in readable type."""
    if (lines := lesson.printed_lines(aid.markdown)) > lesson.PAGE_LINES:
        sentence = (
            f"The job aid needs about {lines} printed lines and one A4 page holds "
            f"{lesson.PAGE_LINES}. Shorten it; an empty line between blocks counts as half."
        )
        yield Problem(file, f"line {aid.line}", sentence)


def _defined(
    reader: Reader,
    document: Document,
    terms: Mapping[str, model.Term],
    facts: Mapping[str, model.Fact],
) -> set[str]:
    used: set[str] = set()
    seen: dict[str, str] = {}
    for index, entry in enumerate(document.data):
        term = terms.get(str(entry.get("id"))) if isinstance(entry, Mapping) else None
        if term is None:
            continue
        at: tuple[Any, ...] = (index, "definition")
        other = seen.setdefault(term.term.casefold(), term.id)
        if other != term.id:
            sentence = f"“{term.term}” is defined as {other} too. Keep one."
            reader.wrong(document, (index, "term"), sentence)
        for name in term.see:
            if name not in terms or name == term.id:
                sentence = f"See also names {name}, which is no other term here. Correct the id."
                reader.wrong(document, (index, "see"), sentence)
        if "![" in term.definition:
            reader.wrong(document, at, f"A definition {PLAIN}")
        cited = cites(term.definition)
        used |= set(cited)
        for id in cited:
            if id not in facts:
                sentence = f"The fact {id} is not in facts.yaml. Correct or register it."
                reader.wrong(document, at, sentence)
        if not cited and (law := LAW.search(term.definition)):
            sentence = f"“{law.group()}” says what the law is. Cite a fact as [@id]."
            reader.wrong(document, at, sentence)
        if TERM.search(term.definition):
            reader.wrong(document, at, "A definition marks no terms. Name them under “see”.")
        for _, sentence, _ in faults(term.definition):
            reader.wrong(document, at, sentence)
    return used


def _aid(
    path: str,
    aid: model.JobAid,
    facts: Mapping[str, model.Fact],
    sources: Mapping[str, model.Source],
    terms: Mapping[str, model.Term],
    own: Collection[str],
) -> Iterator[Problem]:
    for line, sentence, _ in faults(words(aid.markdown)):
        yield Problem(path, f"line {aid.line + line}", sentence)
    if "![" in aid.markdown:
        yield Problem(path, f"line {aid.line}", f"A job aid of no module {PLAIN}")
    checks: tuple[tuple[str, tuple[str, ...], Collection[str], str], ...] = (
        ("fact", cites(aid.markdown), facts, "facts.yaml"),
        ("source", aid.sources, sources, "sources.yaml"),
        ("term", named(aid.markdown), terms, "the glossary"),
        ("local fact", local.keys(aid.markdown), own, "local.yaml"),
    )
    for what, ids, known, file in checks:
        for id in ids:
            if id not in known:
                sentence = f"The {what} {id} is not in {file}. Correct the id, or register it."
                yield Problem(path, f"line {aid.line}", sentence)


def _line(reader: Reader, path: str, id: str) -> int:
    lines = reader.files.get(path, "").splitlines()
    return next((n for n, line in enumerate(lines, 1) if f"(term:{id})" in line), 1)
