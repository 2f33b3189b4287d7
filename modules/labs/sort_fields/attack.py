"""The look-up attack on a release: who stands alone in it, and what a neighbour finds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from modules.labs.libraries import need
from modules.labs.sort_fields.working import table, town


class Found(NamedTuple):
    """``fit`` rows agree with what the neighbour knows; ``adds`` is what the one row adds."""

    fit: int
    adds: tuple[tuple[str, str], ...]


@lru_cache(maxsize=256)
def alone(people: int, columns: frozenset[str]) -> int:
    """How many residents are the only one with their combination in these columns."""
    if not columns:
        return 0
    numpy, held = need("numpy"), table(people)
    rows = numpy.zeros(len(held["ward"]), dtype=numpy.int64)
    for name in sorted(columns):
        _, codes = numpy.unique(held[name], return_inverse=True)
        # Numbered again after each column, so that the product cannot grow past 64 bits.
        _, rows = numpy.unique(rows * (int(codes.max()) + 1) + codes, return_inverse=True)
    return int((numpy.bincount(rows) == 1).sum())


def target(people: int, draw: float) -> int:
    """The row of the resident whom the neighbour looks for; ``draw`` is 0 to 1, below 1."""
    chosen = town(people).planted.citizens
    ids = table(people)["resident_id"].tolist()
    return int(ids.index(chosen[int(draw * len(chosen))]))


def beside(people: int, columns: frozenset[str], row: int) -> int:
    """How many residents share that resident's values in these columns, she herself included."""
    numpy, held = need("numpy"), table(people)
    fits = numpy.ones(len(held["ward"]), dtype=bool)
    for name in columns:
        fits &= held[name] == held[name][row]
    return int(fits.sum())


def look_up(people: int, columns: Iterable[str], known: frozenset[str], row: int) -> Found:
    """What somebody finds who knows that resident's values in the ``known`` columns."""
    held, released = table(people), tuple(columns)
    fit = beside(people, frozenset(released) & known, row)
    adds = tuple((name, str(held[name][row])) for name in released if name not in known)
    return Found(fit, adds if fit == 1 else ())
