"""When reviews are due: after two days, in working hours, and whatever the clock does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db import attempts
from db.engine import engine, reading
from modules.basics import BadInput
from modules.learn import reviews
from modules.progress.reviews import MOST, SECONDS
from modules.settings import settings
from tests.counting import counting
from tests.reviewing import MONDAY, Learner, attempts_on


@pytest.fixture
def amira(world):
    return Learner(world).complete()


def test_nothing_is_due_before_two_days_have_passed(amira):
    for day in (0, 1):
        assert (amira.at(day).due.count, amira.due.due) == (0, False)
    assert amira.due.next_on == date(2026, 11, 25)
    assert amira.at(2).due.count > 0


def test_two_days_later_at_most_ten_questions_of_at_most_five_minutes_are_offered(amira):
    today = amira.at(2).due
    assert len(amira.ideas) > MOST
    assert 0 < today.count <= MOST
    assert 0 < today.minutes <= SECONDS / 60
    assert (today.working, today.begun) == (True, False)
    assert len(amira.start()) == today.count
    assert amira.due.begun


def test_who_has_completed_nothing_is_offered_nothing(world):
    cora = Learner(world, "cora").at(2)
    assert (cora.due.count, cora.due.due, cora.due.next_on) == (0, False, None)
    assert cora.start() == ()
    assert cora.checks() == ()
    assert attempts_on("review") == 0


def test_a_completion_without_its_answers_brings_no_reviews(world):
    tom = Learner(world, "tom").at(2)
    assert (tom.due.count, tom.ideas) == (0, {})


def test_the_rest_of_more_than_ten_comes_on_the_next_day_and_not_before(amira):
    total = len(amira.ideas)
    first = len(amira.at(2).start())
    amira.finish()
    assert amira.due.count == 0
    assert amira.due.next_on == date(2026, 11, 26)
    assert amira.start() == amira.review
    assert attempts_on("review") == 1
    assert amira.at(3).due.count == total - first


@pytest.mark.parametrize(("day", "hour"), [(2, 7), (2, 18), (5, 12), (6, 10)])
def test_outside_working_hours_nothing_begins_and_it_is_said_when_it_can(amira, day, hour):
    today = amira.at(day, hour).due
    assert (today.count, today.working, today.due) == (0, False, True)
    with pytest.raises(BadInput, match=r"again on \w+ \d+ \w+ 2026 at 08:00\."):
        amira.start()
    assert attempts_on("review") == 0
    assert (today.opens.hour, today.opens > amira.now) == (8, True)


def test_an_open_question_may_be_answered_after_hours_and_the_review_be_finished(amira):
    questions = amira.at(2, 17, 58).start()
    amira.at(2, 18, 5)
    of, slot = questions[0]
    assert amira.reply(of, slot).correct
    assert amira.due.count == len(questions) - 1
    amira.finish()
    assert amira.due.count == 0


def test_an_open_question_of_yesterday_may_still_be_answered_and_counts_once(amira):
    (of, slot), *_ = amira.at(2).start()
    amira.at(3).start()
    assert amira.reply(of, slot).correct
    again = [
        (one, other)
        for one, other in amira.review
        if one.attempt_id != of.attempt_id and other == slot
    ]
    for one, other in again:
        amira.reply(one, other)
    assert again
    assert sum(one.rung for one in amira.ideas.values()) == 1


def test_a_page_left_open_over_midnight_still_shows_its_review_and_takes_the_answer(amira):
    before = amira.at(2, 17).start()
    of, slot = before[0]
    amira.at(3, 0, 20)
    assert amira.review == ()
    with reading() as session:
        _, shown = reviews.review(session, amira.viewer, now=amira.now, at=of.place(slot))
    assert [one.place(name) for one, name in shown] == [one.place(name) for one, name in before]
    amira.reply(*shown[0])
    amira.at(3, 9).start()
    with reading() as session:
        _, shown = reviews.review(session, amira.viewer, now=amira.now, at=of.place(slot))
    assert {one.sheet.answer(slot) is not None for one, name in shown if name == slot} == {True}


def test_a_clock_that_was_a_year_ahead_for_a_while_stops_no_later_review(amira):
    amira.at(367)
    amira.start()
    amira.at(2)
    amira.finish()
    for day in (3, 4, 7, 30):
        amira.at(day)
        if amira.due.count:
            amira.finish()
    answered = [one for one in amira.ideas.values() if one.rung]
    assert len(answered) > MOST
    assert amira.at(5).due.next_on is not None


def test_a_review_left_open_is_replaced_on_the_next_day_and_nothing_piles_up(amira):
    first = len(amira.at(2).start())
    for day in (3, 4, 7):
        assert amira.at(day).due.count == first
        assert len(amira.start()) == first
    with reading() as session:
        open_ones = [
            one
            for one in attempts.of_person(
                session, org_id=amira.viewer.org_id, person_id=amira.viewer.person_id
            )
            if one.form == "review" and one.ended_at is None
        ]
    assert len(open_ones) == 1


def test_a_clock_that_was_put_back_finds_the_review_it_began(amira):
    before = amira.at(3).start()
    amira.reply(*before[0])
    amira.at(2)
    assert amira.due.count == len(before) - 1
    amira.finish()
    assert attempts_on("review") == 1
    # The one that the other clock counted may make room for one more, and that is all.
    assert amira.due.count <= 1
    assert sum(one.rung for one in amira.ideas.values()) == len(before)


def queries(call):
    """How many statements a call sends."""
    with counting(engine()) as sent:
        call()
    return len([one for one in sent if not one.startswith(("BEGIN", "ROLLBACK"))])


def test_what_is_due_costs_four_queries_however_much_was_answered(amira):
    amira.at(2)
    assert amira.due.count
    few = queries(lambda: amira.due)
    for day in (2, 3, 4):
        amira.at(day).finish(wrong=True)
    assert queries(lambda: amira.due) == few == 4


def test_a_renewed_completion_begins_the_ladder_again(amira):
    amira.at(2).finish()
    assert {one.rung for one in amira.ideas.values()} == {0, 1}
    amira.complete(MONDAY + timedelta(days=343))
    assert {one.rung for one in amira.ideas.values()} == {0}
    assert amira.at(344).due.count == 0
    assert amira.at(345).due.count > 0


def test_the_working_hours_are_settings(amira, monkeypatch):
    monkeypatch.setenv("STEWARD_REVIEW_DAYS", "tue,sat")
    monkeypatch.setenv("STEWARD_REVIEW_FROM", "20:00")
    monkeypatch.setenv("STEWARD_REVIEW_UNTIL", "21:00")
    settings.cache_clear()
    try:
        assert not amira.at(2).due.due
        assert amira.due.next_on == date(2026, 11, 28)
        assert amira.at(5, 20, 30).due.count > 0
    finally:
        monkeypatch.undo()
        settings.cache_clear()
