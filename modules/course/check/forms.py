"""Forms and the reserve: who asks which item."""

from __future__ import annotations

from collections.abc import Mapping

from modules.course import model
from modules.course.files.marked import At, Document
from modules.course.files.parts import Parts

ITEMS_IN_CHECK = 6


def forms(parts: Parts) -> None:
    """Forms share no item; the check has six, some critical, each critical one with a twin."""
    head, document, reader = parts.head, parts.head_file, parts.reader
    if not head or not document or not parts.structure:
        return
    asked: dict[str, str] = {}
    names: set[str] = set()
    for i, sitting in enumerate(head.sittings):
        for j, step in enumerate(sitting.steps):
            if step.kind != "questions":
                continue
            at: At = ("sittings", i, "steps", j, "items")
            for item in step.items:
                if item in asked:
                    sentence = (
                        f"{item} is already in {asked[item]}. Forms share no item: pick another."
                    )
                    reader.wrong(document, at, sentence)
                asked[item] = f"form “{step.form}”"
            if step.form in names or step.form == "practice":
                sentence = f"The form “{step.form}” is already taken. Choose another name."
                reader.wrong(document, (*at[:-1], "form"), sentence)
            names.add(step.form)
            if step.form == "check":
                _check_form(parts, document, at, step.items)
    for item in head.reserve:
        if item in asked:
            sentence = f"{item} is already in {asked[item]}. The reserve is unseen: pick another."
            reader.wrong(document, ("reserve",), sentence)
        asked[item] = "the reserve"
    inside = (part for screen in (parts.screens or {}).values() for part in screen.parts)
    placed = {part.item for part in inside if isinstance(part, model.Ask)}
    for index, entry in enumerate(parts.structure.data if parts.screens is not None else ()):
        id = entry.get("id") if isinstance(entry, Mapping) else None
        if id in parts.items and id not in asked and id not in placed:
            sentence = f"Nothing asks {id}. Put it in a form, the reserve or a screen."
            reader.wrong(parts.structure, (index,), sentence, stops=False)


def _check_form(parts: Parts, document: Document, at: At, items: tuple[str, ...]) -> None:
    reader = parts.reader
    if len(items) != ITEMS_IN_CHECK:
        sentence = f"Found {len(items)} items; a check has {ITEMS_IN_CHECK}. Add or remove some."
        reader.wrong(document, at, sentence)
    critical = [id for id in items if parts.items.get(id, {}).get("critical") is True]
    if not critical:
        sentence = "No item of the check is critical. Mark those that nobody may get wrong."
        reader.wrong(document, at, sentence)
