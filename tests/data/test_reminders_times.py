"""When the day's mails go out, and what happens to what did not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from db import letters
from db.engine import writing
from tests.data.mails import AMIRA, MONDAY, change, rows, run


def test_nothing_goes_out_on_a_weekend_and_all_of_it_on_monday(world, database, sink):
    run(MONDAY - timedelta(days=1))
    assert sink.mails == []
    run()
    assert AMIRA in sink.letters


def test_nothing_goes_out_on_a_holiday(world, database, sink):
    with writing() as session:
        letters.add_holiday(
            session,
            org_id=world.organisations["Fernleigh"],
            day=MONDAY.date(),
            name="Founders’ Day",
        )
    run()
    assert AMIRA not in sink.letters
    assert "uma.quill@harrow.example" in sink.letters
    run(MONDAY + timedelta(days=1))
    assert AMIRA in sink.letters


def test_what_is_planned_early_waits_for_working_hours(world, database, sink):
    assert sum(run(MONDAY.replace(hour=5))["Fernleigh"].kinds.values()) > 0
    assert sink.mails == []
    run(MONDAY.replace(hour=8))
    assert AMIRA in sink.letters


def test_nothing_is_planned_when_working_hours_are_over(world, database, sink):
    assert run(MONDAY.replace(hour=20))["Fernleigh"].kinds == {}


def test_hours_are_those_of_the_readers_own_zone(world, database, sink):
    change(world, "amira", zone="Pacific/Auckland")
    # Ten at night over there.
    run()
    assert AMIRA not in sink.letters
    # Tuesday, eight in the morning over there; still Monday here.
    run(MONDAY.replace(hour=19))
    assert AMIRA in sink.letters


def test_five_missed_days_are_made_up_for_in_one_message(world, database, sink):
    run()
    sink.mails.clear()
    # Seven days before (4 December) and one day before are past; it is overdue since Saturday.
    run(datetime(2026, 12, 16, 9, tzinfo=UTC))
    assert [to for [to], _ in sink.mails].count(AMIRA) == 1
    assert "was due on Friday 11 December 2026" in sink.letters[AMIRA][1]


def test_a_mail_that_did_not_go_out_on_its_day_is_said_on_the_next_and_not_twice(
    world, database, sink
):
    run(MONDAY.replace(hour=5))
    run(MONDAY + timedelta(days=1))
    assert [to for [to], _ in sink.mails].count(AMIRA) == 1
    states = {
        (row.day, row.state) for row in rows() if row.person_id == world.viewer("amira").person_id
    }
    assert states == {(date(2026, 11, 23), "dropped"), (date(2026, 11, 24), "sent")}
