"""A review in the database: begun once, on the newest content, answered by its learner alone."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy import select

from db import attempts, revisions
from db.engine import reading, writing
from db.tables import Answer, Attempt, core
from modules.basics import BadInput, Denied
from modules.learn import quiz, reviews
from modules.learn.shelf import shelves
from modules.progress.reviews import MOST
from tests.counting import count
from tests.reviewing import Learner, asked, attempts_on
from tests.walk import MODULE, published


@pytest.fixture
def amira(world):
    return Learner(world).complete()


def test_the_review_is_begun_on_the_newest_content_with_its_paper(amira, world):
    published(amira)
    (of, slot), *_ = amira.at(2).start()
    assert of.module.version == "9.9.9"
    assert slot in of.sheet.paper
    with reading() as session:
        newest = revisions.latest(session, org_id=amira.viewer.org_id)[MODULE]
        sittings = attempts.of_person(
            session, org_id=amira.viewer.org_id, person_id=amira.viewer.person_id, module=MODULE
        )
    assert sittings[-1].form == "review"
    assert sittings[-1].revision_id == newest.id


def test_a_revision_published_in_the_middle_leaves_an_open_review_as_it_is(amira):
    before = amira.at(2).start()
    published(amira)
    after = amira.start()
    assert [slot for _, slot in after] == [slot for _, slot in before]
    assert {of.module.version for of, _ in after} == {before[0][0].module.version}
    of, slot = after[0]
    assert amira.reply(of, slot).correct


def test_a_review_asks_a_variant_that_was_not_met_and_never_one_kept_for_delayed_checks(amira):
    with reading() as session:
        [shelf] = shelves(session, amira.viewer)
    kept = {one for items in shelf.module.delayed.values() for one in items}
    for of, slot in amira.at(2).start():
        item, key = of.sheet.paper[slot][0]
        assert item not in kept
        others = [
            (one, each)
            for one in (item, *of.module.twins(item))
            if one not in kept
            for each in of.module.question(one).variants()
        ]
        if any(one not in shelf.met for one in others):
            assert (item, key) not in shelf.met


def test_right_answers_go_up_a_rung_and_missed_ones_stay_on_the_first(amira):
    questions = amira.at(2).start()
    for place, (of, slot) in enumerate(questions):
        amira.reply(of, slot, wrong=place % 2 == 1)
    rungs = [one.rung for one in amira.ideas.values()]
    assert sum(rungs) == (len(questions) + 1) // 2
    due = {one.due_on for one in amira.ideas.values() if one.rung == 1}
    assert due == {date(2026, 12, 4)}


def test_what_was_missed_while_sure_comes_first_and_says_so_until_it_is_right(amira, world):
    ben = Learner(world, "cora").complete(wrong=("M01-Q08", "M01-Q13"), sure="certain")
    of, slot = ben.at(2).start()[0]
    sure = [one.name for one in ben.ideas.values() if one.sure]
    assert "M01-Q08" in sure
    first = [slot for _, slot in ben.review][: len(sure)]
    assert "M01-Q08" in first
    ben.reply(of, slot)
    assert len([one for one in ben.ideas.values() if one.sure]) == len(sure) - 1


def test_two_tabs_begin_one_review(amira, world):
    other = Learner(world).at(2)
    mine, theirs = amira.at(2).start(), other.start()
    assert [(of.attempt_id, slot) for of, slot in mine] == [
        (of.attempt_id, slot) for of, slot in theirs
    ]
    assert attempts_on("review") == 1


def test_tabs_that_begin_at_the_same_moment_ask_no_more_than_ten(amira, world):
    amira.at(2)
    gate, trouble = threading.Barrier(4), []

    def tab():
        try:
            gate.wait(10)
            with writing() as session:
                reviews.begin(session, amira.viewer, now=amira.now)
        except Exception as error:
            trouble.append(error)

    tabs = [threading.Thread(target=tab) for _ in range(4)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join(30)
    assert trouble == []
    assert attempts_on("review") == 1
    assert len(asked()) == len(set(asked())) <= MOST


def test_the_second_tab_gets_the_first_answer(amira, world):
    of, slot = amira.at(2).start()[0]
    other = Learner(world).at(2)
    again, _ = other.review[0]
    first = amira.reply(of, slot)
    assert other.reply(again, slot, wrong=True) == first
    assert sum(one.rung for one in amira.ideas.values()) == 1


def test_a_review_that_was_answered_is_closed(amira):
    amira.at(2).finish()
    with reading() as session:
        ended = session.connection().execute(
            select(core(Attempt).c.ended_at).where(core(Attempt).c.form == "review")
        )
        assert all(ended.scalars())


@pytest.mark.parametrize("slot", ["M01-Q01", "M01-Q99", "again:M01-Q11", "screen:check", ""])
def test_a_question_that_the_review_does_not_ask_is_refused(amira, slot):
    of, _ = amira.at(2).start()[0]
    before = count(Answer)
    with pytest.raises(BadInput):
        amira.do(quiz.answer, of=of, slot=slot, response={"choice": "a"}, sure=None)
    assert count(Answer) == before


def test_a_draft_is_kept_until_the_answer(amira):
    of, slot = amira.at(2).start()[0]
    body = {"response": {"choice": "a"}, "sure": "half"}
    amira.do(quiz.save, of=of, slot=slot, body=body)
    assert amira.review[0][0].drafts == {slot: body}
    amira.reply(of, slot)
    assert all(not one.drafts for one, _ in amira.review)


@pytest.mark.parametrize("who", ["cora", "uma"])
def test_an_outsider_sees_answers_and_begins_nothing(amira, world, who):
    of, slot = amira.at(2).start()[0]
    other = Learner(world, who).at(2)
    assert (other.review, other.due.count, other.ideas) == ((), 0, {})
    before = count(Answer)
    with pytest.raises(Denied):
        other.reply(of, slot)
    with pytest.raises(Denied):
        other.do(quiz.save, of=of, slot=slot, body={})
    assert count(Answer) == before
    with pytest.raises(BadInput):
        other.at(35).sit("delayed-1")
    assert attempts_on("delayed-1") == 0
