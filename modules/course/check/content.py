"""All content below a folder, held against every rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from modules.basics import Problem
from modules.course import local, model
from modules.course.check.changes import changes
from modules.course.check.citizens import citizens
from modules.course.check.course import as_listed, course
from modules.course.check.feedback import feedback
from modules.course.check.forms import forms
from modules.course.check.grounds import grounds
from modules.course.check.ids import ids
from modules.course.check.items import items
from modules.course.check.library import library, marked_terms, unmarked
from modules.course.check.matchings import matchings
from modules.course.check.media import measured_in, media
from modules.course.check.notes import empty, known, notes
from modules.course.check.practical import labs, stories
from modules.course.check.prose import prose
from modules.course.check.registers import believed, registered, reviewed, unshown, unused
from modules.course.check.sittings import sittings
from modules.course.check.style import style
from modules.course.facts import cites as cites_of
from modules.course.files.folder import texts
from modules.course.files.glossary import terms_used
from modules.course.files.links import links
from modules.course.files.parse import parse
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS, cited, register, tagged

RULES: tuple[Callable[[Parts], None], ...] = (
    sittings,
    ids,
    forms,
    items,
    style,
    feedback,
    matchings,
    stories,
    labs,
    prose,
    notes,
    marked_terms,
    changes,
)


def problems(root: Path, today: date | None = None) -> list[Problem]:
    """Every problem of the content below ``root``, by file; advice has ``stops=False``.

    ``today`` is the day on which facts are judged for their review; None judges none.
    """
    found, cards = course(root)
    written, unreadable = texts(root, *REGISTERS, *local.present(root))
    reader = Reader(written)
    (document, facts), (origins, sources), (beliefs, misconceptions) = (
        register(reader, file) for file in REGISTERS
    )
    entries = local.registry(reader)
    found += unreadable + reader.problems + reviewed(document, facts, sources, today)
    found += empty(entries)
    records = (facts, sources, misconceptions, entries)
    beside, used, marked = library(root, facts, sources, entries)
    found += beside
    shown: set[str] = set()
    named: set[str] = set()
    folders = {path.parent.name for path in root.glob("*/module.yaml")}
    for slug in sorted(folders | {card.slug for card in cards if not card.planned}):
        theirs, cites, tags, origin = _module(root, slug, written, records, cards)
        found += theirs
        used |= cites
        marked |= set(terms_used(texts(root, slug)[0], slug))
        shown |= tags
        named |= origin
    shared, _ = texts(root, *(path.name for path in root.glob("*.*") if path.name not in REGISTERS))
    used |= {id for text in shared.values() for id in cites_of(text)}
    found += citizens(shared) + citizens(written)
    named |= {fact.source for fact in facts.values()}
    if document:
        found += unused(document, facts, used, "lesson or term of the glossary")
    if origins:
        found += unused(origins, sources, named, "fact or module")
    found += unmarked(root, marked)
    if beliefs:
        found += unshown(beliefs, misconceptions, shown)
    placed = [replace(problem, file=f"{root.name}/{problem.file}") for problem in found]
    return sorted(dict.fromkeys(placed), key=lambda problem: (problem.file, not problem.stops))


def _module(
    root: Path,
    slug: str,
    registers: Mapping[str, str],
    records: tuple[Mapping[str, Any], ...],
    cards: tuple[model.ModuleCard, ...],
) -> tuple[list[Problem], set[str], set[str], set[str]]:
    facts, sources, misconceptions, entries = records
    glossaries = sorted(path.name for path in root.glob("glossary.*.yaml"))
    written, found = texts(root, slug)
    broken = {problem.file for problem in found}
    found += citizens(written)
    readable = {**registers, **texts(root, *glossaries)[0], **written}
    languages = _languages(readable, slug)
    used: set[str] = set()
    shown: set[str] = set()
    named: set[str] = set()
    held = measured_in(root, written)
    for language in languages:
        parts = parse(readable, slug, language)
        links(parts)
        for rule in RULES:
            rule(parts)
        media(parts, held)
        registered(parts, facts, sources)
        grounds(parts, facts)
        believed(parts, misconceptions)
        known(parts, entries)
        as_listed(parts, cards)
        # A file that could not be decoded or is empty has been reported once already.
        found += [p for p in parts.reader.problems if p.file not in broken]
        used |= set(cited(parts))
        shown |= set(tagged(parts))
        named |= set(parts.head.sources if parts.head else ())
    return found, used, shown, named


def _languages(written: Mapping[str, str], slug: str) -> tuple[str, ...]:
    document = Reader(written).document(f"{slug}/module.yaml", needed=False)
    given = document.data.get("languages") if document else None
    named = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    return tuple(dict.fromkeys(named)) or ("en",)
