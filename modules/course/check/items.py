"""Items: what an item needs so that its answer says something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeGuard

from modules.course.files.marked import At, Document
from modules.course.files.parts import Parts

LENGTH_CLUE = 1.6
CHOICES = {"single_choice", "multiple_choice"}


def items(parts: Parts) -> None:
    """Every item: a known objective, one key, no clue by length, a twin."""
    structure, reader = parts.structure, parts.reader
    if not structure:
        return
    delayed = parts.head.delayed.values() if parts.head else ()
    kept = {id for some in delayed for id in some}
    families = Counter(item.get("family") for id, item in parts.items.items() if id not in kept)
    places = {
        entry.get("id"): i for i, entry in enumerate(structure.data) if isinstance(entry, Mapping)
    }
    for id, item in parts.items.items():
        at: At = (places[id],)
        if parts.head and item.get("objective") not in parts.head.objectives:
            known = ", ".join(parts.head.objectives)
            sentence = f"Found {item.get('objective')}; known objectives: {known}. Correct it."
            reader.wrong(structure, (*at, "objective"), sentence)
        family = item.get("family")
        first = next((one for one in parts.items.values() if one.get("family") == family), item)
        for field in ("objective", "difficulty", "critical") if family else ():
            if item.get(field, False) != first.get(field, False):
                sentence = (
                    f"{field} is {item.get(field, False)} here and {first.get(field, False)} in "
                    f"{first.get('id')}; items of one family ask the same idea. Make them agree."
                )
                reader.wrong(structure, (*at, field), sentence)
        if item.get("critical") is True and (not family or families[family] < 2):
            sentence = (
                f"{id} is critical and has no twin. Write another item and give both a family."
            )
            parts.standard(structure, at, sentence)
        options = item.get("options")
        if item.get("kind") in CHOICES and _records(options):
            _options(parts, structure, at, item, options)
    if parts.head and parts.head_file:
        measured = {item.get("objective") for item in parts.items.values()}
        for index, objective in enumerate(parts.head.objectives):
            if objective not in measured:
                sentence = f"No item asks about {objective}. Write one, or drop the objective."
                parts.standard(parts.head_file, ("objectives", index), sentence)


def _records(value: Any) -> TypeGuard[list[Mapping[str, Any]]]:
    return isinstance(value, list) and all(isinstance(part, Mapping) for part in value)


def _options(
    parts: Parts, document: Document, at: At, item: Mapping[str, Any], options: list[Any]
) -> None:
    reader = parts.reader
    keys = [option for option in options if option.get("key") is True]
    if not keys or (item.get("kind") == "single_choice" and len(keys) > 1):
        wanted = "exactly one" if item.get("kind") == "single_choice" else "at least one"
        sentence = f"Found {len(keys)} options with key: true; expected {wanted}. Mark it."
        reader.wrong(document, (*at, "options"), sentence)
    lengths = [len(str(option.get("text", ""))) for option in options if option not in keys]
    if len(keys) == 1 and lengths and all(lengths):
        times = len(str(keys[0].get("text", ""))) * len(lengths) / sum(lengths)
        if times > LENGTH_CLUE and parts.text:
            sentence = (
                f"The right option is {times:.1f} times as long as the others: a clue. Trim it."
            )
            reader.wrong(parts.text, (item["id"], "options"), sentence, stops=False)
