"""People and units to choose from, as select boxes show them."""

from __future__ import annotations

from collections.abc import Iterable

from modules.admin.deputies import Choice
from modules.admin.structure import Placed

INDENT = "\u2003"


def names_of(people: Iterable[Choice]) -> dict[str, str]:
    """Id -> name and unit, which tells two people of one name apart."""
    return {
        str(one.person_id): f"{one.name} · {one.unit}" if one.unit else one.name for one in people
    }


def units_of(units: Iterable[Placed]) -> dict[str, str]:
    """Id -> name, set in by its depth in the tree."""
    return {str(one.node.id): f"{INDENT * one.depth}{one.node.name}" for one in units}
