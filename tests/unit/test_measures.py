"""Measures by hand: the numbers that a reader could work out on paper."""

import pytest

from modules.progress.measures import Sums, gain, interval, retention, sureness

TEN = [(1 / 3, 1.0)] * 5 + [(2 / 3, 2 / 3)] * 5


def test_gain_is_in_points_and_normalised_gain_is_from_group_averages():
    found = gain(TEN)
    assert (found.n, found.before, found.after) == (
        10,
        pytest.approx(50),
        pytest.approx(83.333, 1e-3),
    )
    assert found.points == pytest.approx(33.333, 1e-3)
    # (83.3 − 50) ÷ (100 − 50); the mean of individual gains would be 0.5.
    assert found.normalised == pytest.approx(2 / 3)


def test_the_interval_is_students():
    # Mean 33.33, standard deviation 35.14, t of 9 degrees of freedom 2.262.
    low, high = gain(TEN).interval
    assert (low, high) == (pytest.approx(8.198, abs=0.02), pytest.approx(58.469, abs=0.02))
    assert interval([10.0] * 12) is None
    assert interval([10.0]) is None


def test_normalised_gain_is_undefined_when_everything_was_right_before():
    found = gain([(1.0, 1.0)] * 12)
    assert found.normalised is None
    assert found.points == 0


def test_nine_people_are_counted_and_nothing_is_said_of_them():
    assert gain(TEN[:9]) == gain([(0.0, 0.0)] * 9)
    assert retention(TEN[:9]) == retention([(0.0, 0.0)] * 9)
    few = sureness([Sums(3, 0.5, 1.5, 2)] * 9)
    assert (few.n, few.answers, few.brier, few.bias) == (9, 27, None, None)


def test_retention_is_later_by_earlier_with_the_drop_in_points():
    found = retention([(1.0, 2 / 3)] * 6 + [(2 / 3, 2 / 3)] * 6)
    assert found.ratio == pytest.approx(0.8)
    assert found.drop == pytest.approx(100 / 6)
    assert retention([(0.0, 1 / 3)] * 12).ratio is None


def test_people_who_never_said_how_sure_they_were_are_not_counted():
    people = [Sums(2, 0.25, 1.5, 1)] * 10 + [Sums(0, 0, 0, 0)] * 5
    found = sureness(people)
    assert (found.n, found.answers) == (10, 20)
    assert found.brier == pytest.approx(0.125)
    assert found.bias == pytest.approx(0.25)
