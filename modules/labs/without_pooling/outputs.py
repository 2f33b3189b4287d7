"""Which totals are opened, and whom two of them give away."""

from __future__ import annotations

import random
from itertools import combinations

from modules.labs.without_pooling.locked import agencies

REQUESTS = ("all", "four", "three", "one")
LEAST = (1, 2, 3, 4)
HOUSE = 3
"""At least so many agencies have to stand behind any number that can be worked out."""


def single(seed: str) -> str:
    """The agency that the requests leave out or ask for alone, drawn by the seed."""
    five = agencies(seed)
    return five[random.Random(f"{seed}/without-pooling/single").randrange(len(five))]


def groups(seed: str) -> dict[str, tuple[str, ...]]:
    """The agencies that each of the four requests adds up."""
    five, alone = agencies(seed), single(seed)
    four = tuple(one for one in five if one != alone)
    return {"all": five, "four": four, "three": four[:3], "one": (alone,)}


def answered(seed: str, allowed: tuple[str, ...], least: int | None) -> tuple[str, ...]:
    """The requests that are allowed, and that the program does not refuse as too small."""
    given = groups(seed)
    return tuple(one for one in REQUESTS if one in allowed and len(given[one]) >= (least or 1))


def exposed(seed: str, opened: tuple[str, ...]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Each group under HOUSE that comes out: the total, what is taken away (or ""), the group.

    These four requests lie inside one another, save one alone: so single totals and differences
    of two that lie inside one another are all that there is to try.
    """
    given = {one: frozenset(groups(seed)[one]) for one in opened}
    out = [(name, "", group) for name, group in given.items() if len(group) < HOUSE]
    for one, two in combinations(given, 2):
        for big, small in ((one, two), (two, one)):
            left = given[big] - given[small]
            if given[small] < given[big] and 0 < len(left) < HOUSE:
                out.append((big, small, left))
    order = agencies(seed)
    return tuple(
        (big, small, tuple(one for one in order if one in left)) for big, small, left in out
    )
