"""What an attack looks at, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
# More classes than this are not put into one programme; what is left out is counted.
MOST_CLASSES = 1500
SECONDS = 20.0


@dataclass(frozen=True)
class Sum:
    """A shown figure: from ``low`` to ``high`` of the kinds of people whom ``members`` marks."""

    name: str
    members: Mask
    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether it can be added and subtracted."""
        return self.low == self.high


@dataclass(frozen=True)
class Case:
    """What is attacked at once."""

    month: str
    sums: Sequence[Sum]
    people: Counts
    truth: Counts
    least: int


@dataclass(frozen=True)
class Isolated:
    """A group whose count a reader can compute: ``value`` of ``people``, from which figures.

    ``how`` is "subtraction", "two months", "all months", "bounds" or "ranges of two months".
    """

    month: str
    people: int
    value: int
    how: str
    sums: tuple[str, ...]


@dataclass
class Found:
    """What an attack came to. ``left_out`` are programmes too large or too long to be solved."""

    isolated: list[Isolated] = field(default_factory=list)
    tried: int = 0
    left_out: int = 0


def classes(case: Case) -> tuple[Floats, Counts, Counts]:
    """Figures by classes of people whom they do not tell apart; sizes, and who is in which."""
    packed = np.packbits(np.stack([row.members for row in case.sums]), axis=0)
    kinds, first, back = np.unique(packed, axis=1, return_index=True, return_inverse=True)
    back = back.reshape(-1)
    size = np.bincount(back, case.people).astype(np.int64)
    seen = kinds.any(0)
    place = np.full(len(size), -1)
    place[seen] = np.arange(int(seen.sum()))
    matrix = np.stack([row.members[first[seen]] for row in case.sums]).astype(float)
    return matrix, size[seen], place[back]
