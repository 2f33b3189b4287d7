"""The page of mail: its state, the send log, trying again, days off; and asking by hand."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from db.engine import reading, writing
from db.outbox import MAIL
from db.people import UNIT
from db.tables import Mail, core
from modules.access import Grant, Role
from modules.admin import mailing
from modules.basics import BadInput, Denied
from modules.manage import team as teams
from modules.post import asking, running

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
AMIRA = "amira.khan@fernleigh.example"


def run(now=MONDAY):
    running.run(clock=lambda: now)


def mails(world, short):
    who = world.viewer(short).person_id
    with reading() as session:
        query = select(MAIL).where(MAIL.person_id == who).order_by(MAIL.day)
        return session.connection().execute(query).all()


def ask(world, short, now=MONDAY):
    who = world.viewer(short)
    with writing() as session:
        return asking.remind_now(
            session,
            org_id=who.org_id,
            zone=who.zone,
            pairs=[(who.person_id, "M01")],
            now=now,
        )


def box(world, now=MONDAY):
    with reading() as session:
        return mailing.mailbox(session, world.viewer("marek"), now=now)


def fail(world, short, state="failed"):
    with writing() as session:
        session.connection().execute(
            update(core(Mail))
            .where(MAIL.person_id == world.viewer(short).person_id)
            .values(state=state)
        )


def test_without_a_mail_server_the_page_says_what_to_set_and_rings_no_alarm(world, database):
    found = box(world)
    assert "STEWARD_SMTP_HOST" in found.off
    assert found.alarm == ""
    assert found.runs == ()


def test_a_run_that_did_not_happen_rings_and_the_next_one_ends_it(world, database, sink):
    assert box(world, MONDAY + timedelta(hours=3)).alarm == "missed"
    run(MONDAY + timedelta(hours=3))
    assert box(world, MONDAY + timedelta(hours=4)).alarm == ""


def test_the_log_names_who_kind_day_and_state_of_the_own_body_only(world, database, sink):
    run()
    with reading() as session:
        lines = mailing.log(session, world.viewer("marek"), failed=False, now=MONDAY)
    assert {"Amira Khan", "Tom Ashdown"} <= {one.name for one in lines}
    assert "Uma Quill" not in {one.name for one in lines}
    assert {one.state for one in lines} == {"sent"}


def test_an_administrator_of_one_unit_sees_mails_to_its_people_only(world, database, sink):
    run()
    with reading() as session:
        unit = (
            session.connection()
            .execute(select(UNIT.id).where(UNIT.name == "Benefits"))
            .scalar_one()
        )
        marek = dataclasses.replace(
            world.viewer("marek"), grants=(Grant(Role.ADMINISTRATOR, unit_id=unit),)
        )
        lines = mailing.log(session, marek, failed=False, now=MONDAY)
        assert mailing.mailbox(session, marek, now=MONDAY).counts == {}
    assert lines
    assert all(one.name.startswith("Ben") and one.name.endswith("Fern") for one in lines)


def test_what_failed_can_be_tried_again_on_that_day_and_goes_out_once(world, database, sink):
    run()
    fail(world, "amira", "unconfirmed")
    sink.mails.clear()
    with writing() as session:
        marek = world.viewer("marek")
        [line] = mailing.log(session, marek, failed=True, now=MONDAY)
        mailing.again(session, marek, mail_id=line.id, now=MONDAY)
    run(MONDAY + timedelta(minutes=5))
    assert [to for [to], _ in sink.mails] == [AMIRA]
    # The same number as before: who had it already knows it as the same.
    assert f"<{line.id}@" in sink.letters[AMIRA][2]["Message-ID"]


def test_what_went_out_cannot_be_sent_again(world, database, sink):
    run()
    with writing() as session, pytest.raises(Denied):
        mailing.again(
            session, world.viewer("marek"), mail_id=mails(world, "amira")[0].id, now=MONDAY
        )


def test_nobody_is_sent_a_second_message_by_trying_again(world, database, sink):
    run(MONDAY)
    fail(world, "amira")
    ask(world, "amira", MONDAY + timedelta(days=1))
    run(MONDAY + timedelta(days=1, minutes=5))
    [first, second] = mails(world, "amira")
    assert (first.state, second.state) == ("failed", "sent")
    with writing() as session, pytest.raises(BadInput, match="today already"):
        mailing.again(
            session,
            world.viewer("marek"),
            mail_id=first.id,
            now=MONDAY + timedelta(days=1, hours=1),
        )


def test_a_test_mail_goes_to_oneself_as_often_as_needed(world, database, sink):
    mailing.test(world.viewer("marek"))
    mailing.test(world.viewer("marek"))
    assert [to for [to], _ in sink.mails] == ["marek.novak@fernleigh.example"] * 2


def test_days_off_are_added_by_lines_and_taken_away(world, database):
    marek = world.viewer("marek")
    text = "2026-12-25 Christmas Day\n\n2026-12-28, Boxing Day\n"
    with writing() as session:
        assert mailing.add_holidays(session, marek, text=text) == 2
        assert mailing.add_holidays(session, marek, text=text) == 0
        assert mailing.holidays(session, marek) == {
            date(2026, 12, 25): "Christmas Day",
            date(2026, 12, 28): "Boxing Day",
        }
        mailing.remove_holidays(session, marek, days=[date(2026, 12, 28)])
        assert list(mailing.holidays(session, marek)) == [date(2026, 12, 25)]
        assert mailing.holidays(session, world.viewer("olga")) == {}


@pytest.mark.parametrize(
    "text", ["", "Christmas", "2026-13-01 No month", "2026-12-25", f"2026-12-25 {'x' * 81}"]
)
def test_a_line_that_is_no_day_is_told_and_nothing_is_kept(world, database, text):
    marek = world.viewer("marek")
    with writing() as session, pytest.raises(BadInput):
        mailing.add_holidays(session, marek, text=f"2026-12-24 Eve\n{text}" if text else "")
    with reading() as session:
        assert mailing.holidays(session, marek) == {}


def test_a_manager_who_asks_is_heard_in_the_message_of_that_day(world, database, sink):
    assert ask(world, "amira") == 1
    run()
    assert [to for [to], _ in sink.mails].count(AMIRA) == 1
    assert "Your manager asks you to think of" in sink.letters[AMIRA][1]


def test_who_had_a_message_today_is_asked_on_the_next_working_day(world, database, sink):
    run()
    sink.mails.clear()
    friday = MONDAY + timedelta(days=4)
    ask(world, "amira", friday)
    ask(world, "amira", friday)
    run(friday)
    assert len(sink.mails) == 1
    ask(world, "amira", friday + timedelta(hours=1))
    run(friday + timedelta(hours=2))
    assert len(sink.mails) == 1
    assert [row.day for row in mails(world, "amira")][-1] == date(2026, 11, 30)
    run(friday + timedelta(days=3))
    assert [to for [to], _ in sink.mails].count(AMIRA) == 2


def test_what_arises_on_the_day_of_an_asked_message_is_in_it(world, database, sink):
    run()
    # Seven days before: Friday 4 December.
    early = datetime(2026, 12, 4, 5, tzinfo=UTC)
    ask(world, "amira", early)
    run(early)
    run(early.replace(hour=9))
    assert [row.kind for row in mails(world, "amira")] == ["duties", "duties"]
    assert [to for [to], _ in sink.mails].count(AMIRA) == 2


def test_a_manager_asks_in_the_app_alone_where_there_is_no_mail(world, database):
    assert ask(world, "amira") == 0
    assert mails(world, "amira") == []


def test_a_managers_reminder_is_a_mail_too_and_asks_for_nothing_twice(world, database, sink):
    tom, late = world.viewer("tom"), MONDAY + timedelta(days=120)
    with writing() as session:
        number = teams.remind(session, tom, now=late)
    with reading() as session:
        kinds = session.connection().execute(select(MAIL.kind)).scalars().all()
    assert number
    assert kinds == ["asked"] * number
    with writing() as session:
        assert teams.remind(session, tom, now=late) == 0
