"""The page of what changed, as its learner meets it: read, answered, asked again, done."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from db.engine import reading
from modules.learn import quiz, refresh
from modules.progress.asked import item_of
from tests.app.test_review_page import button, opened, signed_in, texts
from tests.changing import RULE, publish
from tests.reviewing import MONDAY, Learner

LATER = MONDAY + timedelta(days=20)


@pytest.fixture
def amira(world, monkeypatch):
    learner = signed_in(world, Learner(world).complete(), "amira", monkeypatch)
    learner.now = LATER
    return learner


def now(learner):
    with reading() as session:
        return refresh.changed(session, learner.viewer, module="M01", now=learner.now)


def reply(learner, slot, wrong=False):
    of = now(learner).quiz
    item = item_of(of.module, of.sheet, slot)
    response = item.sample(random.Random(slot))[1 if wrong else 0]
    learner.do(quiz.answer, of=of, slot=slot, response=response, sure=None)


def test_home_says_that_a_rule_changed_by_which_day_and_leads_there(amira, world):
    publish(world, RULE, now=LATER)
    app = opened("home")
    told = texts(app)
    assert "A rule changed: Why share data at all?" in told or "A rule changed" in told
    assert RULE["says"] in told
    assert "12 January 2027" in " ".join(one.value for one in app.get("markdown"))


def test_home_says_nothing_where_nothing_changed(amira):
    assert "changed" not in texts(opened("home")).lower()


def test_the_changed_screen_is_read_and_the_questions_are_begun(amira, world):
    publish(world, RULE, now=LATER)
    app = opened("changed", module="M01")
    told = texts(app)
    assert RULE["says"] in told
    assert "Please answer 2 questions about it by 12 January 2027." in told
    assert "your certificate" in told
    assert [one.value for one in app.header] == [now(amira).screens[0].title]
    button(app, "Answer the questions").click().run()
    assert list(now(amira).quiz.sheet.paper) == ["M01-Q10", "M01-Q12"]
    assert not app.exception


def test_a_wrong_answer_is_explained_and_asked_once_more_until_all_is_right(amira, world):
    publish(world, RULE, now=LATER)
    amira.do(refresh.begin, module="M01")
    reply(amira, "M01-Q10", wrong=True)
    app = opened("changed", module="M01", at="M01-Q10")
    assert "This comes once more" in texts(app)
    button(app, "Next question").click().run()
    reply(amira, "M01-Q12")
    app = opened("changed", module="M01", at="M01-Q12")
    button(app, "Next question").click().run()
    assert list(now(amira).quiz.sheet.paper) == ["M01-Q10"]
    reply(amira, "M01-Q10")
    app = opened("changed", module="M01", at="M01-Q10")
    button(app, "Finish").click().run()
    assert "You are up to date again" in texts(app) + str(app.get("html"))
    assert "changed" not in texts(opened("home")).lower()


def test_a_clarification_is_read_and_is_gone(amira, world):
    publish(world, RULE | {"kind": "clarification"}, now=LATER)
    assert "New in" in texts(opened("home"))
    app = opened("changed", module="M01")
    assert "Nothing is asked of you." in texts(app)
    button(app, "I have read it").click().run()
    assert not app.exception
    assert "New in" not in texts(opened("home"))


def test_a_module_in_which_nothing_changed_says_so(amira):
    app = opened("changed", module="M01")
    assert "Nothing has changed for you" in texts(app) + str(app.get("html"))
