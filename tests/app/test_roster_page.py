"""The page on which an administrator brings a staff list: look, correct, import, take back."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.engine import reading
from db.people import PERSON
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"
HEAD = "E-mail,Name,Unit,Boss\n"
ZED = "zed@fernleigh.example,Zed Young,Revenues,tom.ashdown@fernleigh.example\n"
AMIRA = "amira.khan@fernleigh.example,Amira Khan,Benefits,grace.okafor@fernleigh.example\n"


@pytest.fixture
def at(world, monkeypatch):
    def open_as(who):
        token = world.sign_in(who)
        monkeypatch.setattr(door, "token", lambda: token)
        monkeypatch.setattr(door, "now", lambda: NOW)
        app = AppTest.from_file(str(UI), default_timeout=60).run()
        return app.switch_page(os.path.relpath(script("roster"), UI.parent)).run()

    return open_as


def bring(app, text, name="staff.csv"):
    app.file_uploader[0].set_value((name, text.encode(), "text/csv")).run()
    assert not app.exception
    return app


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


def labels(app):
    return [one.label for one in app.button]


def people(org=None):
    with reading() as session:
        query = select(PERSON.org_id, PERSON.email).where(PERSON.email == "zed@fernleigh.example")
        return [row[0] for row in session.connection().execute(query)]


def html(app):
    return "".join(block.proto.body for block in app.get("html"))


def test_a_list_is_looked_at_corrected_imported_and_taken_back(at, world):
    app = at("marek")
    assert app.title[0].value == "Staff list"
    assert "Import" not in labels(app)
    bring(app, HEAD + ZED + AMIRA)
    boxes = {one.label: one for one in app.selectbox}
    assert {label: one.value for label, one in boxes.items()} == {
        "E-mail": "email",
        "Name": "name",
        "Unit": "unit",
        "Boss": "ignore",
    }
    boxes["Boss"].set_value("manager").run()
    press(app, "Show what would change")
    assert "Zed Young" in html(app)
    assert people() == []
    press(app, "Import")
    assert app.success[0].value.startswith("Imported. 1 joined, 0 came back, 1 moved")
    assert people() == [world.organisations["Fernleigh"]]
    assert "Marek Novak" in html(app)
    bring(app, HEAD + ZED)
    assert next(one for one in app.selectbox if one.label == "Boss").value == "manager"
    press(app, "Show what would change")
    assert "Import" not in labels(app)
    press(app, "Undo the latest import")
    press(app, "Yes, undo it")
    assert app.success[0].value.endswith("is undone.")
    assert people() == []


def test_wrong_rows_keep_the_import_waiting_until_they_are_left_out(at):
    app = bring(at("marek"), "E-mail,Name,Unit\nzed@fernleigh.example,Zed,Revenues\nno,=1,Tax\n")
    press(app, "Show what would change")
    assert app.error[0].value.startswith("Wrong rows: 1.")
    assert next(one for one in app.button if one.label == "Import").disabled
    assert "Formulas are never calculated here" in html(app)
    next(one for one in app.checkbox if one.label == "Leave wrong rows out").check().run()
    assert "Import" not in labels(app)
    press(app, "Show what would change")
    press(app, "Import")
    assert len(people()) == 1


@pytest.mark.parametrize(
    "text", ["", "just text", '"E-mail,Name\nnever ends', "\x00\x01\x02\x03", "%PDF-1.4"]
)
def test_what_is_no_staff_list_is_a_sentence_on_the_page(at, text):
    app = bring(at("marek"), text)
    assert len(app.error) == 1
    assert app.error[0].value.endswith((".", "?"))


def test_a_file_of_fernleigh_brought_by_olga_touches_nobody_of_fernleigh(at, world):
    app = bring(at("olga"), "E-mail,Name,Unit\nzed@fernleigh.example,Zed,Revenues\n")
    press(app, "Show what would change")
    press(app, "Import")
    assert people() == [world.organisations["Harrow Vale"]]


def test_the_page_is_refused_to_whoever_is_no_administrator(at):
    app = at("tom")
    assert app.title[0].value == "This page is not part of your role"
    assert not app.file_uploader
