"""The labs. To add one, write its module and name it in OWN, or ship it in a package.

An installed package adds a lab with an entry point in the group ``steward.labs``: the name is
the lab's, the object is its module.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

from modules.basics import StewardError
from modules.labs import (
    basis_builder,
    break_mend,
    break_suppression,
    ethics_canvas,
    hidden_tab,
    noise_dial,
    prompt_hygiene,
    read_figure,
    sort_fields,
    without_pooling,
)
from modules.labs.lab import Check, Lab, Place
from modules.labs.libraries import LibraryMissing, need
from modules.labs.turns import Busy, turn

__all__ = [
    "LABS",
    "Busy",
    "Check",
    "Lab",
    "LibraryMissing",
    "Place",
    "need",
    "turn",
    "with_installed",
]

GROUP = "steward.labs"
OWN: dict[str, Lab] = {
    "basis_builder": basis_builder,
    "break_mend": break_mend,
    "break_suppression": break_suppression,
    "ethics_canvas": ethics_canvas,
    "hidden_tab": hidden_tab,
    "noise_dial": noise_dial,
    "prompt_hygiene": prompt_hygiene,
    "read_figure": read_figure,
    "sort_fields": sort_fields,
    "without_pooling": without_pooling,
}


def with_installed(own: dict[str, Lab], points: Iterable[EntryPoint]) -> dict[str, Lab]:
    """Our labs and those of packages. A name taken twice raises StewardError."""
    found = dict(own)
    for point in points:
        if point.name in found:
            raise StewardError(f"two labs are called “{point.name}”")
        found[point.name] = point.load()
    return found


LABS = with_installed(OWN, entry_points(group=GROUP))
