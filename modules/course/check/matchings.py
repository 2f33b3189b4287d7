"""Matchings: each left tempts to some wrong partner, and no partner is there for show."""

from __future__ import annotations

from modules.course.check.feedback import mapping, records
from modules.course.files.parts import Parts

LEFT = (
    "Found no tags; expected the misconception that a wrong partner shows, under that partner’s "
    "id. Tag the one that tempts most."
)
RIGHT = (
    "Found no tag for this one, which fits none on the left; expected the misconception that "
    "choosing it shows. Tag it at the left where it tempts most, or delete it."
)


def matchings(parts: Parts) -> None:
    """Not every pair needs a tag: few tempt, and a tag on the others would diagnose nothing."""
    structure, wrong = parts.structure, parts.standard
    for id, item in parts.items.items():
        if structure is None or item.get("kind") != "matching":
            continue
        named = set[str]()
        for number, left in records(item.get("left")):
            named |= {str(left.get("to")), *mapping(left.get("tags"))}
            if not left.get("tags"):
                wrong(structure, (id, "left", number), LEFT)
        for number, right in records(item.get("right")):
            if right.get("id") not in named:
                wrong(structure, (id, "right", number), RIGHT)
