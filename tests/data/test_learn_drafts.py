"""Drafts: kept until the answer, each for one try, and none left behind by another tab."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db import answers
from db.engine import reading, writing
from db.tables import Answer, Attempt, Draft, core
from modules.learn import actions
from modules.progress.sheet import draft_slot
from tests.counting import count
from tests.world import NOW


def keep(walk, opened, sheet, slot, choice):
    """What a tab that shows ``opened`` saves as somebody chooses."""
    body = {"response": {"choice": choice}, "sure": None}
    walk.do(actions.save, of=opened, sheet=sheet, slot=slot, body=body)


def test_a_draft_is_kept_replaced_and_gone_with_the_answer(amira):
    amira.begin()
    for choice in ("a", "c"):
        opened = amira.opened
        body = {"response": {"choice": choice}, "sure": None}
        amira.do(actions.save, of=opened, sheet=opened.journey.pre, slot="M01-Q01", body=body)
    opened = amira.opened
    key = (opened.attempt(opened.journey.pre), "M01-Q01")
    assert opened.drafts == {key: {"response": {"choice": "c"}, "sure": None}}
    amira.answer("pre", "M01-Q01")
    assert amira.opened.drafts == {}
    assert count(Draft) == 0


def test_another_tab_keeps_no_draft_of_what_is_answered(amira):
    amira.begin()
    stale = amira.opened
    amira.answer("pre", "M01-Q01")
    keep(amira, stale, stale.journey.pre, "M01-Q01", "c")
    assert amira.opened.drafts == {}
    keep(amira, stale, stale.journey.pre, "M01-Q02", "c")
    assert [slot for _, slot in amira.opened.drafts] == ["M01-Q02"]


def test_a_draft_belongs_to_one_try_and_never_shows_in_the_next(amira):
    amira.until("check")
    amira.check(wrong=("M01-Q11",))
    stale, slot = amira.opened, f"again:{amira.slot('M01-Q11')}"
    sheet = stale.journey.sheet("check")
    keep(amira, stale, sheet, draft_slot(slot, 1), "a")
    amira.answer("check", slot, wrong=True)
    keep(amira, stale, sheet, draft_slot(slot, 1), "b")
    assert amira.opened.drafts == {}
    keep(amira, stale, sheet, draft_slot(slot, 2), "c")
    assert [name for _, name in amira.opened.drafts] == [draft_slot(slot, 2)]
    amira.answer("check", slot, try_number=2)
    keep(amira, stale, sheet, draft_slot(slot, 2), "b")
    assert amira.opened.drafts == {}


@pytest.mark.parametrize("first", ["answer", "draft"])
def test_no_draft_is_left_behind_when_both_tabs_send_in_the_same_moment(amira, first):
    amira.begin()
    opened = amira.opened
    sheet, slot = opened.journey.pre, "M01-Q01"
    given = {"of": opened, "sheet": sheet, "slot": slot, "now": NOW}
    response = amira.right(sheet, slot)

    def send(session, what):
        if what == "answer":
            actions.answer(session, amira.viewer, response=response, sure=None, **given)
        else:
            actions.save(session, amira.viewer, body={"response": response}, **given)

    def send_alone(what):
        with writing() as session:
            send(session, what)

    other = "draft" if first == "answer" else "answer"
    with ThreadPoolExecutor(1) as pool:
        with writing() as session:
            send(session, first)
            waits = pool.submit(send_alone, other)
            with pytest.raises(TimeoutError):
                waits.result(timeout=0.3)
        waits.result(timeout=20)
    assert count(Answer) == 1
    assert count(Draft) == 0


def test_a_lab_handed_in_keeps_what_is_done_for_the_next_try(amira):
    amira.until("read-figure")
    slot = "lab:read-figure"
    amira.lab(amira.module.step("read-figure"), how="naive")
    opened = amira.opened
    for number in (1, 2):
        keep(amira, opened, opened.journey.practice, draft_slot(slot, number), "a")
    assert [name for _, name in amira.opened.drafts] == [draft_slot(slot, 2)]


def drafts(walk):
    with reading() as session:
        return set(session.connection().execute(select(core(Draft).c.slot)).scalars())


def test_drafts_go_with_their_attempt_or_after_their_days_and_others_stay(amira):
    amira.begin()
    open_, ended = (amira.opened.attempt(s) for s in (amira.journey.pre, amira.journey.practice))
    now = amira.now
    with writing() as session:
        for attempt_id, slot, age in (
            (open_, "new", 89),
            (open_, "old", 91),
            (ended, "of an ended attempt", 0),
        ):
            answers.save_draft(
                session,
                org_id=amira.viewer.org_id,
                attempt_id=attempt_id,
                slot=slot,
                body={"response": {"value": "Ask"}},
                now=now - timedelta(days=age),
            )
        session.connection().execute(
            update(core(Attempt)).where(core(Attempt).c.id == ended).values(ended_at=now)
        )
    with writing() as session:
        assert answers.forget_drafts(session, before=now - timedelta(days=90)) == 2
    assert drafts(amira) == {"new"}
