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


def exposed(
    seed: str, opened: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Each group under HOUSE that comes out: the total, what is taken away, the group.

    The four requests lie inside one another, save one alone: so a total, and a total less others
    that lie inside it and share nobody, are all that there is to try.
    """
    given = {one: frozenset(groups(seed)[one]) for one in opened}
    order = agencies(seed)
    out = []
    for big, whole in given.items():
        inside = [one for one in given if given[one] < whole]
        for count in range(len(inside) + 1):
            for taken in combinations(inside, count):
                gone = [one for name in taken for one in given[name]]
                left = whole.difference(gone)
                if len(set(gone)) == len(gone) and 0 < len(left) < HOUSE:
                    out.append((big, taken, tuple(one for one in order if one in left)))
    return tuple(out)
