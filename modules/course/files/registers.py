"""The registers of facts, sources and misconceptions, and what of them a module relies on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from modules.basics import Problem
from modules.course import model
from modules.course.facts import cites
from modules.course.files.glossary import definitions
from modules.course.files.marked import At, Document
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.course.files.records import records

REGISTERS = ("facts.yaml", "sources.yaml", "misconceptions.yaml")
KINDS = dict(zip(REGISTERS, (model.Fact, model.Source, model.Misconception), strict=True))


def register(reader: Reader, file: str) -> tuple[Document | None, Mapping[str, Any]]:
    """The records of a register by id, broken ones left out and reported.

    Modules published before there were misconceptions have none.
    """
    if file not in reader.files:
        return reader.document(file, list, needed=file != REGISTERS[-1]), {}
    document, found, problems = _registered(file, reader.files[file])
    reader.problems += problems
    return document, found


@lru_cache(maxsize=32)
def _registered(
    file: str, text: str
) -> tuple[Document | None, Mapping[str, Any], tuple[Problem, ...]]:
    """The same by what is written: every module is read with the same registers."""
    reader = Reader({file: text})
    document = reader.document(file, list)
    found = records(reader, document, KINDS[file])
    return document, found, tuple(reader.problems)


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
    if isinstance(data, list):
        for number, value in enumerate(data):
            yield from _tags(value, (*at, number))
    for name, value in data.items() if isinstance(data, dict) else ():
        if name == "tag" and isinstance(value, str):
            yield (*at, name), value
        elif name == "tags" and isinstance(value, dict):
            yield from (((*at, name, one), tag) for one, tag in value.items())
        elif isinstance(value, dict | list):
            yield from _tags(value, (*at, name))


def _listed(data: Any) -> list[str]:
    if isinstance(data, dict):
        own = data.get("facts")
        here = [id for id in own if isinstance(id, str)] if isinstance(own, list) else []
        deep = (value for value in data.values() if isinstance(value, dict | list))
        return here + [id for value in deep for id in _listed(value)]
    if isinstance(data, list):
        return [id for value in data for id in _listed(value)]
    return []
