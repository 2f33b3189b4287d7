"""A statistic of one unit, and the only way to rows that may be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

REASONS = ("", "small", "complement", "change", "same")


@dataclass(frozen=True)
class Cell:
    """``value`` of ``people`` in a unit's whole subtree; ``parent`` is None at the top."""

    node: str
    parent: str | None
    people: int
    value: int


@dataclass(frozen=True)
class Shown:
    """A row that may be drawn: ``people`` and ``value`` are None when ``hidden`` says why.

    ``hidden`` is "" (shown), "small" (fewer people than the threshold), "complement" (would give
    a small group away by subtraction), "change" (too few people came or went since an earlier
    snapshot) or "same" (would settle what single people did; see ``protect``).
    """

    node: str
    people: int | None
    value: int | None
    hidden: str


def withhold(cells: Sequence[Cell], hidden: Mapping[str, str]) -> list[Shown]:
    """The rows that may be drawn, in the order of ``cells``.

    ``hidden`` must name every node, as ``protect`` does: a node that it forgot raises ValueError,
    and so does an unknown reason, so that a slip hides too much and never too little.
    """
    rows = []
    for cell in cells:
        reason = hidden.get(cell.node)
        if reason is None or reason not in REASONS:
            raise ValueError(f"no known decision for unit {cell.node!r}: {reason!r}")
        seen = reason == ""
        rows.append(
            Shown(cell.node, cell.people if seen else None, cell.value if seen else None, reason)
        )
    return rows
