"""Structure and one language's text made one, and which of the two a fault is in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from modules.course.files.marked import At, Document, inside
from modules.course.files.reader import Reader

STRUCTURE = {"id", "kind", "key", "tag", "goto", "when", "meters", "objective", "difficulty"}
STRUCTURE |= {"critical", "facts", "family", "parameters", "answer", "tolerance", "value"}
STRUCTURE |= {"rank", "first", "second", "to", "tags", "supports"}
WRITTEN = {"stem", "text", "why", "source", "unit", "title", "story", "question", "hint"}
WRITTEN |= {"consequence", "duty", "task"}
WRITTEN |= {"sentence", "label", "accept", "tempts", "passage", "lines"}


def fitting(reader: Reader, one: Document, at: At, two: Document, there: At) -> dict[str, Any]:
    """The text at ``there`` of ``two`` that fits the structure at ``at`` of ``one``."""
    structure, text = one.at(*at), two.at(*there)
    fits: dict[str, Any] = {}
    for name, value in text.items():
        steps = _records(structure.get(name))
        if name in STRUCTURE or (name in structure and steps is None):
            sentence = f"“{name}” belongs in {one.file}: text cannot change it. Delete it here."
            reader.wrong(two, (*there, name), sentence)
        elif steps is None or not isinstance(value, dict) or name == "cases":
            # The words of a case have names of the writer's own.
            fits[name] = value
        else:
            fits[name] = {
                id: fitting(reader, one, (*at, name, steps[id]), two, (*there, name, id))
                if isinstance(inner, dict)
                else inner
                for id, inner in value.items()
                if id in steps
            }
    for name, value in structure.items():
        if name in STRUCTURE or (name == "traps" and name not in text):
            continue
        if steps := _records(value):
            given = text.get(name)
            spare = [id for id, step in steps.items() if _told(inside(value, step))]
            reader.pair(steps, two, (*there, name), given, f"{name}:", spare)
    return fits


def blame(
    one: Document, at: At = (), two: Document | None = None, there: At = ()
) -> Callable[[At], tuple[Document, At]]:
    """Which file, and where in it, a place in merged data comes from."""

    def place(loc: At) -> tuple[Document, At]:
        steps, others, data = list(at), list(there), one.at(*at)
        for step in loc:
            if isinstance(data, Mapping) and step not in data and data.get("kind") == step:
                continue  # pydantic names the chosen member of a union here
            steps.append(step)
            data = inside(data, step)
            named = isinstance(step, int) and isinstance(data, Mapping)
            others.append(data.get("id", data.get("tag", step)) if named else step)
        if two and (
            (loc and loc[-1] in WRITTEN) or (one.at(*steps) is None and two.at(*others) is not None)
        ):
            return two, tuple(others)
        return one, tuple(steps)

    return place


def laid(structure: Any, text: Any) -> Any:
    """Text laid over structure: mappings by key, lists of records by id, bare ids to texts."""
    if isinstance(structure, Mapping) and isinstance(text, Mapping):
        both = {name: laid(value, text.get(name)) for name, value in structure.items()}
        return both | {name: value for name, value in text.items() if name not in structure}
    if isinstance(structure, list) and isinstance(text, Mapping):
        if all(isinstance(part, str) for part in structure):
            return {id: text.get(id) for id in structure}
        return [
            laid(part, text.get(part.get("id"))) if isinstance(part, Mapping) else part
            for part in structure
        ]
    return structure


def _told(part: Any) -> bool:
    """Whether a record is a row of data that is as it should be: there is nothing to add to it."""
    return isinstance(part, Mapping) and "cells" in part and not part.get("problem")


def _records(value: Any) -> dict[str, str | int] | None:
    """The steps to what needs text in a list of ids or records, or a mapping of records."""
    if isinstance(value, list) and value:
        if all(isinstance(part, str) for part in value):
            return {part: index for index, part in enumerate(value)}
        if all(isinstance(part, dict) for part in value):
            names = [part.get("id", part.get("tag")) for part in value]
            if all(isinstance(name, str) for name in names):
                return {name: index for index, name in enumerate(names)}
    parts = value.values() if isinstance(value, dict) else ()
    if parts and all(isinstance(part, dict) for part in parts):
        return {name: name for name in value}
    return None
