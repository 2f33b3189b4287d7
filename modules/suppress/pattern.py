"""Which units of one statistic to hide, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from modules.suppress.cells import Cell
from modules.suppress.extremes import by_value
from modules.suppress.sizes import by_size
from modules.suppress.tree import grow


def protect(
    cells: Sequence[Cell],
    least: int = 10,
    *,
    hide_uniform: bool = True,
    already: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Node to reason ("" = shown): nobody learns the count of a group of 1..least-1 people.

    ``cells`` is the whole organisation's tree, whoever reads it: choose once, then show each reader
    the part in his scope. ``already`` are nodes hidden beforehand, as "change".

    First by head-counts (``small``, ``complement``), which are public; then by values (``same``).
    The decision on all-or-none groups:

    - ``hide_uniform`` is on by default. "All 12 of 12" is a statement about each of twelve people,
      so it is 12 groups of one; a threshold that lets it pass protects a group's size, not people.
      No size makes this untrue: a department of 300 with 100% tells 300 people's status.
    - Off, all-or-none may be shown where no group of 1..least-1 people hangs below the same parent.
      Choose it where the body has decided that "everyone here has done it" may be said of a group.
    - "same" marks every unit of the hidden pairs alike (see ``extremes``), the all-or-none one, its
      partner and what is below them. A text for it must not say that all or none share the value:
      that would be the disclosure. Say "hidden so that nobody's own status can be worked out".
    - If the whole organisation is all-or-none, nothing is shown.

    What it promises is that no count is certain, also to a reader who knows this code; it does not
    promise that a good guess is impossible. It speaks of one statistic on one date: two statistics
    that bound each other (in date, ever completed) need one decision for both.

    Raises ValueError for ``least`` under 2 and for cells that are no tree (``tree.grow``).
    """
    if least < 2:
        raise ValueError("a threshold under 2 protects nobody")
    tree = grow(cells)
    given = {node: reason for node, reason in (already or {}).items() if reason}
    if unknown := given.keys() - tree.cells.keys():
        raise ValueError(f"hidden beforehand but not in the tree: {sorted(unknown)}")
    hidden = by_size(tree, least, given)
    for node in by_value(tree, hidden, least, hide_uniform):
        hidden[node] = "same"
    return {cell.node: hidden[cell.node] for cell in cells}
