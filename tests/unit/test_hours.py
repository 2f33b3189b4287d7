"""Working hours: when reviews may begin, in every zone, also when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from modules.days import weekdays
from modules.progress.hours import Hours
from modules.settings import Settings
from tests.unit.calendar_days import days_from

WEEK = frozenset(range(5))
LONDON = Hours(WEEK, time(8), time(18), "Europe/London")
DAILY = Hours(frozenset(range(7)), time(8), time(18), "Europe/London")
# A day here begins at one o'clock when summer comes: midnight itself is left out.
JUMPS = ("America/Santiago", "Asia/Beirut")
ZONES = ("Europe/London", *JUMPS)
MONDAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("at", "held"),
    [
        ("2027-03-01T07:59:59", False),
        ("2027-03-01T08:00:00", True),
        ("2027-03-01T17:59:59", True),
        ("2027-03-01T18:00:00", False),
        ("2027-02-28T12:00:00", False),
    ],
)
def test_working_hours_are_held_to_the_second(at, held):
    now = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/London"))
    assert LONDON.open(now) is held


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2027-03-01T07:00:00+00:00", "2027-03-01T08:00:00+00:00"),
        ("2027-03-01T12:00:00+00:00", "2027-03-02T08:00:00+00:00"),
        ("2027-03-05T19:00:00+00:00", "2027-03-08T08:00:00+00:00"),
        # Summer time begins on Sunday 28 March: Monday's eight is seven in UTC.
        ("2027-03-26T19:00:00+00:00", "2027-03-29T07:00:00+00:00"),
        # It ends on Sunday 31 October.
        ("2027-10-29T18:00:00+00:00", "2027-11-01T08:00:00+00:00"),
        ("2027-12-31T20:00:00+00:00", "2028-01-03T08:00:00+00:00"),
        ("2028-02-28T20:00:00+00:00", "2028-02-29T08:00:00+00:00"),
    ],
)
def test_it_is_said_when_working_hours_begin_next(now, opens):
    assert LONDON.opens(datetime.fromisoformat(now)) == datetime.fromisoformat(opens)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("span", [("00:00", "23:59"), ("00:00", "00:30"), ("08:00", "18:00")])
def test_in_every_zone_hours_open_on_each_day_at_most_once_for_two_years(zone, span):
    hours = Hours(frozenset(range(7)), *map(time.fromisoformat, span), zone)
    now, last = datetime(2027, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
    opened = []
    while (now := hours.opens(now)) < last:
        assert hours.open(now)
        opened.append(hours.day(now))
    assert len(set(opened)) == len(opened)
    # Only where the whole span falls into the hour that the clock leaves out is a day without.
    missing = 731 - len(opened)
    assert missing <= (2 if span[1] == "00:30" and zone in JUMPS else 1)


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_turns_at_midnight_of_the_organisation_also_when_clocks_change(zone):
    hours = Hours(WEEK, time(8), time(18), zone)
    now, seen = datetime(2027, 1, 1, 12, tzinfo=UTC), []
    while now < datetime(2029, 1, 2, tzinfo=UTC):
        seen.append(hours.day(now))
        now += timedelta(minutes=30)
    days = sorted(set(seen))
    assert seen == sorted(seen)
    assert days == days_from(days[0], len(days))
    assert date(2028, 2, 29) in days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("Mon, wed ,fri", {0, 2, 4}),
        ("sun-thu", {6, 0, 1, 2, 3}),
        ("sat", {5}),
        ("mon-sun", set(range(7))),
    ],
)
def test_days_are_read_as_people_write_them(text, days):
    assert weekdays(text) == days


@pytest.mark.parametrize(
    "wrong",
    [
        {"review_days": ""},
        {"review_days": "monday"},
        {"review_days": "mon-wed-fri"},
        {"review_days": "mon,,fri"},
        {"review_from": "8"},
        {"review_from": "24:00"},
        {"review_until": "18:60"},
        {"review_from": "18:00", "review_until": "08:00"},
        {"review_from": "09:00", "review_until": "09:00"},
    ],
)
def test_working_hours_that_make_no_sense_stop_the_start(wrong):
    with pytest.raises(ValidationError):
        Settings(**wrong)
