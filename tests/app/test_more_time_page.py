"""A learner asks for more time where she begins a module too, in the same words as at home."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.engine import reading
from modules import leave
from modules.shell import session as door
from tests.app.test_review_page import opened
from tests.world import DUE, MODULE


@pytest.fixture
def amira(world, monkeypatch):
    token = world.sign_in("amira")
    monkeypatch.setattr(door, "token", lambda: token)
    monkeypatch.setattr(door, "now", lambda: world.now)
    return world.viewer("amira")


def asked(world, viewer):
    with reading() as session:
        return leave.my_leave(session, viewer, now=world.now).requests


def test_more_time_is_asked_for_on_the_cover_of_a_module(world, amira):
    app = opened("lesson", module=MODULE)
    app.radio(key="leave/ground").set_value("cover").run()
    app.date_input(key="leave/until/M01").set_value(DUE + timedelta(days=9)).run()
    app.button(key="leave/send").click().run()
    assert not app.exception
    [one] = asked(world, amira)
    assert (one.module, one.ground, one.asked_until) == (MODULE, "cover", DUE + timedelta(days=9))
    # She reads that it is open, can take it back, and cannot ask twice.
    assert not app.radio
    assert any("20 Dec" in one.value for one in app.markdown), [one.value for one in app.markdown]
    app.button(key=f"leave/{one.id}").click().run()
    assert app.radio(key="leave/ground")


def test_the_cover_and_home_ask_in_the_same_words(world, amira):
    cover, home = opened("lesson", module=MODULE), opened("home")
    for key in ("leave/send", "leave/ground"):
        said = [
            [one.label for one in (*app.button, *app.radio) if one.key == key]
            for app in (cover, home)
        ]
        assert said[0] == said[1]
        assert len(said[0]) == 1
