"""The registers of facts, sources and misconceptions, and what of them a module relies on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modules.course import model
from modules.course.facts import cites
from modules.course.files.glossary import definitions
from modules.course.files.marked import At, Document
from modules.course.files.merging import blame
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader

REGISTERS = ("facts.yaml", "sources.yaml", "misconceptions.yaml")
KINDS = dict(zip(REGISTERS, (model.Fact, model.Source, model.Misconception), strict=True))


def register(reader: Reader, file: str) -> tuple[Document | None, dict[str, Any]]:
    """The records of a register by id, broken ones left out and reported.

    Modules published before there were misconceptions have none.
    """
    document = reader.document(file, list, needed=file != REGISTERS[-1])
    kind, found = KINDS[file], dict[str, Any]()
    for index, entry in enumerate(document.data if document else []):
        record = reader.build(kind, entry, blame(document, (index,)) if document else _nowhere)
        if record is not None and record.id in found and document:
            sentence = f"{record.id} is here twice. Rename or delete one."
            reader.wrong(document, (index, "id"), sentence)
        elif record is not None:
            found[record.id] = record
    return document, found


def cited(parts: Parts) -> dict[str, str]:
    """Every fact that a module relies on, with the first file that does."""
    found: dict[str, str] = {}
    for path, text in parts.reader.files.items():
        if path.startswith(f"{parts.slug}/"):
            for id in cites(text):
                found.setdefault(id, path)
    for path, text in definitions(parts.reader.files, parts.slug).items():
        for id in cites(text):
            found.setdefault(id, path)
    labs = [parts.path(f"{name}.yaml") for name in parts.lab_files]
    for document in (parts.structure, *(parts.reader.document(one, needed=False) for one in labs)):
        for id in _listed(document.data) if document else ():
            found.setdefault(id, document.file if document else "")
    return found


def tagged(parts: Parts) -> dict[str, tuple[Document, At]]:
    """Every misconception that an item, the story or the lab names, and where it does first."""
    found: dict[str, tuple[Document, At]] = {}
    for name in ("questions.yaml", "scenario.yaml", *(f"{lab}.yaml" for lab in parts.lab_files)):
        document = Reader(parts.reader.files).document(parts.path(name), object, needed=False)
        for at, tag in _tags(document.data) if document else ():
            if document:
                found.setdefault(tag, (document, at))
    return found


def _tags(data: Any, at: At = ()) -> Iterator[tuple[At, str]]:
    pairs = data.items() if isinstance(data, Mapping) else ()
    for name, value in pairs if not isinstance(data, list) else enumerate(data):
        if name == "tag" and isinstance(value, str):
            yield (*at, name), value
        elif name == "tags" and isinstance(value, Mapping):
            yield from (((*at, name, one), tag) for one, tag in value.items())
        else:
            yield from _tags(value, (*at, name))


def _nowhere(loc: At) -> tuple[Document, At]:
    raise KeyError(loc)


def _listed(data: Any) -> list[str]:
    if isinstance(data, Mapping):
        own = data.get("facts")
        here = [id for id in own if isinstance(id, str)] if isinstance(own, list) else []
        return here + [id for value in data.values() for id in _listed(value)]
    if isinstance(data, list):
        return [id for value in data for id in _listed(value)]
    return []
