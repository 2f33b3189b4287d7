"""The outlook of a trend, for any months: what it may say, and what it must never say."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from modules.manage.forecast import (
    LEAST_MONTHS,
    MOST_AHEAD,
    MOST_BACK,
    Month,
    ahead,
    month_end,
    outlook,
)

START = date(2024, 1, 31)


@st.composite
def months(draw, least=0):
    """Any shown months, with gaps where some are hidden, and people who come and go."""
    places = draw(st.lists(st.integers(0, 23), unique=True, min_size=least, max_size=24))
    found = []
    for place in sorted(places):
        people = draw(st.integers(10, 100_000))
        found.append(Month(month_end(START, place), people, draw(st.integers(0, people))))
    return found


targets = st.floats(0.01, 1)


@given(months())
def test_the_range_holds_the_line_and_stays_within_nobody_and_everybody(found):
    for one in ahead(found):
        assert 0 <= one.low <= one.middle <= one.high <= 1


@given(months(), targets)
def test_nothing_is_said_of_fewer_than_four_months_of_the_last_thirteen(found, target):
    newest = found[-1].on if found else START
    near = [one for one in found if one.on > month_end(newest, -MOST_BACK)]
    told = outlook(found, target)
    assert (told.says == "few") == (len(near) < LEAST_MONTHS)
    assert bool(told.points) == (told.says not in ("few", "unclear"))


@given(months(least=1))
def test_it_never_reaches_further_ahead_than_the_months_behind_it(found):
    points = ahead(found)
    span = 12 * (found[-1].on.year - found[0].on.year) + found[-1].on.month - found[0].on.month
    assert len(points) <= min(span, MOST_AHEAD)
    assert all(one.on > found[-1].on for one in points)


@given(months(least=1), targets)
def test_a_month_is_named_only_where_the_target_lies_ahead_and_its_range_holds_it(found, target):
    told = outlook(found, target)
    assert (told.on is not None) == (told.says == "by")
    if told.on:
        assert found[-1].value < target * found[-1].people
        assert found[-1].on < told.soonest <= told.on
        assert told.latest is None or told.on <= told.latest <= told.points[-1].on


@given(months(least=4))
def test_people_of_a_body_a_hundred_times_as_large_with_the_same_shares_give_no_wider_range(
    found,
):
    larger = [Month(one.on, 100 * one.people, 100 * one.value) for one in found]
    if any(one.value in (0, one.people) for one in found):
        return
    for small, large in zip(ahead(found), ahead(larger), strict=True):
        assert large.high - large.low <= small.high - small.low + 1e-9


@given(months(least=4))
def test_trained_and_not_trained_are_mirrored(found):
    other = [Month(one.on, one.people, one.people - one.value) for one in found]
    for here, there in zip(ahead(found), ahead(other), strict=True):
        assert abs(here.low - (1 - there.high)) < 1e-9
        assert abs(here.middle - (1 - there.middle)) < 1e-9


def test_the_range_holds_about_four_times_in_five_where_the_world_is_as_assumed():
    """400 random walks on logits with a pace, seeded: the third month ahead lies in its range."""
    from math import exp

    chance, held = random.Random(7), 0
    for _ in range(400):
        level, path = -1.0, []
        for _ in range(16):
            path.append(level)
            level += 0.12 + chance.gauss(0, 0.15)
        shown = [
            Month(month_end(START, place), 1_000_000, round(1_000_000 / (1 + exp(-at))))
            for place, at in enumerate(path[:13])
        ]
        third, true = ahead(shown)[2], 1 / (1 + exp(-path[15]))
        held += third.low <= true <= third.high
    assert 0.74 <= held / 400 <= 0.86
