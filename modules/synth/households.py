"""Households: where they live, of which kind they are, how many adults and children they have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from modules.synth.draws import Column, chance, pick, stream
from modules.synth.places import DEPRIVATION, OLDER, chart


class Kind(IntEnum):
    """Who lives together."""

    SINGLE = 0
    OLDER_SINGLE = 1
    COUPLE = 2
    OLDER_COUPLE = 3
    FAMILY = 4
    LONE_PARENT = 5
    GROWN_CHILD = 6
    SHARERS = 7


_AFFLUENT = np.array([0.13, 0.11, 0.19, 0.15, 0.26, 0.04, 0.09, 0.03])
_DEPRIVED = np.array([0.19, 0.12, 0.13, 0.07, 0.18, 0.18, 0.06, 0.07])
_CHILDREN = np.array([[0.42, 0.40, 0.13, 0.05], [0.60, 0.29, 0.09, 0.02]])
# Mean, spread, youngest and oldest age in years of the first adult, by kind.
HEAD_AGE = np.array(
    [
        [42, 12, 18, 64],
        [78, 7.5, 65, 98],
        [41, 12, 20, 64],
        [74, 6.5, 65, 95],
        [38, 7, 20, 58],
        [36, 7, 19, 56],
        [53, 5, 44, 64],
        [26, 6, 18, 50],
    ]
)


@dataclass(frozen=True)
class Households:
    """One entry for each household; ``postcode`` is a place in the map."""

    kind: Column
    ward: Column
    postcode: Column
    adults: Column
    children: Column


def settle(seed: str, persons: int) -> Households:
    """Households with exactly ``persons`` people in all. The last one is cut to fit."""
    size = persons // 2 + 200
    spots = chart()
    rng = stream(seed, "households/postcode")
    bounds = np.cumsum(spots.weight)
    postcode = np.searchsorted(bounds / bounds[-1], rng.random(size), side="right")
    ward = spots.ward[postcode]
    poor = DEPRIVATION[:, None]
    weights = (1 - poor) * _AFFLUENT + poor * _DEPRIVED
    weights[:, [Kind.OLDER_SINGLE, Kind.OLDER_COUPLE]] *= OLDER[:, None]
    kind = pick(stream(seed, "households/kind"), weights, ward)
    lone, family = kind == Kind.LONE_PARENT, kind == Kind.FAMILY
    children = 1 + pick(stream(seed, "households/children"), _CHILDREN, lone.astype(int))
    children[~(lone | family)] = 0
    alone = np.isin(kind, (Kind.SINGLE, Kind.OLDER_SINGLE, Kind.LONE_PARENT))
    adults = np.where(alone, 1, 2)
    rng = stream(seed, "households/more-adults")
    adults += (kind == Kind.GROWN_CHILD).astype(int)
    adults += (kind == Kind.SHARERS) & chance(rng, 0.5, size)
    upto = np.cumsum(adults + children)
    last = int(np.searchsorted(upto, persons))
    if last >= size:  # cannot happen: a household has more than two people on average
        raise AssertionError("too few households were drawn")
    over = int(upto[last]) - persons
    if over:
        # One adult, or a couple or sharers: whatever is left over has no children.
        left = int(adults[last] + children[last]) - over
        kind[last], adults[last], children[last] = Kind.SHARERS, left, 0
    kept = slice(0, last + 1)
    return Households(kind[kept], ward[kept], postcode[kept], adults[kept], children[kept])
