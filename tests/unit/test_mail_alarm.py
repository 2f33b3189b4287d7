"""When the administrator is told that reminders did not run, and when not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from db.letters import Run
from modules.post.alarm import alarm
from modules.progress.hours import Hours

LONDON = Hours(frozenset(range(5)), time(8), time(18), "Europe/London")
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def ran(at, *, ended=True, failure=""):
    return Run(at, at + timedelta(minutes=1) if ended else None, 1, 1, 0, failure)


def found(runs, now, since=LONG_AGO, hours=LONDON):
    return alarm(runs, hours=hours, since=since, now=now)


@pytest.mark.parametrize(
    ("hours", "expected"), [(1, ""), (2, "missed"), (9, "missed"), (23, "missed")]
)
def test_a_run_is_missed_two_hours_after_a_working_day_began(hours, expected):
    friday = [ran(MONDAY - timedelta(days=3))]
    assert found(friday, MONDAY + timedelta(hours=hours)) == expected


def test_no_run_is_missed_on_a_weekend_or_a_holiday():
    friday = [ran(MONDAY - timedelta(days=3))]
    assert found(friday, MONDAY - timedelta(hours=3)) == ""
    off = Hours(
        LONDON.days, LONDON.start, LONDON.until, LONDON.zone, frozenset({date(2026, 11, 23)})
    )
    assert found(friday, MONDAY + timedelta(hours=5), hours=off) == ""


def test_a_run_of_today_is_enough():
    assert found([ran(MONDAY + timedelta(minutes=5))], MONDAY + timedelta(hours=9)) == ""


def test_nothing_is_missed_before_mail_could_first_be_sent():
    now = MONDAY + timedelta(hours=5)
    assert found([], now, since=MONDAY + timedelta(hours=1)) == ""
    assert found([], now, since=MONDAY - timedelta(hours=1)) == "missed"


def test_a_run_that_does_not_end_or_could_not_work_is_told():
    now = MONDAY + timedelta(hours=5)
    hanging = [ran(MONDAY, ended=False)]
    assert found(hanging, MONDAY + timedelta(hours=1)) == ""
    assert found(hanging, now) == "stuck"
    assert found([ran(MONDAY, failure="ConnectionRefusedError")], now) == "failed"
    assert found([ran(now), ran(MONDAY, failure="ConnectionRefusedError")], now) == ""
