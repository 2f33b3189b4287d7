"""Reviews and delayed checks in the database: due, begun once, answered late, one's own."""

from __future__ import annotations

import json
import random
import re
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from db import answers, attempts, enrolments, revisions
from db.engine import engine, reading, writing
from db.tables import Answer, Attempt, core
from modules.basics import BadInput, Denied
from modules.course.files import canonical, sha256_of
from modules.learn import delayed, quiz, reviews
from modules.learn.shelf import shelves
from modules.progress.asked import form_items, item_of
from modules.progress.reviews import MOST, SECONDS
from modules.settings import settings
from tests.counting import count, counting
from tests.walk import Walk

MODULE = "M01"
# The world's now is a Sunday; the module is completed on the Monday after it.
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Learner(Walk):
    """Somebody who completes the module quickly and then reviews it."""

    def complete(self, at=MONDAY, *, wrong=(), sure="half"):
        self.now = at
        self.begin()
        for slot in form_items(self.module, self.journey.practice):
            self.answer("practice", slot, wrong=slot in wrong, sure=sure)
        missed = [one for one in wrong if one in self.module.forms["check"]]
        self.check(wrong=missed)
        for item in missed:
            if self.module.question(item).critical:
                self.answer("check", f"again:{self.slot(item)}")
        assert self.completions()
        return self

    def at(self, day, hour=9, minute=0):
        self.now = (MONDAY + timedelta(days=day)).replace(hour=hour, minute=minute)
        return self

    @property
    def due(self):
        with reading() as session:
            return reviews.due(session, self.viewer, now=self.now)

    @property
    def review(self):
        with reading() as session:
            return reviews.review(session, self.viewer, now=self.now)[1]

    @property
    def ideas(self):
        with reading() as session:
            return {one.name: one for shelf in shelves(session, self.viewer) for one in shelf.ideas}

    def start(self):
        self.do(reviews.begin)
        return self.review

    def reply(self, of, slot, *, wrong=False, sure="half", response=None):
        item = item_of(of.module, of.sheet, slot)
        response = response or item.sample(random.Random(slot))[1 if wrong else 0]
        return self.do(quiz.answer, of=of, slot=slot, response=response, sure=sure)

    def finish(self, wrong=False):
        for of, slot in self.start():
            if of.sheet.answer(slot) is None:
                self.reply(of, slot, wrong=wrong)

    def checks(self):
        with reading() as session:
            today = self.viewer.today(self.now)
            return delayed.open_checks(shelves(session, self.viewer), today)

    def sit(self, form):
        self.do(delayed.begin, module=MODULE, form=form)
        with reading() as session:
            return delayed.check(session, self.viewer, module=MODULE, form=form)


@pytest.fixture
def amira(world):
    return Learner(world).complete()


def put(form):
    """How many attempts on a form there are."""
    with reading() as session:
        query = select(func.count()).where(core(Attempt).c.form == form)
        return session.connection().execute(query).scalar()


def asked(form="review"):
    """Every question that reviews have put before anybody."""
    with reading() as session:
        query = select(core(Attempt).c.paper).where(core(Attempt).c.form == form)
        return [slot for paper in session.connection().execute(query).scalars() for slot in paper]


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
    assert put("review") == 0


def test_a_completion_without_its_answers_brings_no_reviews(world):
    tom = Learner(world, "tom").at(2)
    assert (tom.due.count, tom.ideas) == (0, {})


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


def published(walk):
    """The same module again, as version 9.9.9."""
    with writing() as session:
        text = revisions.body(
            session, sha256=revisions.latest(session, org_id=walk.viewer.org_id)[MODULE].sha256
        )
        changed = {
            name: re.sub(r'version: "[0-9.]+"', 'version: "9.9.9"', body)
            if name.endswith("module.yaml")
            else body
            for name, body in json.loads(text).items()
        }
        assert revisions.publish(
            session,
            org_id=walk.viewer.org_id,
            module=MODULE,
            version="9.9.9",
            sha256=sha256_of(changed),
            text=canonical(changed),
            origin="trainer",
            now=walk.now,
        )


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


def test_the_rest_of_more_than_ten_comes_on_the_next_day_and_not_before(amira):
    total = len(amira.ideas)
    first = len(amira.at(2).start())
    amira.finish()
    assert amira.due.count == 0
    assert amira.due.next_on == date(2026, 11, 26)
    assert amira.start() == amira.review
    assert put("review") == 1
    assert amira.at(3).due.count == total - first


