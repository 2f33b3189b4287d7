"""The pages of details and examples as an administrator meets them, and lessons that use them."""

from __future__ import annotations

import os

import pytest
from streamlit.testing.v1 import AppTest

from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.walk import Walk
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"
ADVICE = "data-protection-officer"


@pytest.fixture
def opened(world, monkeypatch):
    """Open a page as somebody."""
    monkeypatch.setattr(door, "now", lambda: NOW)

    def page(who, name, **query):
        token = world.sign_in(who)
        monkeypatch.setattr(door, "token", lambda: token)
        app = AppTest.from_file(str(UI), default_timeout=90).run()
        if name != "home":
            app.switch_page(os.path.relpath(script(name), UI.parent))
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return page


def texts(app):
    kinds = ("title", "header", "subheader", "markdown", "caption", "success", "error", "info")
    return "\n".join(one.value for kind in kinds for one in app.get(kind))


def press(app, label):
    [found] = [one for one in app.button if one.label == label]
    found.click().run()
    assert not app.exception
    return app


def test_an_administrator_fills_in_a_detail_and_sees_it_in_its_sentence(opened):
    app = opened("marek", "local")
    assert "Lessons name 2 details that are still empty" in texts(app)
    app.text_input(key="local/0/breach-contact").set_value("Bo").run()
    app.text_input(key=f"local/0/{ADVICE}").set_value("Ann *B*").run()
    assert r"**In a lesson:** Not sure? Ask Ann \*B\* first." in texts(app)
    press(app, "Save details")
    told = texts(app)
    assert "Saved. 2 details changed; lessons show them now." in told
    assert "Every detail that lessons name is filled in." in told
    assert "Changed by Marek Novak on 22 November 2026, 10:00." in told
    assert app.text_input(key=f"local/1/{ADVICE}").value == "Ann *B*"


def test_a_value_of_the_wrong_kind_is_marked_and_nothing_is_saved(opened):
    app = opened("marek", "local")
    app.text_input(key="local/0/data-protection-policy").set_value("our intranet").run()
    assert "Write a whole address that begins with https://." in texts(app)
    app.text_input(key=f"local/0/{ADVICE}").set_value("Ann")
    press(app, "Save details")
    assert "Nothing was saved. Look at the marked details." in texts(app)
    assert "Nobody has changed anything here yet." in texts(opened("marek", "local"))


def test_home_reminds_administrators_alone_until_it_is_filled_in(opened):
    reminder = "that are still empty."
    assert reminder in texts(opened("marek", "home"))
    assert reminder not in texts(opened("amira", "home"))
    app = opened("marek", "local")
    app.text_input(key="local/0/breach-contact").set_value("Bo")
    app.text_input(key=f"local/0/{ADVICE}").set_value("Ann")
    press(app, "Save details")
    assert reminder not in texts(opened("marek", "home"))


@pytest.mark.parametrize("page", ["local", "examples"])
def test_nobody_else_opens_the_pages(opened, page):
    app = opened("amira", page)
    assert "This page is not part of your role" in texts(app)
    # Refused calmly: no number for the help desk below it.
    assert not app.error


def test_an_example_is_written_seen_on_its_screen_and_deleted(opened, world):
    app = opened("marek", "examples")
    app.selectbox(key="examples/screen/M01").set_value("ecosystem").run()
    app.text_area(key="examples/0/M01/ecosystem/body").set_value("**Ours**, last year.").run()
    assert "This is how it looks" in texts(app)
    press(app, "Save the example")
    assert "M01: Many keepers, one purpose" in texts(app)

    Walk(world, "cora").until("ecosystem")
    lesson = opened("cora", "lesson", module="M01", step="ecosystem")
    assert "From our own organisation" in texts(lesson)
    assert "**Ours**, last year." in texts(lesson)
    assert "Facts last checked 22 November 2026" in texts(lesson)

    app = opened("marek", "examples")
    app.selectbox(key="examples/screen/M01").set_value("ecosystem").run()
    press(app, "Delete it")
    assert "No example has been written yet." in texts(app)


def aid_page(values):
    from datetime import UTC, datetime

    import streamlit as st

    from modules import words
    from modules.course.files import read_module
    from modules.course.local import Local, shipped
    from modules.play import law, steps
    from modules.play.desk import Table
    from modules.play.rehearsal import RehearsalDesk
    from modules.settings import settings

    module = read_module(settings().content, "m01-why-share", "en", "uk")
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    desk = RehearsalDesk(module, {}, lambda: now, lambda _place: None)
    desk.begin()
    surface = st.container()
    table = Table(surface, desk, words.of("en"), own=Local(shipped(), values))
    steps.draw(table, module.step("job-aid"))
    law.line(surface, module, words.of("en"), now.date())


@pytest.mark.parametrize(
    ("values", "said", "note"),
    [
        ({ADVICE: "Ann [B]"}, r"Ask Ann \[B\] first.", False),
        ({}, "Ask your data protection officer first.", True),
    ],
)
def test_the_job_aid_names_the_detail_and_holds_no_marker(values, said, note):
    app = AppTest.from_function(aid_page, args=(values,), default_timeout=60).run()
    assert not app.exception
    text = texts(app)
    assert said in text
    assert "Under UK GDPR" in text
    assert "EU GDPR" not in text
    assert "{" not in text
    assert "UK law notes · Facts last checked 22 November 2026" in texts(app)
    unfilled = (
        "Your organisation has not filled in: data protection officer. Ask your line manager."
    )
    assert (unfilled in texts(app)) is note
