"""Readers report what is wrong; trainers see where and why, not who; names go in time."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select

from db import revisions
from db.engine import reading, writing
from db.tables import ContentReport, core
from modules.author import reports
from modules.basics import BadInput, Denied
from modules.learn import record, reporting


def tell(world, who="amira", now=None, **changes):
    """Report something as somebody."""
    viewer = world.viewer(who)
    given = {"module": "M01", "place": "step/care-data", "reason": "wrong"}
    given["text"] = "2014, not 2013"
    with writing() as session:
        published = revisions.latest(session, org_id=viewer.org_id)
        revision = published["M01"].id if "M01" in published else None
        given |= {"revision_id": revision, "now": now or world.now} | changes
        reporting.report(session, viewer, **given)


def mine(world, who="amira"):
    with reading() as session:
        return list(record.my_record(session, world.viewer(who)).reports)


def listed(world, who="priya", state="open"):
    with reading() as session:
        return reports.listed(session, world.viewer(who), state=state)


def rows():
    with reading() as session:
        return session.connection().execute(select(core(ContentReport))).all()


def close(world, answer="Mended.", who="priya", **more):
    [one] = listed(world)
    with writing() as session:
        reports.close(session, world.viewer(who), id=one.id, answer=answer, now=world.now, **more)
    return one.id


def test_a_trainer_sees_place_reason_sentence_and_version_and_not_who(world):
    tell(world)
    [one] = listed(world)
    assert (one.module, one.place, one.reason) == ("M01", "step/care-data", "wrong")
    assert one.text == "2014, not 2013"
    assert one.version
    assert not {"person_id", "name", "email"} & set(vars(one))


def test_the_reader_sees_the_answer_on_her_own_page_and_lets_it_go(world):
    tell(world)
    close(world, answer="  You are right. Mended. ")
    [one] = mine(world)
    assert (one.state, one.answer) == ("closed", "You are right. Mended.")
    assert listed(world) == []
    with writing() as session:
        reporting.let_go(session, world.viewer("amira"), id=one.id)
    assert mine(world) == []
    [kept] = rows()
    assert kept.person_id is None
    assert kept.answer


def test_an_open_report_cannot_be_let_go_nor_somebody_elses(world):
    tell(world)
    [one] = mine(world)
    with writing() as session:
        reporting.let_go(session, world.viewer("amira"), id=one.id)
    close(world)
    with writing() as session:
        reporting.let_go(session, world.viewer("ben"), id=one.id)
    assert [same.id for same in mine(world)] == [one.id]


def test_the_same_report_sent_again_is_one(world):
    tell(world)
    tell(world)
    assert len(rows()) == 1
    tell(world, reason="unclear")
    tell(world, who="ben")
    assert len(rows()) == 3


def test_after_it_was_closed_the_same_can_be_reported_again(world):
    tell(world)
    close(world)
    tell(world)
    assert len(listed(world)) == 1


def test_nobody_reports_without_end(world):
    for number in range(reporting.MOST_A_DAY):
        tell(world, place=f"item/M01-Q{number:02}")
    with pytest.raises(BadInput, match="tomorrow"):
        tell(world, place="item/M01-Q99")
    tell(world, who="ben", place="item/M01-Q99")
    tell(world, place="item/M01-Q99", now=world.now + timedelta(days=1, seconds=1))


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "nonsense"},
        {"place": "step/../x"},
        {"place": "somewhere"},
        {"place": "step/"},
        {"module": "M01; drop"},
        {"text": "x" * 301},
    ],
)
def test_what_is_not_offered_is_refused_and_not_recorded(world, changes):
    with pytest.raises(BadInput):
        tell(world, **changes)
    assert rows() == []


def test_glossary_and_job_aids_of_their_own_belong_to_no_module(world):
    tell(world, module="", revision_id=None, place="term/controller")
    [one] = listed(world)
    assert (one.module, one.version) == ("", "")


def test_an_answer_is_a_sentence(world):
    tell(world)
    for answer in ("", "   ", "x" * 301):
        with pytest.raises(BadInput):
            close(world, answer=answer)
    assert len(listed(world)) == 1


def test_a_closed_report_can_be_opened_again(world):
    tell(world)
    id_ = close(world)
    with writing() as session:
        reports.reopen(session, world.viewer("priya"), id=id_, now=world.now)
    [one] = listed(world)
    assert (one.answer, one.closed_at) == ("", None)


def test_the_first_answer_stands_when_two_trainers_close_it(world):
    tell(world)
    id_ = close(world, answer="First.")
    with writing() as session:
        reports.close(session, world.viewer("priya"), id=id_, answer="Second.", now=world.now)
    assert mine(world)[0].answer == "First."


def test_another_organisation_sees_and_answers_nothing(world):
    tell(world)
    outsider = world.viewer("uma")
    with reading() as session:
        assert record.my_record(session, outsider).reports == ()
        for state in ("open", "closed"):
            try:
                assert reports.listed(session, outsider, state=state) == []
            except Denied:
                continue
    [one] = listed(world)
    stranger = dataclasses.replace(world.viewer("priya"), org_id=outsider.org_id)
    with writing() as session:
        assert reports.listed(session, stranger, state="open") == []
        reports.close(session, stranger, id=one.id, answer="No.", now=world.now)
    assert listed(world) == [one]


def test_reports_of_one_place_stand_together(world):
    tell(world, place="step/a")
    tell(world, place="step/b", now=world.now + timedelta(minutes=1))
    tell(world, who="ben", place="step/a", now=world.now + timedelta(minutes=2))
    assert [one.place for one in listed(world)] == ["step/a", "step/a", "step/b"]


def test_name_and_sentence_go_after_ninety_days_and_not_before(world):
    tell(world)
    with writing() as session:
        assert reporting.forget_old(session, now=world.now + timedelta(days=90)) == 0
        assert reporting.forget_old(session, now=world.now + timedelta(days=90, seconds=1)) == 1
        assert reporting.forget_old(session, now=world.now + timedelta(days=99)) == 0
    [kept] = rows()
    assert (kept.person_id, kept.text) == (None, "")
    assert (kept.place, kept.reason) == ("step/care-data", "wrong")
    assert mine(world) == []
