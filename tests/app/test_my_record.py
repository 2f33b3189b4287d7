"""What is held on her, requests and purposes as the pages show them."""

from __future__ import annotations

import os

import pytest
from streamlit.testing.v1 import AppTest

from db import audit
from db.engine import reading
from db.tables import Person
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"


@pytest.fixture
def opened(world, monkeypatch):
    """Open a page as somebody."""
    monkeypatch.setattr(door, "now", lambda: NOW)

    def page(who, name, **query):
        token = world.sign_in(who)
        monkeypatch.setattr(door, "token", lambda: token)
        app = AppTest.from_file(str(UI), default_timeout=90).run()
        app.switch_page(os.path.relpath(script(name), UI.parent))
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return page


def texts(app):
    kinds = ("title", "header", "markdown", "caption", "success", "warning", "info", "html")
    return "\n".join(str(getattr(one, "value", "")) for kind in kinds for one in app.get(kind))


def press(app, label):
    [found] = [one for one in app.button if one.label == label]
    found.click().run()
    assert not app.exception
    return app


def views(world, of):
    viewer = world.viewer(of)
    with reading() as session:
        found = audit.views(session, org_id=viewer.org_id, person_id=viewer.person_id)
    return [(one.viewer, one.place, one.purpose) for one in found]


def test_an_administrator_says_what_for_before_anything_of_the_person_is_shown(opened, world):
    who = world.viewer("amira").person_id
    app = opened("marek", "people", person=str(who))
    assert "Training to take" not in texts(app)
    press(app, "Open the record")
    assert "Choose what you open this for" in texts(app)
    assert views(world, "amira") == []
    app.radio(key=f"people/asked/{who}").set_value("account").run()
    assert views(world, "amira") == []
    press(app, "Open the record")
    assert views(world, "amira") == [("Marek Novak", "person", "account")]
    assert "Amira Khan can read it" in texts(app)


def test_a_person_of_another_organisation_is_refused_before_any_question(opened, world):
    app = opened("marek", "people", person=str(world.viewer("uma").person_id))
    assert "Uma" not in texts(app)
    assert "What for?" not in [one.label for one in app.radio]


def test_a_manager_opens_one_of_his_people_for_a_purpose(opened, world):
    app = opened("tom", "team")
    before = views(world, "amira")
    press(app, "Open the record")
    assert "Choose a person and what for" in texts(app)
    app.selectbox(key="team/who").set_value(str(world.viewer("amira").person_id)).run()
    app.selectbox(key="team/purpose").set_value("cover").run()
    assert views(world, "amira") == before == [("Tom Ashdown", "team", "")]
    press(app, "Open the record")
    assert set(views(world, "amira")) == {*before, ("Tom Ashdown", "member", "cover")}


def test_she_reads_who_looked_and_why_and_asks_only_after_both_lists(opened, world):
    opened("tom", "team")
    app = opened("amira", "me")
    told = texts(app)
    assert "Tom Ashdown" in told
    assert "Duties of the own team" in told
    press(app, "Ask for erasure")
    assert "Read both lists" in texts(app)
    app.checkbox(key="me/erase/sure").check().run()
    press(app, "Ask for erasure")
    assert "**Erasure**, asked on 22 November 2026. Not answered yet." in texts(app)
    press(app, "Take it back")
    assert "You took it back" in texts(app)


def test_an_erasure_decided_on_the_page_ends_her_sign_in(opened, world):
    app = opened("amira", "me")
    app.checkbox(key="me/erase/sure").check().run()
    press(app, "Ask for erasure")
    amira = world.viewer("amira")
    app = opened("marek", "requests")
    assert "1 open request" in texts(app)
    press(app, "Refuse, and answer")
    assert "Write a sentence" in texts(app)
    assert [one.label for one in app.text_input] == ["Your sentence to this person, if you refuse"]
    press(app, "Erase for good")
    assert "Nothing here names this person any more" in texts(app)
    with reading() as session:
        assert session.get(Person, (amira.org_id, amira.person_id)).erased_at == NOW


def test_somebody_keeps_her_own_time_zone_and_sees_times_in_it(opened, world):
    app = opened("amira", "me")
    assert "Europe/London" in app.selectbox(key="me/zone").options[0]
    app.selectbox(key="me/zone").select("Asia/Tokyo").run()
    press(app, "Keep")
    assert world.viewer("amira").clock == "Asia/Tokyo"
    assert opened("amira", "me").selectbox(key="me/zone").value == "Asia/Tokyo"
