"""Of what somebody is reminded on which day, and that it is one message at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from modules.duties.reminding import (
    CATCH_UP_DAYS,
    MOST_OVERDUE,
    Duty,
    Reason,
    message,
    message_days,
    newest,
    reminders,
)
from modules.duties.renewing import FOREVER
from modules.progress.hours import Hours
from modules.progress.standing import Leave

# A Monday; the due day is a Thursday.
ASKED, DUE = date(2026, 9, 7), date(2026, 11, 12)
WEEK = Hours(frozenset(range(5)), time(8), time(18), "Europe/London")
DUTY = Duty("M01", ASKED, DUE)


def told(duty, **more):
    return [(str(one.day), one.reason.value) for one in reminders(duty, **more)]


def every_day(_day):
    return True


def test_a_duty_is_told_when_asked_and_thirty_seven_and_one_day_before_it_is_due():
    assert told(DUTY)[:4] == [
        ("2026-09-07", "assigned"),
        ("2026-10-13", "due"),
        ("2026-11-05", "due"),
        ("2026-11-11", "due"),
    ]


def test_what_is_overdue_is_told_the_day_after_then_weekly_and_not_for_ever():
    assert told(DUTY)[4:] == [
        ("2026-11-13", "overdue"),
        ("2026-11-20", "overdue"),
        ("2026-11-27", "overdue"),
        ("2026-12-04", "overdue"),
    ]
    assert len(told(DUTY)[4:]) == MOST_OVERDUE


def test_days_of_grace_pass_before_anything_is_called_overdue():
    assert told(Duty("M01", ASKED, DUE, leave=Leave(grace_days=10)))[4] == ("2026-11-23", "overdue")


def test_the_extended_day_takes_the_place_of_the_due_day():
    longer = Duty("M01", ASKED, DUE, leave=Leave(extended_until=date(2026, 12, 10)))
    assert told(longer)[1:5] == [
        ("2026-11-10", "due"),
        ("2026-12-03", "due"),
        ("2026-12-09", "due"),
        ("2026-12-11", "overdue"),
    ]


def test_nobody_who_is_exempt_or_done_for_good_is_reminded():
    assert told(Duty("M01", ASKED, DUE, leave=Leave(exempt=True))) == []
    assert told(Duty("M01", ASKED, DUE, FOREVER)) == []


def test_a_completion_is_told_to_expire_from_the_day_on_which_its_window_opens():
    kept = Duty("M01", date(2025, 9, 1), date(2025, 10, 1), DUE, window_days=60)
    assert told(kept)[:5] == [
        ("2026-09-13", "expiring"),
        ("2026-10-13", "expiring"),
        ("2026-11-05", "expiring"),
        ("2026-11-11", "expiring"),
        ("2026-11-13", "overdue"),
    ]


def test_nobody_is_told_to_renew_before_renewing_keeps_the_cycle():
    kept = Duty("M01", date(2025, 9, 1), date(2025, 10, 1), DUE, window_days=14)
    assert [day for day, _ in told(kept)][:3] == ["2026-10-29", "2026-11-05", "2026-11-11"]


def test_a_completion_that_ended_before_the_next_cycle_is_due_is_called_due_from_then_on():
    kept = Duty("M01", date(2025, 9, 1), DUE, date(2026, 11, 8), window_days=30)
    assert [reason for _, reason in told(kept)][:4] == ["expiring", "expiring", "due", "overdue"]


def test_who_comes_back_with_a_lapsed_completion_is_told_of_a_new_duty():
    back = Duty("M01", ASKED, DUE, date(2026, 3, 1))
    assert told(back)[0] == ("2026-09-07", "assigned")


def test_a_duty_asked_late_is_not_told_of_days_that_had_passed():
    late = Duty("M01", date(2026, 11, 9), DUE)
    assert told(late)[:3] == [
        ("2026-11-09", "assigned"),
        ("2026-11-11", "due"),
        ("2026-11-13", "overdue"),
    ]


def test_a_duty_that_must_be_done_before_access_is_overdue_from_its_second_day():
    first = Duty("M01", ASKED, ASKED)
    assert told(first)[:2] == [("2026-09-07", "assigned"), ("2026-09-08", "overdue")]


def test_a_duty_asked_when_its_day_had_long_passed_is_still_told_as_often_as_another():
    assert len(told(Duty("M01", ASKED, date(2026, 1, 1)))) == 1 + MOST_OVERDUE


def test_an_agreement_on_fewer_reminders_is_kept_for_what_is_overdue():
    assert [day for day, _ in told(DUTY, overdue_every=14)][4:6] == ["2026-11-13", "2026-11-27"]


def test_all_reasons_of_a_day_are_in_one_message():
    duties = [Duty("M02", date(2026, 11, 5), date(2027, 3, 1)), DUTY]
    found = message(duties, told=None, today=date(2026, 11, 5), works=WEEK.works)
    assert [(one.module, one.reason) for one in found] == [
        ("M01", Reason.DUE),
        ("M02", Reason.ASSIGNED),
    ]


def test_what_arises_on_a_weekend_is_told_on_monday_and_with_mondays_reasons():
    saturday = Duty("M01", date(2026, 11, 14), date(2027, 3, 1))
    monday = Duty("M02", date(2026, 11, 16), date(2027, 3, 1))
    for day in (14, 15):
        today = date(2026, 11, day)
        assert message([saturday, monday], told=None, today=today, works=WEEK.works) == []
    found = message([saturday, monday], told=None, today=date(2026, 11, 16), works=WEEK.works)
    assert [one.module for one in found] == ["M01", "M02"]


def test_a_holiday_is_a_day_like_sunday():
    monday = date(2026, 11, 16)
    off = Hours(WEEK.days, WEEK.start, WEEK.until, WEEK.zone, frozenset({monday}))
    duty = Duty("M01", monday, date(2027, 3, 1))
    assert message_days(duty, first=monday, last=date(2026, 11, 30), works=off.works) == {
        date(2026, 11, 17)
    }


def test_five_missed_days_are_made_up_for_once_with_what_is_so_by_then():
    found = newest(DUTY, told=date(2026, 11, 4), today=date(2026, 11, 13))
    assert found is not None
    assert (found.day, found.reason) == (date(2026, 11, 13), Reason.OVERDUE)
    assert newest(DUTY, told=date(2026, 11, 13), today=date(2026, 11, 14)) is None


def test_a_reminder_that_was_missed_is_still_given_while_days_of_grace_run():
    # The day before is a Saturday, and Sunday is the day.
    duty = Duty("M01", ASKED, date(2026, 11, 15), leave=Leave(grace_days=5))
    found = message([duty], told=date(2026, 11, 9), today=date(2026, 11, 16), works=WEEK.works)
    assert [one.reason for one in found] == [Reason.DUE]


@pytest.mark.parametrize(("days", "some"), [(CATCH_UP_DAYS - 1, True), (CATCH_UP_DAYS, False)])
def test_what_is_older_than_a_month_is_told_no_more(days, some):
    duty = Duty("M01", ASKED, date(2027, 6, 1))
    found = newest(duty, told=None, today=ASKED + timedelta(days=days))
    assert (found is not None) is some


def test_messages_are_counted_as_they_would_go_out():
    assert message_days(DUTY, first=ASKED, last=date(2026, 11, 13), works=every_day) == {
        date(2026, 9, 7),
        date(2026, 10, 13),
        date(2026, 11, 5),
        date(2026, 11, 11),
        date(2026, 11, 13),
    }


def test_what_changed_near_its_day_is_told_at_once_and_what_changed_long_before_is_not():
    near = replace(DUTY, again=date(2026, 10, 20))
    assert told(near)[:3] == [
        ("2026-10-20", "due"),
        ("2026-11-05", "due"),
        ("2026-11-11", "due"),
    ]
    assert told(replace(DUTY, again=date(2026, 10, 12)))[0] == ("2026-10-13", "due")


def test_what_is_asked_again_when_it_is_late_is_told_as_late_and_never_as_due():
    assert told(replace(DUTY, again=date(2026, 11, 16)))[:2] == [
        ("2026-11-16", "overdue"),
        ("2026-11-20", "overdue"),
    ]


def test_what_is_asked_after_the_days_message_is_told_on_the_next():
    assert told(replace(DUTY, again=ASKED + timedelta(days=1)))[:2] == [
        ("2026-09-08", "assigned"),
        ("2026-10-13", "due"),
    ]
