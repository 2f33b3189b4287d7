"""Item statistics: bounds, and what may not change them."""

from __future__ import annotations

import random
import statistics
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from modules.progress.item_statistics import of_sheet

MARKS = st.fractions(0, 3, max_denominator=4)
SHEETS = st.integers(1, 5).flatmap(
    lambda items: st.lists(st.lists(MARKS, min_size=items, max_size=items), min_size=1, max_size=40)
)
MOST = Fraction(3)


def found(rows):
    return of_sheet(rows, [MOST] * len(rows[0]))


@given(SHEETS)
def test_every_figure_is_within_its_bounds_and_undefined_exactly_where_nothing_varies(rows):
    for place, one in enumerate(found(rows)):
        marks = [row[place] for row in rows]
        rest = [sum(row) - row[place] for row in rows]
        assert one.takers == len(rows)
        assert 0 <= one.facility <= 1
        if len(rows) < 2:
            assert one.deviation is one.discrimination is one.efficiency is None
            continue
        varies = len(set(marks)) > 1 and len(set(rest)) > 1
        assert (one.discrimination is not None) == varies == (one.efficiency is not None)
        assert (one.deviation == 0) == (len(set(marks)) == 1)
        # The widest that marks from 0 to 3 can lie apart: half at each end.
        assert one.deviation <= 1.5 * (len(rows) / (len(rows) - 1)) ** 0.5 + 1e-9
        if varies:
            assert -100 <= one.discrimination <= 100
            assert one.efficiency <= 100
            assert (one.discrimination > 0) == (one.efficiency > 0)


@given(SHEETS, st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_the_takers_stand(rows, rng: random.Random):
    shuffled = list(rows)
    rng.shuffle(shuffled)
    assert found(shuffled) == found(rows)


@given(SHEETS)
def test_turning_a_mark_around_turns_the_index_around(rows):
    first = found(rows)[0]
    turned = found([[MOST - row[0], *row[1:]] for row in rows])[0]
    if first.discrimination is not None:
        assert turned.discrimination == pytest.approx(-first.discrimination)
    assert turned.deviation == first.deviation


@given(SHEETS)
def test_the_figures_are_those_of_pythons_own_statistics(rows):
    assume(len(rows) > 1)
    for place, one in enumerate(found(rows)):
        marks = [float(row[place]) for row in rows]
        rest = [float(sum(row) - row[place]) for row in rows]
        assert one.deviation == pytest.approx(statistics.stdev(marks), abs=1e-9)
        if one.discrimination is not None:
            assert one.discrimination == pytest.approx(
                100 * statistics.correlation(marks, rest), abs=1e-6
            )
            best = statistics.covariance(sorted(marks), sorted(rest))
            assert one.efficiency == pytest.approx(
                100 * statistics.covariance(marks, rest) / best, abs=1e-6
            )
