"""The organisation page: each part at its address, with its empty state, for who may see it."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from db.engine import engine, writing
from db.tables import Snapshot, core
from modules import words
from modules.manage import statistics
from modules.manage.panels import PARTS
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.counting import counting
from tests.signers import agree
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"


@pytest.fixture
def opened(world, monkeypatch):
    """The page as Grace sees it, at an address."""
    monkeypatch.setattr(door, "now", lambda: NOW)
    token = world.sign_in("grace")
    monkeypatch.setattr(door, "token", lambda: token)

    def at(**address):
        app = AppTest.from_file(str(UI), default_timeout=90).run()
        app.switch_page(os.path.relpath(script("organisation"), UI.parent))
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return at


def headings(app):
    return [one.value for one in app.header]


def text(app):
    return "\n".join(one.value for one in [*app.markdown, *app.caption, *app.title, *app.header])


def chosen(app, label):
    return next(one for one in app.selectbox if one.label == label)


def test_the_first_part_says_the_share_the_trend_and_whether_the_body_counts(opened):
    app = opened()
    assert "in date; target 80%" in app.title[0].value
    assert "more people make the target" in text(app)
    assert "55% of organisations" in text(app)
    assert len(headings(app)) == 2


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_an_address_and_says_something_even_where_it_is_empty(opened, part):
    app = opened(part=part)
    nothing = words.of("en")(f"organisation.nothing.{part}")
    assert bool(headings(app)) != (nothing in text(app))
    assert "⟦" not in text(app)


def test_a_part_or_page_that_does_not_exist_shows_the_first_one(opened):
    app = opened(part="nonsense", page="-4", by="grade")
    assert len(headings(app)) == 2


def test_a_unit_is_found_by_a_part_of_its_name(opened):
    app = opened(find="benef")
    offered = chosen(app, "Unit").options
    assert any("Benefits" in one for one in offered)
    assert "stand in the list of units" in text(app) or "stands in the list" in text(app)
    assert "No unit here" in text(opened(find="zzz"))


def test_a_body_of_many_units_shows_a_page_of_them_and_the_way_to_the_next(opened, monkeypatch):
    monkeypatch.setattr(statistics, "PAGE", 1)
    app = opened()
    names = chosen(app, "Unit").options
    assert len(names) == 2
    [on] = [one for one in app.button if one.label == "Next units"]
    on.click().run()
    assert not app.exception
    assert app.query_params["page"] == "2"
    assert chosen(app, "Unit").options != names


def test_what_the_agreement_leaves_out_is_not_on_any_part(opened, monkeypatch):
    agree(monkeypatch, panels=["units"])
    assert len(headings(opened())) == 1
    assert headings(opened(part="months")) == []


@pytest.mark.parametrize("part", PARTS)
def test_a_part_sends_few_statements(opened, part):
    app = opened(part=part)
    with counting(engine()) as sent:
        app.run()
    assert len(sent) <= (24 if part == "learning" else 14)


def test_before_the_first_month_end_the_page_says_what_it_waits_for(opened, world):
    with writing() as session:
        session.connection().execute(delete(core(Snapshot)))
    app = opened()
    assert app.title[0].value == "No month-end figures yet"
