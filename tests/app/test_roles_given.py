"""The page on which an administrator gives roles and deputies, and ends them."""

from __future__ import annotations

import os

import pytest
from streamlit.testing.v1 import AppTest

from modules.access import Role
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"


@pytest.fixture
def app(world, monkeypatch):
    token = world.sign_in("marek")
    monkeypatch.setattr(door, "token", lambda: token)
    monkeypatch.setattr(door, "now", lambda: NOW)
    app = AppTest.from_file(str(UI), default_timeout=60).run()
    return app.switch_page(os.path.relpath(script("roles"), UI.parent)).run()


def choose(app, label, words):
    """Choose the one line of a box that begins with these words."""
    box = next(one for one in app.selectbox if one.label == label)
    (line,) = [one for one in box.options if one.startswith(words)]
    box.select_index(box.options.index(line)).run()
    assert not app.exception


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return [one.value for one in (*app.error, *app.success)]


def test_a_role_is_given_and_taken_away(app, world):
    assert press(app, "Give the role") == ["Choose the person who is to have the role."]
    choose(app, "Person", "Amira Khan")
    next(one for one in app.selectbox if one.label == "Role").set_value(Role.AUDITOR).run()
    assert press(app, "Give the role") == ["Amira Khan · Revenues now has the role “Auditor”."]
    assert "auditor" in world.viewer("amira").roles
    assert press(app, "Take it away") == ["Choose the role that is to end."]
    choose(app, "Take a role away", "Amira Khan")
    assert press(app, "Take it away") == [
        "Taken away: Amira Khan · Auditor · the whole organisation."
    ]
    assert "auditor" not in world.viewer("amira").roles


def test_somebody_acts_for_a_manager_until_it_is_ended(app, world):
    assert press(app, "Let her act") == ["Choose both people and the first day."]
    choose(app, "For whom", "Tom Ashdown")
    choose(app, "Who acts", "Grace Okafor")
    assert press(app, "Let her act") == [
        "From now on or from the first day: Grace Okafor · Fernleigh for Tom Ashdown · Revenues."
    ]
    assert press(app, "End it today") == ["Choose the one that is to end."]
    choose(app, "End one", "Grace Okafor for Tom Ashdown")
    assert press(app, "End it today") == ["Ended: Grace Okafor for Tom Ashdown."]
    assert "End it today" not in [one.label for one in app.button]
