"""A draft looked at: what is wrong with it, and as much of it as a learner could be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from modules.basics import NEUTRAL, ContentError, Problem, Words
from modules.course.check.content import Beside, beside, of_module
from modules.course.check.registers import reviewed, unused
from modules.course.files import bundle_of
from modules.course.files.folder import KEPT, texts
from modules.course.files.links import links
from modules.course.files.own_records import beside_shipped, clashes, is_register
from modules.course.files.parse import parse
from modules.course.files.partial import partly
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS, register
from modules.course.local import FILE
from modules.course.media import Medium
from modules.course.model import Module
from modules.course.overlays import module_under

SHARED = (*REGISTERS, "course.yaml", FILE)


def shipped(root: Path) -> Mapping[str, str]:
    """What is shipped beside the modules: registers, glossaries, local facts, the course's list."""
    paths = sorted(path for path in root.glob("*.yaml") if path.is_file())
    return _shipped(root, tuple((path.name, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=4)
def _shipped(root: Path, state: tuple[tuple[str, int], ...]) -> Mapping[str, str]:
    names = [name for name, _ in state if name in SHARED or name.startswith("glossary.")]
    found, problems = texts(root, *names)
    if problems:
        raise ContentError(problems)
    return found


def problems(
    files: Mapping[str, str],
    slug: str,
    shipped: Mapping[str, str],
    today: date | None = None,
    measured: Mapping[str, Medium] | None = None,
) -> tuple[Problem, ...]:
    """Everything wrong with a draft's module, what stops a publication first; each said once.

    ``measured`` are its pictures and recordings by path; without it all count as kept and sound.
    """
    whole = beside_shipped(files, shipped)
    # A draft may be called otherwise than the shipped list says: `courses.of` lists it as it is.
    held = replace(beside(whole), cards=())
    if measured is None:
        kept = (path for path, text in files.items() if text.startswith(KEPT))
        measured = {path: Medium("", 0, 0, 0) for path in kept}
    module = of_module(whole, slug, held, measured)
    found = _own_records(files, shipped) + _own_facts(files, held, today, module.facts)
    found += [one for one in module.problems if not is_register(one.file)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: not one.stops))


def _own_records(files: Mapping[str, str], shipped: Mapping[str, str]) -> list[Problem]:
    """What is wrong with a draft's own records, by the lines of its own files."""
    found = clashes(files, shipped)
    for file in REGISTERS:
        if files.get(file, "").strip():
            reader = Reader({file: files[file]})
            register(reader, file)
            found += [one for one in reader.problems if one not in found]
    return found


def _own_facts(
    files: Mapping[str, str], held: Beside, today: date | None, used: set[str]
) -> list[Problem]:
    """Facts of one's own: their source is registered, they are reviewed in time, and used."""
    file = REGISTERS[0]
    if not files.get(file, "").strip():
        return []
    document, facts = register(Reader(files), file)
    found = reviewed(document, facts, held.sources, today)
    idle = unused(document, facts, used, "text") if document else []
    return found + [Problem(one.file, one.place, one.sentence, stops=False) for one in idle]


def bundled(files: Mapping[str, str], slug: str, shipped: Mapping[str, str]) -> dict[str, str]:
    """A draft as a revision would keep it. Raises ContentError for what cannot be read."""
    return bundle_of(beside_shipped(files, shipped), slug)


def shown(
    files: Mapping[str, str],
    slug: str,
    shipped: Mapping[str, str],
    say: Words,
    language: str = "en",
    law: str = NEUTRAL,
) -> Module | None:
    """A draft as learners would have it, with a sentence where something cannot be shown yet.

    None where not even the module's steps can be read.
    """
    parts = parse(beside_shipped(files, shipped), slug, language)
    links(parts)

    def told(what: str, why: str) -> str:
        names = {
            "question": say("studio.gap.question"),
            "screen": say("studio.gap.screen"),
            "story": say("studio.gap.story"),
            "lab": say("studio.gap.lab"),
            "aid": say("studio.gap.aid"),
        }
        return say("studio.gap", what=names[what], why=why or say("studio.gap.missing")).strip()

    module = partly(parts, told)
    return module_under(module, law) if module else None
