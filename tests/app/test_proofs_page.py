"""Training elsewhere on the page: a pasted classroom, wrong lines, withdrawing, her record."""

from __future__ import annotations

import os

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import reading
from modules import proofs
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
        app.switch_page(os.path.relpath(script(page), UI.parent))
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return as_


def one(found, key):
    [only] = [each for each in found if str(each.key).startswith(key)]
    return only


def told(app):
    return "\n".join(each.value for each in (*app.markdown, *app.success, *app.error))


def mine(world, short):
    with reading() as session:
        return proofs.own_proofs(session, world.viewer(short))


def test_nothing_is_entered_while_a_pasted_line_is_wrong(opened, world):
    app = opened("marek", "proofs")
    one(app.text_input, "proofs/document").set_value("File 7")
    paste = "amira.khan@fernleigh.example\nnobody@fernleigh.example\n"
    one(app.text_area, "proofs/paste").set_value(paste).run()
    assert "Line 2: nobody in your reach" in told(app)
    one(app.button, "proofs/do").click().run()
    assert mine(world, "amira") == ()
    both = "amira.khan@fernleigh.example\nBen Hale, ben.hale@fernleigh.example\n"
    one(app.text_area, "proofs/paste").set_value(both).run()
    one(app.button, "proofs/do").click().run()
    assert "Entered for 2 people" in told(app)
    assert [len(mine(world, short)) for short in ("amira", "ben")] == [1, 1]


def test_a_manager_comes_from_the_menu_with_the_person_chosen_and_takes_it_back(opened, world):
    amira = str(world.viewer("amira").person_id)
    app = opened("tom", "proofs", person=amira)
    one(app.text_input, "proofs/document").set_value("File 8").run()
    one(app.button, "proofs/do").click().run()
    assert "Entered for 1 person" in told(app)
    one(app.button, "proofs/withdraw").click().run()
    assert "its completion is gone" in told(app)
    assert mine(world, "amira")[0].withdrawn == "Tom Ashdown"


def test_whom_it_is_about_reads_it_on_her_record_and_who_looked(opened, world):
    app = opened("tom", "proofs", person=str(world.viewer("amira").person_id))
    one(app.text_input, "proofs/document").set_value("File 9").run()
    one(app.button, "proofs/do").click().run()
    app = opened("amira", "me")
    assert "Entered by hand about you" in {each.value for each in app.header}
    assert "File 9" in told(app) and "Tom Ashdown" in told(app)


def test_an_outsider_s_person_is_not_chosen_by_the_address(opened, world):
    app = opened("olga", "proofs", person=str(world.viewer("amira").person_id))
    assert not [each for each in app.multiselect if each.value]
    assert "Amira" not in told(app)
