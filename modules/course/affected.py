"""What has to be looked at again when a fact or a source changes: every place that relies on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modules.basics import ContentError
from modules.course.facts import cites
from modules.course.files.folder import texts
from modules.course.files.parse import parse
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS, register
from modules.questions.cases import texts as leaves


@dataclass(frozen=True)
class Place:
    """One place that relies on facts: its module ("" for the whole course), kind, id and facts."""

    module: str
    kind: str
    id: str
    facts: tuple[str, ...]


def facts_of(root: Path, id: str) -> tuple[str, ...]:
    """The fact of that id, or all facts of the source of that id. ContentError for neither."""
    files, _ = texts(root, *REGISTERS[:2])
    reader = Reader(files)
    (_, facts), (_, sources) = (register(reader, file) for file in REGISTERS[:2])
    if id in facts:
        return (id,)
    if id in sources:
        return tuple(name for name, fact in facts.items() if fact.source == id)
    raise ContentError(f"{id} is neither in facts.yaml nor in sources.yaml. Correct the id.")


def affected(root: Path, id: str) -> tuple[Place, ...]:
    """Every place below ``root`` that cites or rests on a fact, or on a fact of a source.

    Kinds: screen, item, node, ending, lab, job aid, glossary; and module, where a module lists
    the source itself. Raises ContentError for an id that is in no register.
    """
    wanted = facts_of(root, id)
    files, _ = texts(root, ".")
    found: list[Place] = []
    for slug in sorted({path.partition("/")[0] for path in files if path.endswith("/module.yaml")}):
        head = Reader(files).document(f"{slug}/module.yaml", needed=False)
        for language in (head.data.get("languages") if head else None) or ["en"]:
            parts = parse(files, slug, language)
            found += _module(parts, wanted)
            if parts.head and id in parts.head.sources:
                found.append(Place(parts.head.id, "module", slug, ()))
    for path in sorted(path for path in files if path.startswith("glossary.")):
        document = Reader(files).document(path, list, needed=False)
        for entry in document.data if document else ():
            name = str(entry.get("id")) if isinstance(entry, Mapping) else ""
            found += _place("", "glossary", name, _cited(entry), wanted)
    return tuple(dict.fromkeys(found))


def relies(files: Mapping[str, str], wanted: tuple[str, ...]) -> bool:
    """Whether a published bundle relies on one of these facts: its register keeps what it uses."""
    document = Reader(files).document(REGISTERS[0], list, needed=False)
    return any(entry.get("id") in wanted for entry in (document.data if document else ()))


def _module(parts: Parts, wanted: tuple[str, ...]) -> Iterator[Place]:
    id = parts.head.id if parts.head else parts.slug
    for screen in (parts.screens or {}).values():
        told = [one.prose for one in screen.told]
        yield from _place(id, "screen", screen.id, _cited(told), wanted)
    for item, entry in parts.items.items():
        listed = [str(one) for one in entry.get("facts") or ()]
        yield from _place(id, "item", item, (*listed, *_cited(dict(entry))), wanted)
    story = _yaml(parts, f"scenario.{parts.language}")
    for field, kind in (("nodes", "node"), ("endings", "ending")):
        for name, node in (story.get(field) or {}).items():
            yield from _place(id, kind, str(name), _cited(node), wanted)
    for lab in parts.lab_files:
        structure, told_there = _yaml(parts, lab), _yaml(parts, f"{lab}.{parts.language}")
        used = (*_listed(structure), *_cited(structure), *_cited(told_there))
        yield from _place(id, "lab", lab, used, wanted)
    if parts.aid:
        yield from _place(id, "job aid", parts.aid.title, cites(parts.aid.markdown), wanted)


def _place(
    module: str, kind: str, id: str, used: tuple[str, ...], wanted: tuple[str, ...]
) -> Iterator[Place]:
    if hit := tuple(one for one in dict.fromkeys(used) if one in wanted):
        yield Place(module, kind, id, hit)


def _cited(value: Any) -> tuple[str, ...]:
    return cites("\n".join(leaves(value)))


def _listed(value: Any) -> tuple[str, ...]:
    """What fields called ``facts`` name, however deep."""
    inner = value.values() if isinstance(value, Mapping) else value
    own = value.get("facts") if isinstance(value, Mapping) else None
    here = tuple(str(one) for one in own) if isinstance(own, list) else ()
    if isinstance(value, Mapping | list):
        return here + tuple(id for one in inner for id in _listed(one))
    return ()


def _yaml(parts: Parts, name: str) -> Mapping[str, Any]:
    document = Reader(parts.reader.files).document(parts.path(f"{name}.yaml"), needed=False)
    return document.data if document else {}
