"""Ids: those of items, the story and the lab begin with the id of their module."""

from __future__ import annotations

from modules.course.files.faults import shown
from modules.course.files.marked import At, Document
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader


def ids(parts: Parts) -> None:
    """A folder that was copied and not renumbered would count its answers for another module."""
    if parts.structure:
        for id in parts.items:
            _own(parts, parts.structure, (id, "id"), id)
    for name in ("scenario.yaml", *(f"{lab}.yaml" for lab in parts.lab_files)):
        # Read apart: what is wrong with the file itself was found already.
        document = Reader(parts.reader.files).document(parts.path(name), needed=False)
        own = document.data.get("id") if document else None
        if document and isinstance(own, str):
            _own(parts, document, ("id",), own)


def _own(parts: Parts, document: Document, at: At, id: str) -> None:
    if parts.head and not id.startswith(f"{parts.head.id}-"):
        sentence = f"Found {shown(id)}; expected an id that begins with {parts.head.id}-, as the"
        parts.reader.wrong(document, at, f"{sentence} module’s does. Renumber it.")
