"""Who reports to herself round a corner: found for a million people in a second."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


def rings(pairs: Iterable[tuple[int, int]], people: int) -> list[list[int]]:
    """The circles in reporting lines, each in order, beginning at its smallest number.

    ``pairs`` are (who, reports to whom) with numbers from 1 to ``people``; everybody reports to
    one at most. Memory: 8 bytes a person. Everybody takes two to the power of steps upwards at
    once; whoever is still below somebody after that many steps has arrived in a circle.
    """
    above = np.zeros(people + 1, dtype=np.int32)
    for who, whom in pairs:
        above[who] = whom
    arrived = above.copy()
    for _ in range(max(1, people).bit_length()):
        arrived = arrived[arrived]
    inside = set(np.unique(arrived[arrived > 0]).tolist())
    found: list[list[int]] = []
    while inside:
        first = min(inside) if len(inside) < 1000 else next(iter(inside))
        ring, who = [first], int(above[first])
        while who != first:
            ring.append(who)
            who = int(above[who])
        inside.difference_update(ring)
        low = ring.index(min(ring))
        found.append(ring[low:] + ring[:low])
    return sorted(found)
