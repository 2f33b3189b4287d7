"""Policies on the page: written, asked for on the home page, read, and acknowledged below."""

from __future__ import annotations

import os

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import reading, writing
from modules import policies
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"


@pytest.fixture
def opened(world, monkeypatch):
    """A page as somebody sees it."""
    monkeypatch.setattr(door, "now", lambda: NOW)

    def as_(short, page, **query):
        token = world.sign_in(short)
        monkeypatch.setattr(door, "token", lambda: token)
        app = AppTest.from_file(str(UI), default_timeout=90).run()
        if page != "home":
            app.switch_page(os.path.relpath(script(page), UI.parent))
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return as_


def begin(world):
    with writing() as session:
        return policies.begin(
            session,
            world.viewer("marek"),
            title="Clean desk",
            body="# Desk\n\nNo <b>paper</b> overnight.",
            due_days=14,
            now=NOW,
        )


def told(app):
    return "\n".join(one.value for one in (*app.markdown, *app.success))


def test_an_open_policy_is_one_line_on_the_home_page_and_gone_once_acknowledged(opened, world):
    assert "read and acknowledged" not in told(opened("amira", "home"))
    id_ = begin(world)
    assert "“Clean desk” is to be read and acknowledged by 6 Dec" in told(opened("amira", "home"))
    app = opened("amira", "policies", policy=str(id_))
    assert app.title[0].value == "Clean desk"
    assert "No \\<b>paper\\</b> overnight." in told(app)
    [say] = [one for one in app.button if one.key == "policies/say"]
    assert say.label == "I have read version 1"
    say.click().run()
    assert "You acknowledged version 1" in told(app)
    assert "read and acknowledged" not in told(opened("amira", "home"))


def test_an_outsider_finds_no_policy_under_its_address(opened, world):
    id_ = begin(world)
    app = opened("uma", "policies", policy=str(id_))
    assert "Clean desk" not in told(app)
    assert [one.value for one in app.title] == ["Policies"]


def test_an_administrator_publishes_sees_no_small_count_and_ends_it(opened, world):
    app = opened("marek", "texts")
    [title] = [one for one in app.text_input if one.label == "Title"]
    [body] = [one for one in app.text_area if one.label == "Text"]
    title.set_value("Visitors")
    body.set_value("Visitors are met at the door.").run()
    [publish] = [one for one in app.button if one.key == "texts/new/do"]
    publish.click().run()
    assert not app.exception
    assert "“Visitors” is published." in told(app)
    assert "is not shown" in told(app)
    [end] = [one for one in app.button if str(one.key).startswith("texts/end/yes")]
    end.click().run()
    with reading() as session:
        assert policies.waiting(session, world.viewer("amira")) == ()
