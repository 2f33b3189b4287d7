"""Ranges beside exact sums: every world of tiny bodies, read by somebody who knows the code."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.suppress.ranges import (
    Crossed,
    Range,
    drawn,
    holding,
    inside,
    on,
    ranges,
    reached,
)

World = tuple[int, ...]
Told = tuple[tuple[Range, ...], ...]
# Region, group in each breakdown, people.
SHAPES = [
    [(0, (0,), 6), (0, (1,), 5), (1, (0,), 4), (1, (1,), 5)],
    [(0, (0,), 9), (1, (0,), 1), (1, (1,), 9)],  # a group that is a region and one person
    [(0, (0,), 2), (0, (1,), 4), (1, (0,), 4), (1, (1,), 2), (0, (2,), 6)],
    [(0, (0, 0), 4), (0, (0, 1), 4), (0, (1, 0), 4), (0, (1, 1), 4)],  # two breakdowns
    [(0, (0, 0), 5), (0, (1, 1), 4), (1, (0, 1), 4), (1, (1, 0), 5)],
    [(0, (0, 0), 9), (1, (1, 1), 4), (1, (0, 1), 1), (1, (1, 0), 5)],
]


def crossed(shape: list[tuple[int, tuple[int, ...], int]], have: World) -> Crossed:
    region, groups, size = zip(*shape, strict=True)
    columns = tuple(np.array(column) for column in zip(*groups, strict=True))
    return Crossed(np.array(region), columns, np.array(size), np.array(have))


def worlds(shape: list[tuple[int, tuple[int, ...], int]]) -> Iterator[World]:
    """All that may be in date, some but not all of each region."""
    for world in itertools.product(*(range(people + 1) for _, _, people in shape)):
        sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for (region, _, people), have in zip(shape, world, strict=True):
            sums[region][0] += have
            sums[region][1] += people
        if all(0 < have < people for have, people in sums.values()):
            yield world


def figures(one: Crossed) -> list[list[tuple[int, int]]]:
    """Count and people of each group of each breakdown."""
    return [
        list(
            zip(
                np.bincount(group, one.have).astype(int).tolist(),
                np.bincount(group, one.size).astype(int).tolist(),
                strict=True,
            )
        )
        for group in one.groups
    ]


def tellings(one: Crossed) -> set[Told]:
    """Every choice of ranges that a world may be told with."""
    found = set()
    shown = figures(one)
    number = sum(map(len, shown))
    for grids in itertools.product((0, 1), repeat=number):
        left = list(grids)
        told = tuple(tuple(holding(n, of, left.pop(0)) for n, of in by) for by in shown)
        if reached(one, [dict(enumerate(by)) for by in told]):
            found.add(told)
    return found


def sums(shape: list[tuple[int, tuple[int, ...], int]], world: World) -> tuple[int, ...]:
    found: dict[int, int] = defaultdict(int)
    for (region, _, _), have in zip(shape, world, strict=True):
        found[region] += have
    return tuple(found[region] for region in sorted(found))


def settled(shape: list[tuple[int, tuple[int, ...], int]], possible: list[World]) -> list[int]:
    """The classes whose count is one in all these worlds, regions by themselves apart."""
    alone = {region for region, _, _ in shape}
    alone = {one for one in alone if sum(region == one for region, _, _ in shape) == 1}
    return [
        at
        for at, (region, _, _) in enumerate(shape)
        if region not in alone and len({world[at] for world in possible}) == 1
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_whatever_ranges_are_told_no_group_is_settled_for_a_reader_who_knows_the_code(shape):
    possible: dict[tuple[tuple[int, ...], Told], list[World]] = defaultdict(list)
    for world in worlds(shape):
        for told in tellings(crossed(shape, world)):
            possible[sums(shape, world), told].append(world)
    assert len(possible) > 50
    for seen, every in possible.items():
        assert settled(shape, every) == [], (seen, every[:6])


@pytest.mark.parametrize("shape", SHAPES)
def test_exact_counts_of_the_same_groups_would_settle_some(shape):
    possible = defaultdict(list)
    for world in worlds(shape):
        shown = tuple(n for by in figures(crossed(shape, world)) for n, _ in by)
        possible[sums(shape, world), shown].append(world)
    assert any(settled(shape, every) for every in possible.values())


def test_ranges_that_are_told_without_a_witness_would_settle_some():
    shape = SHAPES[1]
    possible = defaultdict(list)
    for world in worlds(shape):
        shown = figures(crossed(shape, world))
        for grids in itertools.product((0, 1), repeat=2):
            told = tuple(
                holding(n, of, grid) for (n, of), grid in zip(shown[0], grids, strict=True)
            )
            possible[sums(shape, world), told].append(world)
    assert any(settled(shape, every) for every in possible.values())


@given(st.integers(4, 3000), st.data())
def test_both_grids_hold_every_count_once_and_one_holds_it_inside(people, data):
    count = data.draw(st.integers(0, people))
    for grid in (0, 1):
        every = ranges(people, grid)
        assert [low for low, _ in every] == [0, *(high + 1 for _, high in every[:-1])]
        assert every[-1][1] == people
        assert sum(low <= count <= high for low, high in every) == 1
        assert all(high - low >= 3 for low, high in every)
    two = [holding(count, people, grid) for grid in (0, 1)]
    assert any(low <= count <= high for low, high in (inside(one, people) for one in two))


@st.composite
def bodies(draw):
    place = st.tuples(*(st.integers(0, most) for most in (3, 2, 2, 1)))
    places = draw(st.lists(place, min_size=2, max_size=12, unique=True))
    shape = [(region, tuple(groups), draw(st.integers(1, 30))) for region, *groups in places]
    have = tuple(draw(st.integers(0, people)) for _, _, people in shape)
    return crossed(shape, have)


@given(bodies(), st.integers(0, 10**6))
def test_what_is_drawn_holds_the_truth_and_is_drawn_with_a_witness(body, seed):
    told = drawn(body, [{}, {}, {}], Random(seed))
    for shown, found in zip(figures(body), told, strict=True):
        for group, (count, people) in enumerate(shown):
            if people:
                low, high = found[group]
                assert low <= count <= high
    assert reached(body, told)


@given(bodies(), st.integers(0, 10**6))
def test_a_count_that_stays_is_told_in_the_same_way(body, seed):
    first = drawn(body, [{}, {}, {}], Random(seed))
    people = [dict(enumerate(n for _, n in by)) for by in figures(body)]
    grids = [
        {group: on(one, of[group]) for group, one in found.items()}
        for found, of in zip(first, people, strict=True)
    ]
    again = drawn(body, grids, Random(seed + 1))
    assert again == first or not Random(seed + 1).randrange(1000)
