"""The day's mails to learners: who gets one, what it says, and that it is one at most."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from db import letters, outbox, retention
from db.engine import reading, writing
from db.tables import Enrolment, Exemption, Extension, core, new_id
from modules import enrolling
from modules.agreement import current
from modules.duties import After, Audience, Clause, Never, Rule
from modules.post import running
from tests.data.mails import AMIRA, MONDAY, change, due, rows, run


def test_a_learner_reads_what_is_due_when_and_where_to_go_on(world, database, sink):
    run()
    subject, text, mail = sink.letters[AMIRA]
    assert subject == "Your training on privacy"
    assert "Hello Amira," in text
    assert "is due on Friday 11 December 2026, in 18 days." in text
    assert "http://steward.test/" in text
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in mail
    assert "%" not in text


def test_who_is_in_date_gets_nothing(world, database, sink):
    run()
    assert "ben.hale@fernleigh.example" not in sink.letters


def test_a_second_run_sends_nothing_new_on_that_day_nor_on_the_next(world, database, sink):
    first = run()
    assert first["Fernleigh"].sent == len([to for [to], _ in sink.mails if "fernleigh" in to])
    before = len(sink.mails)
    run(MONDAY + timedelta(hours=1))
    run(MONDAY + timedelta(days=1))
    assert len(sink.mails) == before


def test_who_has_done_it_by_the_time_is_not_reminded(world, database, sink):
    run(MONDAY.replace(hour=5))
    due(world, "amira", ended_on=date(2026, 11, 23))
    run(MONDAY)
    assert AMIRA not in sink.letters


@pytest.mark.parametrize(
    "values",
    [
        {"left_on": date(2026, 11, 23)},
        {"erased_at": MONDAY},
        {"email": ""},
    ],
)
def test_who_left_was_erased_or_has_no_address_gets_nothing(world, database, sink, values):
    change(world, "amira", **values)
    run()
    assert not any("amira" in to for [to], _ in sink.mails)


def test_who_leaves_between_planning_and_sending_gets_nothing(world, database, sink):
    run(MONDAY.replace(hour=5))
    change(world, "amira", left_on=date(2026, 11, 23))
    run(MONDAY)
    assert AMIRA not in sink.letters


def test_who_is_exempt_gets_nothing_and_who_has_more_time_is_told_of_the_new_day(
    world, database, sink
):
    amira, cora = world.viewer("amira"), world.viewer("cora")
    with writing() as session:
        session.connection().execute(
            insert(core(Exemption)).values(
                org_id=amira.org_id,
                id=new_id(),
                person_id=amira.person_id,
                module="",
                ground="absence",
                starts=date(2026, 11, 1),
                given_at=MONDAY,
            )
        )
        session.connection().execute(
            insert(core(Extension)).values(
                org_id=cora.org_id,
                id=new_id(),
                person_id=cora.person_id,
                module="M01",
                due_on=date(2026, 12, 11),
                ground="workload",
                asked_until=date(2026, 12, 23),
                asked_at=MONDAY,
                decided_at=MONDAY,
                granted_until=date(2026, 12, 23),
            )
        )
    run()
    assert AMIRA not in sink.letters
    assert "Wednesday 23 December 2026" in sink.letters["cora.ellis@fernleigh.example"][1]


def test_a_rehearsal_says_what_goes_out_and_writes_nothing(world, database, sink):
    told = {one.organisation: one for one in running.rehearse(now=MONDAY)}
    assert rows() == []
    did = run()
    assert {name: one.kinds for name, one in told.items()} == {
        name: one.kinds for name, one in did.items()
    }
    assert sum(one.sent for one in did.values()) == len(sink.mails)


def test_every_run_is_kept_and_a_second_server_leaves_the_planning_to_the_first(
    world, database, sink
):
    run()
    assert running.run(clock=lambda: MONDAY + timedelta(minutes=5), again=running.EVERY) == []
    with reading() as session:
        kept = letters.runs(session, org_id=world.organisations["Fernleigh"], most=9)
    assert [(one.sent, one.failure, one.ended_at) for one in kept] == [
        (kept[0].planned, "", MONDAY)
    ]


def test_mails_are_forgotten_with_reminders_and_nothing_is_said_twice_for_that(
    world, database, sink, monkeypatch
):
    run()
    kept = current.agreed().retention.model_copy(update={"reminders": 1})
    short = current.agreed().model_copy(update={"retention": kept})
    for name in ("planning", "reasons"):
        monkeypatch.setattr(f"modules.post.{name}.agreed", lambda: short)
    before = len(sink.mails)
    tuesday = MONDAY + timedelta(days=1, hours=1)
    with writing() as session:
        assert retention.forget(session, kind="reminders", before=tuesday) >= len(rows())
    assert rows() == []
    run(tuesday)
    assert len(sink.mails) == before


def test_whom_a_new_rule_asks_reads_of_it_that_day(world, database, sink):
    marek, column = world.viewer("marek"), core(Enrolment).c
    with writing() as session:
        session.connection().execute(
            core(Enrolment).delete().where(column.person_id == marek.person_id)
        )
        enrolling.publish(
            session,
            org_id=marek.org_id,
            by=marek.person_id,
            title="Again within the month",
            target="M01",
            rule=Rule(
                audience=Audience(clauses=(Clause(people=(marek.person_id,)),)),
                due=After(days=14),
                renewal=Never(),
            ),
            starts=MONDAY.date(),
            assignment_id=None,
            now=MONDAY,
        )
    run()
    assert "New for you" in sink.letters["marek.novak@fernleigh.example"][1]


def test_what_is_asked_after_the_days_mail_has_gone_out_is_told_in_the_next(world, database, sink):
    run()
    assert AMIRA in sink.letters
    sink.mails.clear()
    amira = world.viewer("amira")
    with writing() as session:
        row = {"org_id": amira.org_id, "id": new_id(), "person_id": amira.person_id}
        session.connection().execute(
            insert(core(Enrolment)).values(
                **row,
                module="M02",
                enrolled_at=MONDAY + timedelta(hours=2),
                due_on=date(2027, 6, 30),
            )
        )
    run(MONDAY + timedelta(hours=3))
    assert AMIRA not in sink.letters
    run(MONDAY + timedelta(days=1))
    assert "New for you" in sink.letters[AMIRA][1]


def test_a_mail_server_that_is_away_fails_the_run_and_loses_no_mail(
    world, database, sink, monkeypatch
):
    monkeypatch.setattr("modules.post.mail.connected", _away)
    assert run()["Fernleigh"].failure == "ConnectionRefusedError"
    monkeypatch.undo()
    with writing() as session:
        assert outbox.last_told(session, org_id=world.organisations["Fernleigh"])


def _away():
    raise ConnectionRefusedError
