"""All content below a folder, held against every rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from modules.basics import Problem
from modules.course import local, model, translations
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
from modules.course.files.library import AIDS
from modules.course.files.links import links
from modules.course.files.parse import parse
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS, cited, register, tagged
from modules.course.media import Medium

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


@dataclass(frozen=True)
class Beside:
    """What a module is held against: the registers' records, local facts, the course's list."""

    facts: Mapping[str, model.Fact]
    sources: Mapping[str, model.Source]
    misconceptions: Mapping[str, model.Misconception]
    entries: Mapping[str, local.LocalFact]
    cards: tuple[model.ModuleCard, ...]


@dataclass(frozen=True)
class Found:
    """What is wrong with a module, and which facts, misconceptions and sources it relies on."""

    problems: list[Problem]
    facts: set[str]
    shown: set[str]
    named: set[str]


def problems(root: Path, today: date | None = None) -> list[Problem]:
    """Every problem of the content below ``root``, by file; advice has ``stops=False``.

    ``today`` is the day on which facts are judged for their review; None judges none.
    """
    files, unreadable = texts(root, "")
    # Other folders are looked at by whoever reads them.
    ours = {*_slugs(files), AIDS}
    broken = [one for one in unreadable if "/" not in one.file or one.file.split("/")[0] in ours]
    found = broken + problems_of(files, _measured(root, files), {one.file for one in broken}, today)
    placed = [replace(problem, file=f"{root.name}/{problem.file}") for problem in found]
    return sorted(dict.fromkeys(placed), key=lambda problem: (problem.file, not problem.stops))


def problems_of(
    files: Mapping[str, str],
    measured: Mapping[str, Medium],
    broken: Collection[str] = (),
    today: date | None = None,
) -> list[Problem]:
    """Every problem of a content folder's files by path, but those of ``broken`` ones."""
    wrong, cards = course(files)
    found = [one for one in wrong if one.file not in broken]
    reader = Reader(files)
    (document, facts), (origins, sources), (beliefs, misconceptions) = (
        register(reader, file) for file in REGISTERS
    )
    entries = local.registry(reader)
    found += reader.problems + reviewed(document, facts, sources, today)
    found += empty(entries)
    held = Beside(facts, sources, misconceptions, entries, cards)
    theirs, used, marked = library(files, facts, sources, entries)
    found += theirs
    shown, named = set[str](), {fact.source for fact in facts.values()}
    for slug in sorted(_slugs(files) | {card.slug for card in cards if not card.planned}):
        module = of_module(files, slug, held, measured)
        # A file that could not be decoded or is empty has been reported once already.
        found += [one for one in module.problems if one.file not in broken]
        used |= module.facts
        marked |= set(terms_used(files, slug))
        shown |= module.shown
        named |= module.named
    shared = {path: text for path, text in files.items() if "/" not in path}
    used |= {id for path, text in shared.items() if path not in REGISTERS for id in cites_of(text)}
    found += citizens(shared)
    if document:
        found += unused(document, facts, used, "lesson or term of the glossary")
    if origins:
        found += unused(origins, sources, named, "fact or module")
    found += unmarked(files, marked)
    if beliefs:
        found += unshown(beliefs, misconceptions, shown)
    return found


def beside(files: Mapping[str, str]) -> Beside:
    """What a module of these files is held against; whatever is wrong with it is told elsewhere."""
    reader = Reader(files)
    facts, sources, misconceptions = (register(reader, file)[1] for file in REGISTERS)
    return Beside(facts, sources, misconceptions, local.registry(reader), course(files)[1])


def of_module(
    files: Mapping[str, str], slug: str, beside: Beside, measured: Mapping[str, Medium]
) -> Found:
    """What is wrong with one module of a content folder's files, in all its languages.

    ``measured`` are its pictures and recordings by path; one that is not among them is not kept.
    """
    found = citizens({path: text for path, text in files.items() if path.startswith(f"{slug}/")})
    facts, shown, named = set[str](), set[str](), set[str]()
    found += translations.problems(files, slug)
    for language in translations.languages(files, slug):
        parts = parse(files, slug, language)
        links(parts)
        for rule in RULES:
            rule(parts)
        media(parts, measured)
        cites, tags = cited(parts), tagged(parts)
        registered(parts, cites, beside.facts, beside.sources)
        grounds(parts, beside.facts)
        believed(parts, tags, beside.misconceptions)
        known(parts, beside.entries)
        as_listed(parts, beside.cards)
        found += parts.reader.problems
        facts |= set(cites)
        shown |= set(tags)
        named |= set(parts.head.sources if parts.head else ())
    return Found(found, facts, shown, named)


def _measured(root: Path, files: Mapping[str, str]) -> dict[str, Medium]:
    slugs = _slugs(files)
    theirs = {path: text for path, text in files.items() if path.split("/")[0] in slugs}
    return measured_in(root, theirs)


def _slugs(files: Mapping[str, str]) -> set[str]:
    return {
        path.split("/")[0]
        for path in files
        if path.endswith("/module.yaml") and path.count("/") == 1
    }
