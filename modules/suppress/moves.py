"""A proof for large bodies that two months, each with regions and categories, isolate nobody.

What a reader computes of somebody who was in region r and category c, and then in r' and c', is
f(r) + k(c) - h(r') - l(c'), all of them 0 for being outside. A group of 1 to ``least - 1`` people
is one of which this is 1, and 0 for everybody else (see `spans`). Step by step:

1. Whoever has the same pair (r, r') and pair (c, c') shares the value. Where ``least`` people of a
   pair of regions have a pair of categories that is known to add nothing, the pair of regions adds
   nothing, and the other way round: f(r) = h(r') and k(c) = l(c'). Nearly all who stay are this.
   Two pairs of categories that meet in regions, with ``least`` people of each there, add the same,
   or else all these people would be in the group.
2. Those who changed the region only make edges from region to region. Edges of ``least`` people,
   and circles of edges, lead nowhere else than where they begin (`spans.joined_by`): f is one
   number.
3. It may then be 0, and those who changed category, came or left are edges between categories and
   the outside in the same way.

Where 2 does not leave one number, what is left is small as a rule, and goes to the programme of
`spans`. False only means that there is no proof.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from modules.suppress.spans import closed_and_solved, isolable, joined_by

Array = NDArray[np.signedinteger]


def beside(now: Sequence[Array], then: Sequence[Array], least: int) -> set[tuple[int, int]] | None:
    """The cells (partition, cell) by which two months isolate a few people; None: nobody is.

    Each month is everybody's region and, where it has a breakdown, category, -1 for outside. An
    empty set means that no proof was found.
    """
    months = [
        (one[0], one[1] if len(one) > 1 else np.where(one[0] < 0, -1, 0)) for one in (now, then)
    ]
    table = [column for month in months for column in month]
    code = np.zeros(len(table[0]), np.int64)
    for column in table:
        code = code * (int(column.max()) + 2) + column + 1
    _, first, people = np.unique(code, return_index=True, return_counts=True)
    r1, c1, r2, c2 = (column[first] for column in table)
    if unmoved((r1, c1), (r2, c2), people, least):
        return None
    return isolable([column[first] for column in [*now, *then]], people, least)


def unmoved(now: tuple[Array, Array], then: tuple[Array, Array], people: Array, least: int) -> bool:
    """Whether regions and categories of two months isolate no 1 to ``least - 1`` people.

    Both are (regions, categories), -1 for outside, of ``people[i]`` people each.
    """
    (r1, c1), (r2, c2) = now, then
    inside = (r1 >= 0) | (r2 >= 0)
    r1, c1, r2, c2, people = r1[inside], c1[inside], r2[inside], c2[inside], people[inside]
    stays = (r1 >= 0) & (r2 >= 0)
    if not stays.any():
        return False
    pairs, region = _pairs(r1[stays], r2[stays])
    kinds, category = _pairs(c1[stays], c2[stays])
    same_region, same_kind = _known(region, category, people[stays], least)
    # Regions and categories of both months that are known to count for the same.
    first, second = _linked(pairs[same_region], int(r1.max()), int(r2.max()))
    one, two = _linked(kinds[same_kind], int(c1.max()), int(c2.max()))
    f, h = _at(first, r1), _at(second, r2)
    k, l_ = _at(one, c1), _at(two, c2)
    apart = (f != h) | (k != l_)
    f, h, k, l_, people = f[apart], h[apart], k[apart], l_[apart], people[apart]
    if not len(people):
        return True
    only = (k == l_) & (f >= 0) & (h >= 0)
    group = joined_by(f[only], h[only], people[only], least)
    f, h = _through(group, f), _through(group, h)
    only = (f == h) & (k >= 0) & (l_ >= 0)
    group = joined_by(k[only], l_[only], people[only], least)
    k, l_ = _through(group, k), _through(group, l_)
    apart = (f != h) | (k != l_)
    f, h, k, l_, people = f[apart], h[apart], k[apart], l_[apart], people[apart]
    if not len(people):
        return True
    if len(np.unique(np.concatenate([f, h])[np.concatenate([f, h]) >= 0])) == 1:
        out = joined_by(k, l_, people, least)
        if (_through(out, k) == _through(out, l_)).all():
            return True
    return closed_and_solved(f, k, h, l_, people, least)


def _pairs(one: Array, other: Array) -> tuple[Array, Array]:
    width = int(other.max()) + 1
    found, back = np.unique(one.astype(np.int64) * width + other, return_inverse=True)
    return np.stack([found // width, found % width], 1), back.reshape(-1)


def _known(
    region: Array, category: Array, people: Array, least: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pairs of regions and which pairs of categories add nothing."""
    kind = category
    alike = _alike(region, category, people, least)
    category = alike[category]
    known = np.zeros(int(category.max()) + 1, bool)
    known[np.bincount(category, people).argmax()] = True
    regions = np.zeros(int(region.max()) + 1, bool)
    while True:
        before = int(known.sum()), int(regions.sum())
        on = known[category]
        regions |= np.bincount(region[on], people[on], minlength=len(regions)) >= least
        on = regions[region]
        known |= np.bincount(category[on], people[on], minlength=len(known)) >= least
        if before == (int(known.sum()), int(regions.sum())):
            at = np.zeros(int(kind.max()) + 1, bool)
            at[kind] = known[category]
            return regions, at


def _alike(region: Array, category: Array, people: Array, least: int) -> Array:
    """A number for each category, alike where the two cannot differ.

    If one were 1 more than the other, everybody of it would be in the group wherever the two meet
    in a region: too many, if they are ``least``.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    shape = int(region.max()) + 1, int(category.max()) + 1
    number = csr_array((people, (region, category)), shape=shape)
    there = number.copy()
    there.data = (there.data > 0).astype(number.dtype)
    meet = (there.T @ number).toarray() >= least
    _, group = connected_components(csr_array(meet & meet.T), directed=False)
    return np.asarray(group)


def _linked(pairs: Array, most: int, other: int) -> tuple[Array, Array]:
    """A number for each cell of the first and of the second month, alike where they are linked."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    size = most + other + 2
    graph = csr_array(
        (np.ones(len(pairs)), (pairs[:, 0], most + 1 + pairs[:, 1])), shape=(size, size)
    )
    _, group = connected_components(graph, directed=False)
    return group[: most + 1], group[most + 1 :]


def _at(group: Array, cell: Array) -> Array:
    return np.where(cell < 0, -1, group[cell])


def _through(group: Array, cell: Array) -> Array:
    """The joined number of a cell; 0 of ``group`` is the outside, and -1 stays what joins it."""
    known = np.where(cell + 1 < len(group), cell + 1, 0)
    new = np.where(cell + 1 < len(group), group[known], cell + len(group) + 1)
    return np.where((cell < 0) | (new == group[0]), -1, new)
