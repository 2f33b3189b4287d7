"""The items: questions.yaml and its text made one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules.basics import ContentError
from modules.course.files.faults import shown
from modules.course.files.marked import At, Document
from modules.course.files.merging import blame, fitting
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.questions import QUESTION_TYPES, Question


def read_items(parts: Parts) -> None:
    """Read every item: as written where its text is missing, as a question where all is well."""
    reader = parts.reader
    structure = parts.structure = reader.document(parts.path("questions.yaml"), list)
    text = parts.text = reader.document(parts.path(f"questions.{parts.language}.yaml"))
    if not structure:
        return
    places: dict[str, int] = {}
    for index, entry in enumerate(structure.data):
        id = entry.get("id") if isinstance(entry, Mapping) else None
        if not isinstance(id, str):
            reader.wrong(structure, (index,), "An item begins with “- id: M01-Q01”. Give it an id.")
        elif id in places:
            first = structure.place(places[id])
            reader.wrong(
                structure, (index,), f"{id} is here twice, first on {first}. Renumber one."
            )
        else:
            places[id] = index
            parts.items[id] = entry
    if not text:
        return
    reader.pair(places, text, (), text.data, "item")
    for id, index in places.items():
        words = text.data.get(id)
        if isinstance(words, Mapping):
            merged = _item(reader, structure, (index,), text, (id,))
            if merged is None:
                continue
            parts.items[id] = merged
            kind = QUESTION_TYPES.get(str(merged.get("kind")), Question)
            data = {name: value for name, value in merged.items() if name != "family"}
            question = reader.build(kind, data, blame(structure, (index,), text, (id,)))
            if question is not None and kind is not Question:
                parts.questions[id] = question
        elif words is not None:
            sentence = f"Found {shown(words)}; expected stem, options and so on. Indent them."
            reader.wrong(text, (id,), sentence)


def _item(
    reader: Reader, structure: Document, at: At, text: Document, there: At
) -> dict[str, Any] | None:
    entry, fits = structure.at(*at), fitting(reader, structure, at, text, there)
    kind = QUESTION_TYPES.get(str(entry.get("kind")), Question)
    try:
        return kind.merge(entry, fits)
    except (ContentError, ValueError, AttributeError, TypeError) as error:
        field = str(error).partition(":")[0]
        at = (*there, field) if field in fits else there
        reader.wrong(text, at, f"The text does not fit {structure.file}: {error}. Mend it.")
        return None
