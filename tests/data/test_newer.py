"""A learner in the middle when a newer version is published: she is told, and goes on."""

from __future__ import annotations

import os

import pytest
from streamlit.testing.v1 import AppTest

from modules.drafts import rolling
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.data.studio import LESSON, Studio
from tests.walk import Walk

UI = ROOT / "modules" / "shell" / "ui.py"
WORD = ("Ask for the answer first.", "Ask for the answer, and only then for data.")


@pytest.fixture
def studio(world, monkeypatch):
    made = Studio(world)
    made.walk = Walk(world, "amira").begin()
    monkeypatch.setattr(door, "now", lambda: made.now)
    return made


def publish(studio, kind, **more):
    studio.begin()
    studio.write(*WORD) if WORD[0] in studio.files()[LESSON] else studio.write(*reversed(WORD))
    return studio.through(kind=kind, **more)


@pytest.fixture
def lesson(world, monkeypatch):
    def opened(app=None, step=""):
        if app is None:
            monkeypatch.setattr(door, "token", lambda: world.sign_in("amira"))
            app = AppTest.from_file(str(UI), default_timeout=60).run()
            app.switch_page(os.path.relpath(script("lesson"), UI.parent))
        app.query_params.update({"module": "M01", "step": step})
        app.run()
        assert not app.exception
        return app

    return opened


def told(app):
    return [one.value for one in app.info if "newer version" in one.value]


def test_a_changed_rule_says_why_she_may_be_asked_again_and_that_nothing_is_lost(studio, lesson):
    assert told(lesson()) == []
    publish(studio, "rule", says="Ask first.", parts=("M01-Q10",))
    [sentence] = told(lesson())
    assert "since a rule changed: Ask first." in sentence
    assert "You finish the one that you began, and nothing that you did is lost." in sentence
    assert "asked about the changed part alone" in sentence
    assert studio.walk.opened.version == "1.2.0"


def test_a_clarification_asks_nothing_and_a_wording_is_not_told(studio, lesson):
    publish(studio, "wording")
    assert told(lesson()) == []
    publish(studio, "clarification", says="Ask before.")
    [sentence] = told(lesson())
    assert "nothing that you did is lost" in sentence and "asked" not in sentence


def test_it_is_said_on_one_step_of_a_tab_and_stays_there(studio, lesson):
    publish(studio, "clarification", says="Ask before.")
    app = lesson()
    assert len(told(app)) == len(told(app.run())) == 1
    studio.walk.step(studio.walk.journey.current)
    step = studio.walk.journey.current.id
    app = lesson(app, step)
    assert told(app) == []
    publish(studio, "rule", says="Ask first.", parts=("M01-Q10",))
    assert len(told(lesson(app, step))) == 1


def test_a_rule_of_others_and_one_that_is_taken_back_before_she_met_it_are_not_told(studio, lesson):
    publish(studio, "rule", says="Ask first.", parts=("M01-Q10",), laws=("eu",))
    assert told(lesson()) == []
    publish(studio, "rule", says="Ask.", parts=("M01-Q10",), laws=())
    assert len(told(lesson())) == 1
    named = {"by_name": "Priya Nair", "module": "M01", "number": 1, "says": "As before."}
    studio.do(rolling.back, **named)
    assert told(lesson()) == []
