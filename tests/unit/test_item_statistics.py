"""Item statistics against a sheet that was worked out by hand, with the arithmetic beside it."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest

from modules.progress.item_flags import flags, unused
from modules.progress.item_statistics import Statistics, of_item, of_sheet

# Five takers, four items: A and B give up to 1 mark, C up to 3, D was right for everybody.
#
#   taker   A  B  C  D   total
#   1       1  0  3  1     5
#   2       1  1  2  1     5
#   3       1  0  1  1     3
#   4       0  1  1  1     3
#   5       0  1  0  1     2
SHEET = [[1, 0, 3, 1], [1, 1, 2, 1], [1, 0, 1, 1], [0, 1, 1, 1], [0, 1, 0, 1]]
MOST = [1, 1, 3, 1]


@pytest.fixture
def sheet():
    rows = [[Fraction(mark) for mark in row] for row in SHEET]
    return of_sheet(rows, [Fraction(one) for one in MOST])


def test_item_a_is_what_the_hand_says(sheet):
    # x = 1 1 1 0 0, mean 3/5 = 0.6.  Deviations .4 .4 .4 −.6 −.6; squares .16·3 + .36·2 = 1.2.
    # var(x) = 1.2 / 4 = 0.3.  Standard deviation √0.3 = 0.547723.
    # y = total − x = 4 4 2 3 2, mean 15/5 = 3.  Deviations 1 1 −1 0 −1; squares sum 4; var(y) = 1.
    # Σ(x−x̄)(y−ȳ) = .4·1 + .4·1 + .4·(−1) + (−.6)·0 + (−.6)·(−1) = .4+.4−.4+0+.6 = 1.0
    # cov = 1.0 / 4 = 0.25.  Index = 100 · 0.25 / √(0.3 · 1) = 25 / 0.547723 = 45.6435.
    # Sorted: x = 0 0 1 1 1, y = 2 2 3 4 4.  Deviations x −.6 −.6 .4 .4 .4, y −1 −1 0 1 1.
    # Sum = .6 + .6 + 0 + .4 + .4 = 2.0; cov_max = 0.5.  Efficiency = 100 · 0.25 / 0.5 = 50.
    a = sheet[0]
    assert (a.takers, a.most, a.mean, a.facility) == (5, 1.0, 0.6, 0.6)
    assert a.deviation == pytest.approx(0.547723, abs=1e-6)
    assert a.deviation_share == pytest.approx(0.547723, abs=1e-6)
    assert a.discrimination == pytest.approx(45.6435, abs=1e-4)
    assert a.efficiency == 50.0


def test_item_b_goes_against_the_rest_and_its_efficiency_is_below_minus_100(sheet):
    # x = 0 1 0 1 1, mean 0.6; var(x) = 1.2 / 4 = 0.3.
    # y = 5 4 3 2 1, mean 3; deviations 2 1 0 −1 −2; squares 4+1+0+1+4 = 10; var(y) = 2.5.
    # Σ = (−.6)·2 + .4·1 + (−.6)·0 + .4·(−1) + .4·(−2) = −1.2 + .4 + 0 − .4 − .8 = −2.0
    # cov = −0.5.  Index = −50 / √(0.3 · 2.5) = −50 / √0.75 = −50 / 0.866025 = −57.7350.
    # Sorted: x = 0 0 1 1 1, y = 1 2 3 4 5: (−.6)(−2) + (−.6)(−1) + .4·0 + .4·1 + .4·2
    #       = 1.2 + .6 + 0 + .4 + .8 = 3.0; cov_max = 0.75.  Efficiency = −50 / 0.75 = −66.6667.
    b = sheet[1]
    assert b.discrimination == pytest.approx(-57.7350, abs=1e-4)
    assert b.efficiency == pytest.approx(-66.6667, abs=1e-4)
    assert flags(b) == ("negative",)


def test_item_c_has_marks_up_to_three(sheet):
    # x = 3 2 1 1 0, sum 7, mean 1.4.  Facility = 1.4 / 3 = 0.466667.
    # Deviations 1.6 .6 −.4 −.4 −1.4; squares 2.56 + .36 + .16 + .16 + 1.96 = 5.2; var(x) = 1.3.
    # Standard deviation √1.3 = 1.140175 marks, of 3 = 38.0058%.
    # y = 2 3 2 2 2, sum 11, mean 2.2; deviations −.2 .8 −.2 −.2 −.2; squares .04·4 + .64 = .8;
    # var(y) = 0.2.
    # Σ = 1.6·(−.2) + .6·.8 + (−.4)(−.2) + (−.4)(−.2) + (−1.4)(−.2)
    #   = −.32 + .48 + .08 + .08 + .28 = 0.6; cov = 0.15.
    # Index = 15 / √(1.3 · 0.2) = 15 / √0.26 = 15 / 0.509902 = 29.4174.
    # Sorted: x = 0 1 1 2 3, y = 2 2 2 2 3: (−1.4)(−.2) + (−.4)(−.2)·2 + .6·(−.2) + 1.6·.8
    #       = .28 + .16 − .12 + 1.28 = 1.6; cov_max = 0.4.  Efficiency = 15 / 0.4 = 37.5.
    c = sheet[2]
    assert c.facility == pytest.approx(0.466667, abs=1e-6)
    assert c.deviation == pytest.approx(1.140175, abs=1e-6)
    assert c.deviation_share == pytest.approx(0.380058, abs=1e-6)
    assert c.discrimination == pytest.approx(29.4174, abs=1e-4)
    assert c.efficiency == 37.5


def test_where_everybody_has_the_same_there_is_no_discrimination(sheet):
    # x = 1 1 1 1 1: var(x) = 0, so neither quotient is defined; the deviation is 0, not unknown.
    d = sheet[3]
    assert (d.facility, d.deviation) == (1.0, 0.0)
    assert d.discrimination is None
    assert d.efficiency is None
    assert flags(d) == ("too-easy",)


def test_where_the_rest_is_the_same_for_everybody_there_is_none_either():
    # y = 1 1 1 for x = 0 1 1: var(y) = 0.
    rows = [[Fraction(0), Fraction(1)], [Fraction(1), Fraction(1)], [Fraction(1), Fraction(1)]]
    first = of_sheet(rows, [Fraction(1), Fraction(1)])[0]
    assert first.deviation == pytest.approx(sqrt(1 / 3))
    assert first.discrimination is None
    assert first.efficiency is None


def test_tenths_that_are_all_alike_have_a_variance_of_exactly_nothing():
    # As floats 0.1 three times has the mean 0.10000000000000002, and a variance.
    rows = [[Fraction("0.1"), Fraction(k)] for k in range(3)]
    found = of_sheet(rows, [Fraction(1), Fraction(2)])[0]
    assert found.deviation == 0
    assert found.discrimination is None


def test_one_taker_has_a_facility_and_nothing_else_and_none_has_nothing():
    one = of_item({(Fraction(1), Fraction(2)): 1}, Fraction(2))
    assert one == Statistics(1, 2.0, 1.0, 0.5, None, None, None)
    assert of_item({}, Fraction(1)) == Statistics(0, 1.0, None, None, None, None, None)


def test_an_item_that_gives_no_marks_has_no_facility():
    assert of_item({(Fraction(0), Fraction(2)): 3}, Fraction(0)).facility is None


def figures(facility=0.7, discrimination=30.0):
    return Statistics(40, 1.0, facility, facility, 0.4, discrimination, 40.0)


@pytest.mark.parametrize(
    ("facility", "found"),
    [(0.95, ("too-easy",)), (0.9499, ()), (0.35, ()), (0.3499, ("too-hard",))],
)
def test_the_bounds_of_easy_and_hard(facility, found):
    assert flags(figures(facility)) == found


def test_a_question_before_the_lesson_may_be_hard_and_show_what_people_are_sure_of():
    assert flags(figures(0.2), sure_wrong=0.5, first_meeting=True) == ()
    assert flags(figures(0.2), sure_wrong=0.5) == ("too-hard", "sure-but-wrong")
    assert flags(figures(), sure_wrong=0.19, dead=True) == ("dead-option",)
    assert flags(figures(discrimination=-0.1), first_meeting=True) == ("negative",)
    assert flags(figures(discrimination=None)) == ()


@pytest.mark.parametrize(
    ("shares", "wrong", "found"),
    [
        ((0.3, 0.04), 0.34, True),
        ((0.3, 0.05), 0.35, False),
        ((0.14, 0.04), 0.18, False),  # an even spread would give each less than a tenth
        ((0.2, 0.06, 0.04), 0.3, True),
        ((), 0.5, False),
    ],
)
def test_an_option_is_dead_only_where_others_are_alive(shares, wrong, found):
    assert unused(shares, wrong) == found


def test_an_index_that_chance_may_have_made_is_negative_in_a_file_and_not_on_the_page():
    # z = atanh(−0.2) = −0.202733; 1.644854 / √(40 − 3) = 0.270413; the sum is above 0.
    assert flags(figures(discrimination=-20.0)) == ("negative",)
    assert flags(figures(discrimination=-20.0), beyond_chance=True) == ()
    # z = atanh(−0.3) = −0.309520; with 0.270413 the sum is below 0.
    assert flags(figures(discrimination=-30.0), beyond_chance=True) == ("negative",)
    assert flags(figures(discrimination=-100.0), beyond_chance=True) == ("negative",)
