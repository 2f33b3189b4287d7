"""What is recorded of an answer: the first that was sent, if it was offered there at all."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from db.engine import reading, writing
from db.tables import Answer, Person, core
from modules.basics import BadInput
from modules.learn import actions, rounds
from tests.counting import count
from tests.walk import MODULE, Walk


def test_the_second_tab_gets_the_first_answer(amira, world):
    amira.begin()
    other = Walk(world)
    sheet = amira.opened
    first = amira.answer("pre", "M01-Q01", response={"choice": "b"})
    second = other.do(
        actions.answer,
        of=sheet,
        sheet=sheet.journey.pre,
        slot="M01-Q01",
        response={"choice": "a"},
        sure=None,
    )
    assert second == first
    assert count(Answer) == 1


def test_an_answer_to_an_older_state_of_the_page_still_counts_once(amira):
    amira.begin()
    stale = amira.opened
    for choice in ("a", "a"):
        amira.do(
            actions.answer,
            of=stale,
            sheet=stale.journey.pre,
            slot="M01-Q02",
            response={"choice": choice},
            sure="certain",
        )
    assert count(Answer) == 1


@pytest.mark.parametrize(
    "response",
    [
        {"choice": "z"},
        {"choice": ["a"]},
        {"choice": None},
        {"choice": "a", "score": 1.0},
        {"choices": ["a"]},
        {},
    ],
)
def test_an_option_never_offered_is_refused_and_not_recorded(amira, response):
    amira.begin()
    with pytest.raises(BadInput):
        opened = amira.opened
        amira.do(
            actions.answer,
            of=opened,
            sheet=opened.journey.pre,
            slot="M01-Q01",
            response=response,
            sure=None,
        )
    assert count(Answer) == 0


@pytest.mark.parametrize("slot", ["M01-Q15", "M01-Q99", "again:M01-Q01", "screen:check", ""])
def test_a_question_that_this_attempt_does_not_ask_is_refused(amira, slot):
    amira.begin()
    with pytest.raises(BadInput):
        amira.answer("pre", slot, response={"choice": "a"})
    assert count(Answer) == 0


def test_a_fifth_word_for_confidence_is_refused(amira):
    amira.begin()
    with pytest.raises(BadInput):
        amira.answer("pre", "M01-Q01", sure="absolutely")


def test_a_step_ahead_cannot_be_left(amira):
    amira.begin()
    with pytest.raises(BadInput):
        amira.leave("check")
    assert amira.journey.current.id == "before"


def test_nothing_can_be_answered_before_the_module_is_begun(amira):
    with pytest.raises(BadInput):
        amira.decide(amira.module.step("flood-list"), 1, "ask")
    with pytest.raises(BadInput):
        amira.do(rounds.check_again, module=MODULE)


def test_a_module_that_is_not_published_here_is_refused(amira):
    with pytest.raises(BadInput), reading() as session:
        rounds.opened(session, amira.viewer, module="M77")


def test_when_a_person_is_removed_her_answers_go_with_her(amira):
    amira.until("ecosystem")
    with writing() as session:
        session.connection().execute(
            delete(core(Person)).where(core(Person).c.id == amira.viewer.person_id)
        )
    assert count(Answer) == 0
