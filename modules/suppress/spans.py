"""Whether partitions that cross each other give a small group away, by head-counts alone.

Each column is a partition of which a reader knows the sums: the regions of the unit tree in one
month. What she can compute of somebody whose status did not change in between are the sums over
g = f1(c1) + f2(c2) + ..., one number f for each cell. A group is one that takes the values 0 and 1
only. Values are never looked at, so what is hidden for this tells nothing.

Two partitions. The groups are one-way cuts of the graph of their cells, with an edge where the two
have somebody in common: all of the cells A on one side, less the cells B on the other, where A
covers B. People in at least ``least`` common to two cells cannot lie in such a cut, so the two
cells are joined; cells on a circle of one-way edges are on the same side of it as well. If
everything joins, there is no cut of fewer (`joined_by`); else an integer programme looks for one
among what is left (`severed`).

More partitions. A group of fewer than ``least`` is 0 on every class of ``least`` people with the
same cells. Classes that are then alike, or opposite (1 and -1 cannot both be), add up. If that
leaves nothing but 0, there is no such group; else an integer programme looks for one (`isolable`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.signedinteger]
# What the integer programme is given: beyond it a group counts as found.
MOST_CLASSES = 1200
MOST_NODES = 5000


def joined_by(tail: Array, head: Array, people: Array, least: int) -> Array:
    """Which cells a small group cannot part: a number for each place, the outside being place 0.

    ``people[i]`` people are an edge from cell ``tail[i]`` to cell ``head[i]``, -1 the outside; a
    group takes the value of its tail less that of its head on each.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    number = int(max(tail.max(initial=-1), head.max(initial=-1))) + 2
    where = np.arange(number)
    while True:
        a, b = where[tail + 1], where[head + 1]
        apart = a != b
        if not apart.any():
            return where
        pairs, back = np.unique(a[apart].astype(np.int64) * number + b[apart], return_inverse=True)
        big = np.bincount(back, people[apart]) >= least
        rows, columns = pairs // number, pairs % number
        both = np.concatenate([rows, columns[big]]), np.concatenate([columns, rows[big]])
        graph = csr_array((np.ones(len(both[0])), both), shape=(number, number))
        _, joined = connected_components(graph, connection="strong")
        if (joined[rows] != joined[columns]).all():
            return where
        where = joined[where]


def isolable(columns: Sequence[Array], people: Array, least: int) -> set[tuple[int, int]] | None:
    """The cells (column, cell) that isolate some 1 to ``least - 1`` people; None: nobody is.

    ``columns[k][i]`` is the cell of class i in partition k, -1 where it lies in none. An empty set
    means that no proof was found in time: treat it as a group found.
    """
    table = np.stack(columns, 1)
    classes, back = np.unique(table, axis=0, return_inverse=True)
    size = np.bincount(back.reshape(-1), people).astype(np.int64)
    inside = (classes >= 0).any(1)
    classes, size = classes[inside], size[inside]
    if len(classes) > MOST_CLASSES:
        return set()
    names = sorted({(k, int(c)) for k in range(table.shape[1]) for c in classes[:, k] if c >= 0})
    place = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(classes), len(names)))
    for i, row in enumerate(classes):
        for k, cell in enumerate(row):
            if cell >= 0:
                matrix[i, place[k, int(cell)]] = 1
    nothing = _closed(matrix, size, least)
    if nothing.all():
        return None
    return _programme(matrix[~nothing], matrix[nothing], size[~nothing], least, names)


def severed(tail: Array, head: Array, people: Array, least: int, outside: int) -> set[int] | None:
    """The places by which some 1 to ``least - 1`` people are cut off; None: nobody is.

    ``people[i]`` people are an edge between two places; ``outside`` is the place of number 0. An
    empty set means that no proof was found in time.
    """
    places = sorted({*tail.tolist(), *head.tolist()} - {outside})
    edges, back = np.unique(np.stack([tail, head], 1), axis=0, return_inverse=True)
    size = np.bincount(back.reshape(-1), people).astype(np.int64)
    if len(edges) > MOST_CLASSES:
        return set()
    at = {place: number for number, place in enumerate(places)}
    matrix = np.zeros((len(edges), len(places)))
    for row, (one, other) in enumerate(edges.tolist()):
        for place, sign in ((one, 1), (other, -1)):
            if place != outside:
                matrix[row, at[place]] += sign
    nothing = _closed(matrix, size, least)
    if nothing.all():
        return None
    names = [(0, place) for place in places]
    found = _programme(matrix[~nothing], matrix[nothing], size[~nothing], least, names)
    return None if found is None else {place for _, place in found}


def _closed(matrix: NDArray[np.float64], size: Array, least: int) -> NDArray[np.bool_]:
    """Which classes every small group leaves out."""
    nothing = size >= least
    while True:
        rest = matrix
        if nothing.any():
            _, weight, basis = np.linalg.svd(matrix[nothing], full_matrices=False)
            basis = basis[weight > 1e-7]
            rest = matrix - (matrix @ basis.T) @ basis
        told = np.rint(rest * 1e5).astype(np.int64)
        more = ~told.any(1)
        alike, back = np.unique(told, axis=0, return_inverse=True)
        back = back.reshape(-1)
        more |= np.bincount(back, size)[back] >= least
        known = {row.tobytes() for row in alike}
        opposite = np.array([(-row).tobytes() in known for row in alike])
        more |= opposite[back]
        if not (more & ~nothing).any():
            return nothing
        nothing |= more


def _programme(
    matrix: NDArray[np.float64],
    gone: NDArray[np.float64],
    size: Array,
    least: int,
    names: list[tuple[int, int]],
) -> set[tuple[int, int]] | None:
    from scipy.optimize import Bounds, LinearConstraint, milp

    many, cells = matrix.shape
    # Numbers rise by 1 at most from a cell to one that it meets, so none is further away than this.
    far = 2 * cells + 2
    aim = np.concatenate([size, np.zeros(cells)])
    equal = LinearConstraint(np.hstack([-np.eye(many), matrix]), 0, 0)
    zero = LinearConstraint(np.hstack([np.zeros((len(gone), many)), gone]), 0, 0)
    some = LinearConstraint(aim, 1, least - 1)
    answer = milp(
        aim,
        integrality=np.concatenate([np.ones(many), np.zeros(cells)]),
        bounds=Bounds(
            np.concatenate([np.zeros(many), np.full(cells, -far)]),
            np.concatenate([np.ones(many), np.full(cells, far)]),
        ),
        constraints=[equal, some, zero] if len(gone) else [equal, some],
        options={"node_limit": MOST_NODES},
    )
    if answer.status == 2:  # no such group
        return None
    if answer.x is None:
        return set()
    return {name for name, used in zip(names, answer.x[many:], strict=True) if abs(used) > 1e-6}
