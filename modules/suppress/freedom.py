"""Whether a breakdown beside the unit tree leaves everybody's own status open.

Given the sums of regions and of categories, the counts in the cells that they cross in are a flow
from regions to categories: at least 0 and at most the head-count in each. What all flows have in
common is what a reader knows. A cell's count can go up along its edge, or down against it, while
some circle of such steps leads through it; so nothing is settled exactly when each connected part
of the graph is strongly connected in the steps that are possible (Ford and Fulkerson's residual
graph). Groups of people inside a cell are then open too, since anybody may stand for anybody.

Whether to show is decided for the whole breakdown at once, and with room to spare: each category's
count must lie at least `ROOM` inside what the regions' sums allow it. Hence the hiding tells
nothing: if any category can vary at all, there is a world in which its count is the least possible,
which is hidden as well; there, exchanging the status of any two people of one region changes it by
1 at most, so each of these worlds is hidden too. As every region has at least ``least`` people, of
whom some have the value and some do not, no smaller group keeps its count in all of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.signedinteger]
ROOM = 2


def open_to_all(region: Array, category: Array, people: Array, value: Array, beside: Array) -> bool:
    """Whether all may be shown: ``value`` of ``people`` in each pair of a region and a category.

    Every region must be one whose sum is shown, and mixed, and in which nothing is hidden by its
    value. ``beside`` is how many people each category has in other regions, of which units are
    hidden as all or none: what becomes known of those people's families must not tell which of the
    units it is, so there must be that much more room.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    width = int(category.max()) + 1
    pairs, back = np.unique(region.astype(np.int64) * width + category, return_inverse=True)
    size = np.bincount(back, people).astype(np.int64)
    have = np.bincount(back, value).astype(np.int64)
    row, column = pairs // width, pairs % width
    in_region = np.bincount(row, size).astype(np.int64)
    had = np.bincount(row, have).astype(np.int64)
    low = np.maximum(0, had[row] - (in_region[row] - size))
    high = np.minimum(had[row], size)
    lowest, highest, count = (
        np.bincount(column, each, minlength=len(beside)) for each in (low, high, have)
    )
    free = (highest > lowest) | (beside > 0)
    room = ROOM + beside
    if (free & ((count < lowest + room) | (count > highest - room))).any():
        return False
    if not free.any():
        return True  # categories made of whole regions: nothing new is shown
    number = int(row.max()) + 1
    up, down = have < size, have > 0
    tail = np.concatenate([row[up], number + column[down]])
    head = np.concatenate([number + column[up], row[down]])
    nodes = number + int(column.max()) + 1
    steps = csr_array((np.ones(len(tail)), (tail, head)), shape=(nodes, nodes))
    _, joined = connected_components(steps, connection="strong")
    return bool((joined[row] == joined[number + column]).all())
