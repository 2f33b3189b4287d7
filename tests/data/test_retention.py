"""What is too old goes; the rehearsal says exactly what; a second time finds nothing."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from typer.testing import CliRunner

from db.engine import reading, writing
from db.scrubbing import scrub
from db.tables import (
    Answer,
    Attempt,
    Certificate,
    Completion,
    LooseAnswer,
    OwnRequest,
    Person,
    core,
)
from modules.api import start
from modules.commands import app
from modules.commands import personal as commands
from modules.learn import certificates, keeping, receipts
from modules.personal.retention import PERIODS, kinds
from tests.data import everybody
from tests.data.everybody import NOW
from tests.data.test_erasure import dump, files, going
from tests.signers import agree
from tests.walk import Walk


def count(model):
    with reading() as session:
        query = select(func.count()).select_from(core(model))
        return session.connection().execute(query).scalar_one()


def keep(now):
    done = {}
    for kind, step in keeping.steps(now).items():
        with writing() as session:
            done[kind] = step(session)
    return done


def rehearsed(now):
    with writing() as session:
        done = keeping.rehearse(session, now=now)
        session.rollback()
    return done


@pytest.fixture
def everything(database):
    """A row of everything, all of it of `NOW`; her request is answered."""
    with writing() as session:
        body = everybody.make(session, range(2), 0, other=lambda who: 1 - who)
        # The made-up text of an answer belongs to no lab: it is not what this is about.
        session.connection().execute(update(core(Answer)).values(free_text=False))
        session.connection().execute(update(core(OwnRequest)).values(decided_at=NOW))
        # Nobody has a completion: what they answered goes after the days of the unfinished.
        session.connection().execute(core(Certificate).delete())
        session.connection().execute(core(Completion).delete())
        session.connection().execute(update(core(Person)).values(left_on=NOW.date()))
    return body


@pytest.mark.parametrize("days", [0, 91, 5000])
def test_the_rehearsal_equals_what_then_happens_and_a_second_time_finds_nothing(everything, days):
    now = NOW + timedelta(days=days)
    before = dump()
    said = rehearsed(now)
    assert dump() == before
    assert keep(now) == said
    assert set(keep(now).values()) == {0}


def test_everything_goes_in_the_end_and_each_kind_after_its_days(everything):
    assert set(keeping.steps(NOW)) | {"unfinished"} == set(kinds())
    late = rehearsed(NOW + timedelta(days=5000))
    assert [kind for kind, rows in late.items() if not rows and kind != "free_text"] == [
        "steps",
        "brakes",
    ]
    ours = {"answers": "unfinished"}
    for kind, step in keeping.steps(NOW).items():
        if kind in ("free_text", "steps", "brakes"):
            continue
        days = getattr(PERIODS, ours.get(kind, kind))
        for moment, due in ((days - 3, False), (days + 3, True)):
            with writing() as session:
                found = keeping.steps(NOW + timedelta(days=moment))[kind](session)
                session.rollback()
            assert bool(found) == due or (kind == "drafts" and found), (kind, moment, step)


def test_nobody_is_erased_because_she_left_before_her_years_are_over(everything):
    keep(NOW + timedelta(days=PERIODS.leavers))
    with reading() as session:
        assert not [one for one in session.query(Person) if one.erased_at]
    keep(NOW + timedelta(days=PERIODS.leavers + 1))
    with reading() as session:
        assert all(one.erased_at for one in session.query(Person))


def test_answers_leave_her_when_their_completion_has_lapsed_and_the_completion_stays(world):
    walk = Walk(world).whole()
    with writing() as session:
        held = certificates.certificates(session, walk.viewer)[0]
        certificates.make(session, walk.viewer, attempt_id=held.attempt_id, now=walk.now)
    answers, until = count(Answer), held.valid_until
    noon = datetime(until.year, until.month, until.day, 12, tzinfo=world.now.tzinfo)
    keep(noon)
    assert count(Answer) == answers
    completions, certified, attempts = count(Completion), count(Certificate), count(Attempt)
    assert keep(noon + timedelta(days=1))["answers"] == answers
    assert (count(Answer), count(LooseAnswer)) == (0, answers)
    assert (count(Completion), count(Certificate), count(Attempt)) == (
        completions,
        certified,
        attempts,
    )
    with reading() as session:
        shown = certificates.certificates(session, walk.viewer)
        assert shown[0].attempt_id == held.attempt_id
        assert receipts.receipts(session, walk.viewer) == []


def test_what_is_left_leads_neither_to_her_nor_to_her_attempt_or_day(world):
    walk = Walk(world).whole()
    with reading() as session:
        ids = {
            str(one)
            for row in session.connection().execute(select(core(Attempt).c.id, core(Person).c.id))
            for one in row
        }
    keep(world.now + timedelta(days=800))
    columns = core(LooseAnswer).c
    assert {"person_id", "attempt_id", "answered_at", "seed"}.isdisjoint(columns.keys())
    with reading() as session:
        rows = session.connection().execute(select(*columns)).all()
    assert rows
    assert {row.year for row in rows} == {walk.now.year}
    told = json.dumps([str(tuple(row)) for row in rows])
    assert not [one for one in ids if one in told or one.replace("-", "") in told]


def test_a_living_receipt_replays_when_an_older_round_was_unlinked(world):
    walk = Walk(world).whole()
    with writing() as session:
        session.connection().execute(
            update(core(Completion))
            .where(core(Completion).c.person_id == walk.viewer.person_id)
            .values(valid_until=date(2026, 11, 1))
        )
    again = Walk(world).whole()
    assert again.opened.journey.sheet("check").answers
    keep(again.now)
    with reading() as session:
        left = receipts.receipts(session, again.viewer)
        assert left
        assert all(answer.same for one in left for answer in one.replay())
    assert count(LooseAnswer)


def test_an_attempt_that_led_nowhere_stays_for_its_days(world):
    Walk(world).until("check")
    answers = count(Answer)
    assert keep(world.now + timedelta(days=PERIODS.unfinished - 1))["answers"] == 0
    assert count(Answer) == answers
    assert keep(world.now + timedelta(days=PERIODS.unfinished + 1))["answers"] == answers


def test_the_server_does_the_same_every_hour(world, monkeypatch):
    Walk(world).whole()
    later = world.now + timedelta(days=800)
    said = rehearsed(later)
    monkeypatch.setattr(start, "now", lambda: later)
    start.forget()
    assert said["answers"] == count(LooseAnswer) > 0


def test_the_server_overwrites_what_an_erasure_of_somebody_who_left_leaves_behind(
    database, monkeypatch
):
    with writing() as session:
        body = everybody.make(session, range(2), 0, other=lambda who: 1 - who)
        who = [body.people[0]]
        session.execute(update(Person).where(core(Person).c.id.in_(who)).values(left_on=NOW.date()))
        gone = going(session, body, 0)
    done = []
    monkeypatch.setattr(start.scrubbing, "scrub", lambda *of: done.append(scrub(*of)) or True)
    monkeypatch.setattr(start, "now", lambda: NOW + timedelta(days=PERIODS.leavers + 1))
    start.forget()
    assert done == [True]
    assert [one for one in gone if one in dump()] == []
    if database.startswith("sqlite"):
        raw = files(database)
        assert [one for one in gone if one.encode() in raw] == []
    start.forget()
    assert done == [True]


def test_the_server_writes_nothing_while_it_looks_and_nothing_is_due(world):
    Walk(world).whole()
    with reading() as session:
        assert keeping.idle(session, "answers", now=world.now)
        assert not keeping.idle(session, "answers", now=world.now + timedelta(days=800))
        assert not keeping.idle(session, "notes", now=world.now)


def test_the_command_rehearses_any_day_and_does_only_what_is_due(world, monkeypatch):
    Walk(world).whole()
    monkeypatch.setattr(commands, "now", lambda: world.now)
    before = dump()
    late = "2029-01-31T12:00+00:00"
    done = CliRunner().invoke(app, ["retention", "--rehearse", "--now", late, "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["rows"]["answers"] > 10
    refused = CliRunner().invoke(app, ["retention", "--now", late])
    assert refused.exit_code == 1
    assert "rehearses" in refused.output
    assert dump() == before
    assert CliRunner().invoke(app, ["retention", "--now", "tomorrow"]).exit_code == 1
    assert CliRunner().invoke(app, ["retention", "--now", "2026-01-01T12:00"]).exit_code == 1
    told = CliRunner().invoke(app, ["retention"])
    assert told.exit_code == 0
    assert "90 days after it was last written" in told.stdout


def test_each_period_can_be_another_without_another_line_of_code(everything, monkeypatch):
    agree(monkeypatch, retention__views=1)
    assert rehearsed(NOW + timedelta(days=3))["views"] == 4
