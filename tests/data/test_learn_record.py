"""Somebody's own record: hers alone, with what she answered and who looked."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from db import audit
from db.engine import engine, reading, writing
from modules.basics import Denied
from modules.commands import app
from modules.learn import record, rounds
from modules.progress import receipt
from modules.progress.asked import form_items
from tests.counting import counting
from tests.walk import MODULE


def test_nobody_reads_the_answers_of_another(amira, world):
    amira.until("ecosystem")
    with reading() as session:
        own = record.record_of(session, amira.viewer, email=world.email("amira").upper())
        assert len(own.answers) == 4
        for who in ("tom", "grace", "priya", "marek", "olga"):
            with pytest.raises(Denied):
                record.record_of(session, world.viewer(who), email=world.email("amira"))


def test_the_record_says_no_grade_before_the_form_is_finished(amira, world):
    amira.until("check")
    amira.do(rounds.check_again, module=MODULE)
    items = form_items(amira.module, amira.journey.sheet("check"))

    def held(form):
        with reading() as session:
            mine = record.my_record(session, amira.viewer)
        ids = {str(amira.opened.attempt(amira.journey.sheet(form)))}
        return [one for one in record.as_json(mine)["answers"] if one["attempt_id"] in ids]

    for slot in items[:-1]:
        amira.answer("check", slot, wrong=True)
    for form in ("check", "pre"):
        assert held(form)
        for one in held(form):
            assert one["later"] == receipt.LATER
            assert one["response"]
            assert not {"score", "correct", "tags"} & set(one)
    with reading() as session:
        mine = record.my_record(session, amira.viewer)
    assert {one.correct for one in mine.answers if one.attempt_id in mine.later} == {None}
    assert any(one["correct"] for one in held("practice"))
    who = amira.viewer.email
    printed = CliRunner().invoke(app, ["answers", "--of", who, "--as", who]).stdout.splitlines()
    assert {line.partition(items[0])[2].strip() for line in printed if items[0] in line} == {
        "told when the form is finished"
    }
    assert not any("not right" in line for line in printed)
    amira.answer("check", items[-1], wrong=True)
    assert {one["correct"] for one in held("check")} == {False}
    assert {one["correct"] for one in held("pre")} == {True}


def test_the_record_takes_as_many_questions_to_the_database_for_one_attempt_as_for_many(amira):
    def asked():
        with reading() as session:
            record.my_record(session, amira.viewer)
        with counting(engine()) as sent, reading() as session:
            record.my_record(session, amira.viewer)
        return len(sent)

    few = asked()
    amira.until("job-aid")
    assert asked() == few


def test_the_record_names_who_looked(amira, world):
    tom = world.viewer("tom")
    with writing() as session:
        audit.saw(
            session,
            org_id=tom.org_id,
            viewer_id=tom.person_id,
            person_ids=[amira.viewer.person_id],
            place="team",
            day=world.now.date(),
            now=world.now,
        )
    with reading() as session:
        mine = record.my_record(session, amira.viewer)
    assert [(one.viewer, one.place) for one in mine.views] == [("Tom Ashdown", "team")]
    json.dumps(record.as_json(mine))
