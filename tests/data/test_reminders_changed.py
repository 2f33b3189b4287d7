"""A changed part that is to be redone is told once, then like other duties, with where it is."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db import refreshers
from db.engine import writing
from modules.api.server import routes
from modules.learn import feeding
from modules.shell import session as door
from tests.changing import RULE, publish
from tests.data.mails import MONDAY, TOM, rows, run
from tests.data.test_duties_read import excuse

BEN = "ben.hale@fernleigh.example"
DAYS = RULE | {"days": 20}
LINK = "http://steward.test/changed?module=M01"


def day(number):
    return MONDAY + timedelta(days=number)


def mine(sink, address=BEN):
    return [sink.letters[to][1] for [to], _ in sink.mails if to == address]


def test_a_changed_part_is_told_once_then_before_its_day_and_when_it_is_late(world, database, sink):
    publish(world, DAYS, now=MONDAY)
    told = []
    for number in range(40):
        sink.mails.clear()
        run(day(number))
        told += [(number, text) for text in mine(sink)]
    # Due on Sunday 13 December: a week before is a Sunday, the day before a Saturday.
    assert [number for number, _ in told] == [0, 14, 21, 28, 35]
    assert "has changed. Please redo the changed part by Sunday 13 December 2026" in told[0][1]
    assert "is due on Sunday 13 December 2026" in told[1][1]
    assert all("was due on Sunday 13 December 2026" in text for _, text in told[2:])
    assert all(text.count(LINK) == 1 for _, text in told)


def test_two_changes_of_a_module_are_one_line_with_the_sooner_day(world, database, sink):
    other = RULE | {"version": "1.4.0", "days": 9}
    publish(world, other, DAYS, now=MONDAY)
    run()
    [text] = mine(sink)
    assert text.count(LINK) == 1
    assert "Wednesday 2 December 2026" in text


def test_what_was_redone_before_the_mail_went_out_is_not_told(world, database, sink):
    publish(world, DAYS, now=MONDAY)
    run(MONDAY.replace(hour=5))
    ben = world.viewer("ben")
    with writing() as session:
        assert refreshers.done(
            session,
            org_id=ben.org_id,
            person_id=ben.person_id,
            module="M01",
            version=DAYS["version"],
            now=MONDAY,
        )
    run()
    assert mine(sink) == []
    [row] = [one for one in rows() if one.person_id == ben.person_id]
    assert (row.state, row.failure) == ("dropped", "done")


def test_who_is_exempt_and_who_holds_the_module_no_more_is_not_told_of_its_changes(
    world, database, sink
):
    publish(world, DAYS, now=MONDAY)
    excuse(world, "ben", starts=MONDAY.date())
    run()
    assert mine(sink) == []
    # It ended on 12 August 2027: whoever takes the whole redoes no part.
    sink.mails.clear()
    run(MONDAY.replace(year=2027, month=8, day=23))
    assert not any("changed" in text for _, text, _ in sink.letters.values())


def test_a_manager_reads_who_has_a_changed_part_to_redo(world, database, sink):
    publish(world, DAYS, now=MONDAY)
    run()
    assert "Ben Hale (Revenues): “" in sink.letters[TOM][1]


def test_a_changed_part_stands_in_the_calendar_until_it_is_done(world, database, monkeypatch):
    monkeypatch.setattr(door, "now", lambda: MONDAY)
    publish(world, DAYS, now=MONDAY)
    with writing() as session:
        address = feeding.make(session, world.viewer("ben"), now=MONDAY)
    only = [one for one in routes if getattr(one, "path", "").startswith("/calendar/")]
    answer = TestClient(Starlette(routes=only)).get("/calendar/" + address.rpartition("/")[2])
    found = {
        str(one["SUMMARY"]).partition(":")[0]: one["DTSTART"].dt
        for one in Calendar.from_ical(answer.content).walk("VEVENT")
    }
    assert found == {
        "Training due": date(2027, 8, 12),
        "Changed part due": date(2026, 12, 13),
    }
