"""Months beside each other: the rule by head-counts says what the attack's programme finds."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.suppress.breaking import attack
from modules.suppress.cases import Isolated, Sum
from modules.suppress.moves import beside, together

LEAST = 4


@st.composite
def ways(draw, months):
    """Everybody's region in each month: most stay where they are, a few come, move and go."""
    number = months if isinstance(months, int) else draw(months)
    regions = draw(st.integers(1, 4))
    region = st.integers(-1, regions - 1)
    stays = draw(st.lists(st.tuples(st.integers(0, regions - 1), st.integers(1, 8)), max_size=6))
    moves = draw(st.lists(st.tuples(st.tuples(*[region] * number), st.integers(1, 6)), max_size=6))
    rows = [[at] * number for at, people in stays for _ in range(people)]
    rows += [list(way) for way, people in moves for _ in range(people)]
    rows = [row for row in rows if max(row) >= 0] or [[0] * number]
    return list(np.array(rows, np.int32).T)


def isolated(months: list[np.ndarray]) -> list[Isolated]:
    kinds, people = np.unique(np.stack(months, 1), axis=0, return_counts=True)
    nobody = np.zeros(len(people), np.int64)
    shown, truth = {}, {}
    for place, column in enumerate(kinds.T):
        name = f"month {place}"
        cells = [int(cell) for cell in np.unique(column) if cell >= 0]
        shown[name] = [Sum(f"{name} region {cell}", column == cell, 0, 0) for cell in cells]
        truth[name] = nobody
    found = attack(shown, people.astype(np.int64), truth, LEAST)
    assert found.left_out == 0
    return [one for one in found.isolated if one.how != "bounds"]


@given(ways(2))
def test_two_months_are_safe_where_no_programme_isolates_anybody(months):
    assert (beside(*months, LEAST) is None) == (isolated(months) == [])


@given(ways(2))
def test_where_two_months_isolate_somebody_a_region_of_this_one_is_to_blame(months):
    told = beside(*months, LEAST)
    if told:
        assert {cell for _, cell in told} <= {int(cell) for cell in months[0] if cell >= 0}


@settings(deadline=None)
@given(ways(st.integers(3, 5)))
def test_all_months_at_once_are_safe_where_no_programme_isolates_anybody(months):
    two = all(beside(one, other, LEAST) is None for one, other in combinations(months, 2))
    safe = two and together(months, LEAST) is None
    assert safe == (isolated(months) == [])


def test_three_months_may_isolate_whom_no_two_do():
    ways = [((0, 0, 0), 5), ((1, 1, 1), 8), ((0, -1, 0), 5), ((0, 0, 1), 5)]
    ways += [((1, 0, -1), 4), ((1, 0, 0), 2)]
    months = list(np.array([way for way, people in ways for _ in range(people)], np.int32).T)
    assert [beside(one, other, LEAST) for one, other in combinations(months, 2)] == [None] * 3
    assert together(months, LEAST)
    assert [(one.people, one.how) for one in isolated(months)] == [(2, "all months")]
