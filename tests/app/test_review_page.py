"""The review page as its learner meets it: begun, answered with reasons at once, ended, closed."""

import os

import pytest
from streamlit.testing.v1 import AppTest

from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.reviewing import Learner

UI = ROOT / "modules" / "shell" / "ui.py"


def signed_in(world, learner, short, monkeypatch):
    """Sign her in, whatever the moment she is at: sign-ins end after some hours."""
    tokens = {}

    def token():
        day = learner.now.date()
        if day not in tokens:
            world.now = learner.now
            tokens[day] = world.sign_in(short)
        return tokens[day]

    monkeypatch.setattr(door, "token", token)
    monkeypatch.setattr(door, "now", lambda: learner.now)
    return learner


@pytest.fixture
def amira(world, monkeypatch):
    """Amira two days after she has completed M01, signed in."""
    return signed_in(world, Learner(world).complete().at(2), "amira", monkeypatch)


def opened(page="review", **query):
    app = AppTest.from_file(str(UI), default_timeout=60).run()
    if page != "home":
        app.switch_page(os.path.relpath(script(page), UI.parent))
    for name, value in query.items():
        app.query_params[name] = value
    return seen(app.run())


def seen(app):
    assert not app.exception
    assert not app.error
    return app


def texts(app):
    return " ".join(one.value for kind in ("title", "markdown", "caption") for one in app.get(kind))


def button(app, label):
    [found] = [one for one in app.button if one.label == label]
    return found


def test_home_offers_the_review_with_its_size_and_begins_it(amira):
    app = opened("home")
    count = amira.due.count
    assert f"{count} questions from what you have finished" in texts(app)
    button(app, "Start review").click().run()
    assert len(amira.review) == count


def test_before_anything_is_due_home_says_nothing_of_reviews(amira):
    amira.at(1)
    assert "review" not in texts(opened("home")).lower()


def test_outside_working_hours_home_has_one_calm_line(amira):
    amira.at(2, 19)
    app = opened("home")
    assert "It opens on Thursday at 08:00." in texts(app)
    assert "Start review" not in [one.label for one in app.button]


def test_a_question_tells_its_reasons_at_once_and_leads_on(amira):
    app = opened()
    button(app, "Start").click().run()
    seen(app)
    total = len(amira.review)
    assert f"Question 1 of {total}" in texts(app)
    of, slot = amira.review[0]
    amira.reply(of, slot)
    app = seen(app.run())
    button(app, "Next question").click().run()
    assert f"Question 2 of {total}" in texts(seen(app))


def test_the_end_says_when_the_next_may_come_and_counts_nothing_left(amira):
    amira.finish()
    app = opened()
    assert app.title[0].value == "That was today’s review"
    assert "The next questions come back" in texts(app)


def test_the_page_says_when_reviews_open_again(amira):
    amira.at(4, 20)
    app = opened()
    assert app.title[0].value == "Reviews are for working hours"
    assert "on Monday at 08:00" in texts(app)


def test_who_has_finished_nothing_reads_how_it_works(world, monkeypatch):
    signed_in(world, Learner(world, "cora").at(0), "cora", monkeypatch)
    assert opened().title[0].value == "Nothing to review yet"


def test_when_every_idea_rests_nothing_is_announced(amira):
    for day in range(2, 330):
        if amira.at(day).due.count:
            amira.finish()
    assert {one.due_on for one in amira.ideas.values()} == {None}
    app = opened()
    assert app.title[0].value == "Everything rests for now"
    assert "review" not in texts(opened("home")).lower()


def test_a_delayed_check_says_why_it_is_asked_and_tells_reasons_after_all_three(amira):
    amira.at(35)
    assert "nothing depends on them" in texts(opened("home"))
    app = opened(form="delayed-1", module="M01")
    assert "Nothing depends on them." in texts(app)
    button(app, "Begin").click().run()
    assert "Question 1 of 3" in texts(seen(app))
    of = amira.sit("delayed-1")
    for slot in of.sheet.paper:
        assert "Here is why" not in texts(seen(app.run()))
        amira.reply(of, slot)
    assert "**3 of 3** right. Here is why, for each." in texts(seen(app.run()))


def test_a_delayed_check_that_is_not_open_is_said_calmly(amira):
    app = opened(form="delayed-2", module="M01")
    assert app.title[0].value == "This short check is not open"
