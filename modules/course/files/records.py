"""A list of records in a file, by their ids."""

from __future__ import annotations

from typing import Any

from modules.course.files.marked import Document
from modules.course.files.merging import blame
from modules.course.files.reader import Reader


def records(reader: Reader, document: Document | None, kind: type[Any]) -> dict[str, Any]:
    """The entries of a list as records by id, broken ones left out and reported."""
    found = dict[str, Any]()
    for index, entry in enumerate(document.data if document else []):
        assert document is not None
        record = reader.build(kind, entry, blame(document, (index,)))
        if record is not None and record.id in found:
            sentence = f"{record.id} is here twice. Rename or delete one."
            reader.wrong(document, (index, "id"), sentence)
        elif record is not None:
            found[record.id] = record
    return found
