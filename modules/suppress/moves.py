"""Whether months beside each other isolate a few people, by who was in which region when.

Each month is everybody's region of the tree, -1 for none. What a reader computes of somebody is a
sum of one number for her region in each month, 0 for being outside; a group of 1 to ``least - 1``
people is one of which that is 1, and 0 for everybody else.

Two months of any size: their regions are places, people are edges from the one of this month to
that of the other, and a group is what is cut between places of two numbers (`spans.joined_by`).
Nearly everything is joined; what is not, is small as a rule, and goes to an integer programme.

More months at once: `spans.isolable`, where there are not too many ways that people went. A group
that takes three months needs people who moved twice, or other units hidden in each: everybody
else's moves are those between two months, looked at before.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from modules.suppress.spans import isolable, joined_by, severed

Array = NDArray[np.signedinteger]
Cells = set[tuple[int, int]]
# Ways through all months, beyond which they are compared two by two only.
MOST_WAYS = 600


def beside(now: Array, then: Array, least: int) -> Cells | None:
    """The cells (0, region of ``now``) by which two months isolate a few people; None: nobody is.

    An empty set means that no proof was found.
    """
    (here, there), people = _ways([now, then])
    width = int(here.max(initial=-1)) + 1
    where = joined_by(here, np.where(there < 0, -1, there + width), people, least)
    tail, head = where[here + 1], where[np.where(there < 0, 0, there + width + 1)]
    apart = tail != head
    if not apart.any():
        return None
    tail, head, people = tail[apart], head[apart], people[apart]
    used = severed(tail, head, people, least, int(where[0]))
    if used is None:
        return None
    guilty = np.isin(tail, list(used)) | np.isin(head, list(used))
    return {(0, int(region)) for region in here[apart][guilty] if region >= 0}


def together(months: Sequence[Array], least: int) -> Cells | None:
    """The cells (month, region) by which all months isolate a few people; None: nobody is.

    None as well where there are too many ways, of which nothing is said.
    """
    different: list[Array] = []
    for month in months:
        if not any(np.array_equal(month, other) for other in different):
            different.append(month)
    if len(different) < 3:
        return None
    ways, people = _ways(different, MOST_WAYS)
    if not len(people):
        return None
    return isolable(ways, people, least)


def _ways(months: Sequence[Array], most: int | None = None) -> tuple[list[Array], Array]:
    """Each way that somebody went through these months, with how many did; nothing for too many."""
    code = np.zeros(len(months[0]), np.int64)
    for month in months:
        code = code * (int(month.max(initial=-1)) + 2) + month + 1
        _, first, back = np.unique(code, return_index=True, return_inverse=True)
        if most is not None and len(first) > most:
            return [], np.zeros(0, np.int64)
        code = back.reshape(-1)
    people = np.bincount(code).astype(np.int64)
    return [month[first] for month in months], people
