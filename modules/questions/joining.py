"""Structure and one language's text of a question made one, so that text cannot change a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def join(
    structure: Mapping[str, Any], text: Mapping[str, Any], fields: frozenset[str], by: str = "id"
) -> dict[str, Any]:
    """Add the ``fields`` of text to structure; parts of a list are matched by their ``by``.

    Raises ValueError for any other field in text, and for parts that structure lacks.
    """
    joined = dict(structure)
    for field, value in text.items():
        here = structure.get(field)
        if field == "cases" and isinstance(here, list) and isinstance(value, Mapping):
            if odd := sorted(map(str, value.keys() - set(here))):
                raise ValueError(f"cases: there are words for unknown {odd}")
            joined[field] = [{"id": one, "words": value.get(one, {})} for one in here]
            continue
        if field not in fields:
            raise ValueError(f"{field}: this belongs in the structure file, not in a text file")
        if isinstance(here, list | tuple) and isinstance(value, Mapping):
            spare = value.keys() - {part.get(by) for part in here}
            if spare:
                raise ValueError(f"{field}: there is text for unknown {sorted(map(str, spare))}")
            joined[field] = [join(part, value.get(part.get(by), {}), fields, by) for part in here]
        else:
            joined[field] = value
    return joined


def join_with_traps(
    structure: Mapping[str, Any], text: Mapping[str, Any], fields: frozenset[str]
) -> dict[str, Any]:
    """As `join`, for types whose traps have their reasons by tag: ``{tag: reason}``."""
    rest = {field: value for field, value in text.items() if field != "traps"}
    reasons = {tag: {"why": why} for tag, why in text.get("traps", {}).items()}
    traps = join(
        {"traps": structure.get("traps", [])},
        {"traps": reasons},
        frozenset({"traps", "why"}),
        "tag",
    )
    return join(structure, rest, fields) | traps
