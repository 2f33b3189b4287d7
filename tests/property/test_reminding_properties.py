"""Reminders under any duties, weeks, holidays, zones and outages of the scheduler."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from modules.duties.reminding import (
    MOST_OVERDUE,
    Duty,
    Reason,
    message,
    message_days,
    newest,
    reminders,
)
from modules.progress.hours import Hours
from modules.progress.standing import LATE, Leave, Status, standing

FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)
ZONES = ("UTC", "Europe/London", "America/Santiago", "Asia/Beirut", "Pacific/Auckland")
days = st.dates(FIRST, LAST)
leaves = st.builds(
    Leave,
    grace_days=st.integers(0, 20),
    extended_until=st.none() | days,
    exempt=st.booleans(),
)
duties = st.builds(
    Duty,
    module=st.sampled_from(["M01", "M02", "M03"]),
    since=days,
    due_on=days,
    valid_until=st.none() | days,
    leave=leaves,
    window_days=st.integers(0, 90),
    again=st.none() | days,
)
several = st.lists(duties, max_size=3, unique_by=lambda one: one.module)


@st.composite
def hours(draw):
    week = draw(st.frozensets(st.integers(0, 6), min_size=1))
    off = draw(st.frozensets(days, max_size=6))
    return Hours(week, time(8), time(18), draw(st.sampled_from(ZONES)), off)


def sent(found, at, *, first=FIRST, last=LAST, missed=frozenset()):
    """Message by day, when the clock runs and the scheduler is away on some days."""
    told, out = first - timedelta(days=1), {}
    day = first
    while day <= last:
        if day not in missed and (said := message(found, told=told, today=day, works=at.works)):
            out[day], told = said, day
        day += timedelta(days=1)
    return out


@given(duties)
def test_a_duty_has_one_reminder_a_day_at_most_and_none_before_it_is_asked(duty):
    found = reminders(duty)
    assert len({one.day for one in found}) == len(found)
    assert found == sorted(found)
    late = sum(one.reason is Reason.OVERDUE for one in found)
    # What changed later has fewer left to come, and at most one for those that passed.
    assert late in (0, MOST_OVERDUE) or (duty.again is not None and late < MOST_OVERDUE)
    if duty.valid_until is None:
        assert all(one.day >= duty.since for one in found)


@given(duties)
def test_reminders_say_what_the_standing_of_their_day_says(duty):
    for one in reminders(duty):
        found = standing(
            due_on=duty.due_on, valid_until=duty.valid_until, today=one.day, leave=duty.leave
        )
        assert found.status is not Status.EXEMPT
        if one.reason is Reason.OVERDUE:
            assert found.status in LATE
        if one.reason is Reason.EXPIRING:
            assert found.status is Status.CURRENT
        if one.reason is Reason.DUE:
            assert found.status in (Status.DUE, Status.EXTENDED)


@given(several, hours())
def test_messages_go_out_on_working_days_and_as_many_as_were_foretold(found, at):
    out = sent(found, at)
    assert all(at.works(day) for day in out)
    foretold = (message_days(one, first=FIRST, last=LAST, works=at.works) for one in found)
    assert list(out) == sorted(set().union(*foretold))


@given(several, hours(), st.frozensets(days, max_size=60))
def test_missed_days_lose_no_reason_and_repeat_none(found, at, missed):
    out = sent(found, at, missed=missed)
    told = [(one.module, one.day) for said in out.values() for one in said]
    assert len(told) == len(set(told))
    for duty in found:
        for one in reminders(duty):
            # The next day on which the scheduler ran and people worked, within the month.
            later = (one.day + timedelta(days=step) for step in range(20))
            ran = next((day for day in later if at.works(day) and day not in missed), None)
            if not FIRST <= one.day <= LAST - timedelta(days=20) or ran is None:
                continue
            said = out.get(ran, [])
            newer = newest(duty, told=one.day - timedelta(days=1), today=ran)
            if newer is not None:
                assert newer in said


@given(hours(), days, st.times())
def test_a_working_day_opens_on_that_day_whatever_its_clocks_do(at, day, clock):
    opens = at.opens(datetime.combine(day, clock, UTC))
    assert at.works(at.day(opens))
    assert at.open(opens)
