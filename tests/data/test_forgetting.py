"""What was typed goes after 90 days; the grade stays, and so does the receipt."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.engine import reading, writing
from db.tables import Answer, core
from modules.api import start
from modules.learn import forgetting, receipts
from modules.personal.retention import PERIODS
from tests.walk import Walk

LAB = "read-figure"

KEPT_DAYS = PERIODS.free_text


@pytest.fixture
def amira(world):
    walk = Walk(world).until(LAB)
    assert walk.lab(walk.journey.step(LAB)).correct
    return walk


def kept():
    """The lab as the database has it."""
    answer = core(Answer).c
    with reading() as session:
        query = select(answer.response, answer.score, answer.free_text)
        [row] = session.connection().execute(query.where(answer.kind == "lab"))
    return row


def forget(walk, days):
    with writing() as session:
        return forgetting.forget_free_text(session, now=walk.now + timedelta(days=days))


def test_a_typed_sentence_goes_after_its_days_and_what_was_chosen_stays(amira):
    before = kept()
    assert before.free_text
    assert forget(amira, KEPT_DAYS - 1) == 0
    assert kept() == before
    assert forget(amira, KEPT_DAYS + 1) == 1
    after = kept()
    assert "repair" in json.dumps(before.response)
    assert "repair" not in json.dumps(after.response)
    for headline, marks in before.response.items():
        chosen = {name: value for name, value in marks.items() if name != "repair"}
        assert chosen.items() <= after.response[headline].items()
    assert not after.free_text
    assert forget(amira, KEPT_DAYS + 1) == 0


def test_the_receipt_of_a_forgotten_sentence_replays_to_the_same_grade(amira):
    forget(amira, KEPT_DAYS + 1)
    with reading() as session:
        for one in receipts.receipts(session, amira.viewer):
            assert all(answer.same for answer in one.replay())


def test_a_lab_in_which_nothing_was_typed_is_not_looked_at(world):
    walk = Walk(world).until(LAB)
    from modules.labs import LABS

    step, lab = walk.journey.step(LAB), LABS[walk.module.lab.name]
    body = lab.dump(lab.start(walk.module.lab.options, "x"))
    walk.hand_in(step, body)
    assert not kept().free_text


def test_the_server_forgets_at_its_start_and_whatever_else_fails(amira, monkeypatch):
    monkeypatch.setattr(start, "now", lambda: amira.now + timedelta(days=KEPT_DAYS + 1))

    def fails(*_args, **_given):
        raise OSError("no such folder")

    monkeypatch.setattr(start.publishing, "sync", fails)
    with pytest.raises(OSError, match="no such folder"):
        start.prepare()
    assert not kept().free_text
