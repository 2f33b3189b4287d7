"""Delayed checks: when each is open, and that it is taken once."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from modules.progress import delayed
from modules.progress.hours import Hours
from tests.unit.calendar_days import days_from

WEEK = frozenset(range(5))
LONDON = Hours(WEEK, time(8), time(18), "Europe/London")
DAILY = Hours(frozenset(range(7)), time(8), time(18), "Europe/London")
# A day here begins at one o'clock when summer comes: midnight itself is left out.
JUMPS = ("America/Santiago", "Asia/Beirut")
ZONES = ("Europe/London", *JUMPS)
MONDAY = date(2027, 3, 1)


def test_the_first_delayed_check_is_open_from_day_30_to_day_60():
    done = date(2027, 12, 20)
    held = [day for day in days_from(done, 120) if delayed.open_window(done, (), day)]
    assert (held[0], held[-1], len(held)) == (date(2028, 1, 19), date(2028, 2, 18), 31)


@pytest.mark.parametrize(
    ("done", "opens", "closes"),
    [
        (date(2027, 8, 31), date(2028, 2, 29), date(2028, 3, 29)),
        (date(2028, 8, 31), date(2029, 2, 28), date(2029, 3, 29)),
        (date(2027, 7, 5), date(2028, 1, 5), date(2028, 2, 3)),
    ],
)
def test_the_second_is_open_from_six_months_on_for_thirty_days(done, opens, closes):
    second = delayed.windows(done)[1]
    assert (second.form, second.opens, second.closes) == ("delayed-2", opens, closes)
    assert [second.holds(opens - timedelta(days=1)), second.holds(opens)] == [False, True]
    assert [second.holds(closes), second.holds(closes + timedelta(days=1))] == [True, False]


def test_each_is_taken_once_and_missing_the_first_does_not_keep_the_second_away():
    done = date(2027, 1, 4)
    assert delayed.open_window(done, ("delayed-1",), date(2027, 2, 10)) is None
    assert delayed.open_window(done, (), date(2027, 7, 10)).form == "delayed-2"
    assert delayed.open_window(done, ("delayed-2",), date(2027, 7, 10)) is None


def test_for_two_years_each_day_has_at_most_one_check_open_and_each_window_opens_once():
    for done in days_from(date(2027, 1, 1), 731):
        first, second = delayed.windows(done)
        assert done < first.opens < first.closes < second.opens < second.closes