def test_two_tabs_begin_one_review(amira, world):
    other = Learner(world).at(2)
    mine, theirs = amira.at(2).start(), other.start()
    assert [(of.attempt_id, slot) for of, slot in mine] == [
        (of.attempt_id, slot) for of, slot in theirs
    ]
    assert put("review") == 1


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
    assert put("review") == 1
    assert len(asked()) == len(set(asked())) <= MOST


def test_the_second_tab_gets_the_first_answer(amira, world):
    of, slot = amira.at(2).start()[0]
    other = Learner(world).at(2)
    again, _ = other.review[0]
    first = amira.reply(of, slot)
    assert other.reply(again, slot, wrong=True) == first
    assert sum(one.rung for one in amira.ideas.values()) == 1


@pytest.mark.parametrize(("day", "hour"), [(2, 7), (2, 18), (5, 12), (6, 10)])
def test_outside_working_hours_nothing_begins_and_it_is_said_when_it_can(amira, day, hour):
    today = amira.at(day, hour).due
    assert (today.count, today.working, today.due) == (0, False, True)
    with pytest.raises(BadInput, match=r"again on \w+ \d+ \w+ 2026 at 08:00\."):
        amira.start()
    assert put("review") == 0
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


def test_a_review_that_was_answered_is_closed(amira):
    amira.at(2).finish()
    with reading() as session:
        ended = session.connection().execute(
            select(core(Attempt).c.ended_at).where(core(Attempt).c.form == "review")
        )
        assert all(ended.scalars())


def test_a_clock_that_was_put_back_finds_the_review_it_began(amira):
    before = amira.at(3).start()
    amira.reply(*before[0])
    amira.at(2)
    assert amira.due.count == len(before) - 1
    amira.finish()
    assert put("review") == 1
    # The one that the other clock counted may make room for one more, and that is all.
    assert amira.due.count <= 1
    assert sum(one.rung for one in amira.ideas.values()) == len(before)


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
    assert put("delayed-1") == 0


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


# --- delayed checks


def test_the_first_delayed_check_is_offered_from_day_30_to_day_60_once(amira):
    forms = [[one.form for one in amira.at(day).checks()] for day in (29, 30, 60, 61)]
    assert forms == [[], ["delayed-1"], ["delayed-1"], []]
    of = amira.at(40).sit("delayed-1")
    assert len(of.sheet.paper) == 3
    assert amira.checks()[0].questions == 3
    for slot in of.sheet.paper:
        amira.reply(of, slot, wrong=True)
    assert amira.checks() == ()
    assert amira.sit("delayed-1").attempt_id == of.attempt_id
    assert put("delayed-1") == 1


def test_two_tabs_sit_the_same_delayed_check(amira, world):
    ids = {Learner(world).at(40).sit("delayed-1").attempt_id for _ in range(2)}
    assert len(ids) == put("delayed-1") == 1


def test_a_delayed_check_that_is_not_open_is_refused(amira):
    for day, form in ((10, "delayed-1"), (70, "delayed-1"), (70, "delayed-2"), (40, "check")):
        with pytest.raises(BadInput):
            amira.at(day).sit(form)


def test_one_that_was_begun_in_time_may_be_finished_afterwards(amira):
    amira.at(60).sit("delayed-1")
    of = amira.at(63).sit("delayed-1")
    for slot in of.sheet.paper:
        amira.reply(of, slot)
    assert put("delayed-1") == 1


def test_the_two_checks_ask_other_items_than_everything_before(amira):
    met = {slot for form in ("pre", "practice", "check") for slot in asked(form)}
    first = set(amira.at(40).sit("delayed-1").sheet.paper)
    second = set(amira.at(190).sit("delayed-2").sheet.paper)
    assert not first & second
    assert not (first | second) & met


def test_a_renewal_opens_both_checks_anew(amira):
    of = amira.at(40).sit("delayed-1")
    for slot in of.sheet.paper:
        amira.reply(of, slot)
    amira.complete(MONDAY + timedelta(days=50))
    assert amira.at(55).checks() == ()
    again = amira.at(85).sit("delayed-1")
    assert again.attempt_id != of.attempt_id
    assert put("delayed-1") == 2


def test_a_delayed_check_moves_no_idea_and_no_completion(amira):
    before, done = amira.ideas, amira.completions()
    of = amira.at(40).sit("delayed-1")
    for slot in of.sheet.paper:
        amira.reply(of, slot, wrong=True, sure="certain")
    assert amira.ideas == before
    assert amira.completions() == done
    with reading() as session:
        mine = answers.of_person(
            session, org_id=amira.viewer.org_id, person_id=amira.viewer.person_id
        )
        assert enrolments.completions(
            session, org_id=amira.viewer.org_id, person_ids=[amira.viewer.person_id]
        )
    assert [one.attempt_id for one in mine].count(of.attempt_id) == 3
