"""The page of rules: a new rule is rehearsed before it can be published, and a refresh keeps it."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from db.engine import reading, writing
from db.tables import Assignment, Enrolment, core
from modules.admin import ruling
from modules.admin.ruling_form import Filled
from modules.admin.ruling_groups import MOST_GROUPS
from modules.duties import After, Audience, Case, Clause, Never, Rule
from modules.duties.model import EVERYBODY
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"


@pytest.fixture
def app(world, monkeypatch):
    with writing() as session:
        session.connection().execute(core(Enrolment).delete())
    monkeypatch.setattr(door, "now", lambda: NOW)
    token = world.sign_in("marek")
    monkeypatch.setattr(door, "token", lambda: token)
    return opened()


def opened(**address):
    app = AppTest.from_file(str(UI), default_timeout=90).run()
    app.switch_page(os.path.relpath(script("duties"), UI.parent))
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


def kept(model):
    with reading() as session:
        return session.connection().execute(select(func.count()).select_from(core(model))).scalar()


def labels(app):
    return [one.label for one in app.button]


def test_a_rule_is_published_only_after_its_rehearsal_and_stands_in_the_list(app):
    assert "No rule yet" in [one.value for one in app.header]
    press(app, "New rule")
    assert "Publish the rule" not in labels(app)
    app.text_input[0].input("Everybody: foundations").run()
    press(app, "See what it would do")
    assert kept(Assignment) == 0
    assert "46 would be asked for something new" in [one.value for one in app.header]
    press(app, "Publish the rule")
    assert kept(Assignment) == 1
    # It begins tomorrow, as it was filled in: nobody is asked today.
    assert kept(Enrolment) == 0
    assert any("foundations" in one.value for one in app.header)


def test_a_change_after_the_rehearsal_asks_for_another_one(app):
    press(app, "New rule")
    app.text_input[0].input("A rule").run()
    press(app, "See what it would do")
    assert "Publish the rule" in labels(app)
    next(one for one in app.number_input if one.label == "Days").set_value(10).run()
    assert "Publish the rule" not in labels(app)


def test_a_refresh_in_the_middle_keeps_what_was_filled_in(app):
    press(app, "New rule")
    app.text_input[0].input("Half a rule").run()
    draft = app.query_params["draft"]
    again = opened(rule="new", draft=draft[0] if isinstance(draft, list) else draft)
    assert again.text_input[0].value == "Half a rule"


def test_a_wrong_address_is_told_and_nothing_can_be_published(app):
    press(app, "New rule")
    area = next(one for one in app.text_area if "named by address" in one.label)
    area.input("nobody@nowhere.example").run()
    assert "nobody@nowhere.example" in app.error[0].value
    look = next(one for one in app.button if one.label == "See what it would do")
    assert look.disabled


def test_a_draft_in_the_address_that_is_none_begins_anew(app):
    again = opened(rule="new", draft="xyz")
    assert not again.exception
    assert again.text_input[0].value == ""


def test_a_rule_from_a_file_with_many_groups_is_opened_and_keeps_all_of_them(app, world):
    marek, ben = world.viewer("marek"), world.viewer("ben").person_id
    own = Audience(clauses=(Clause(people=(ben,)), Clause(grades=("9",))))
    days = {"renewal": Never()}
    cases = tuple(
        Case(audience=own, due=After(days=10 + place), **days) for place in range(MOST_GROUPS + 5)
    )
    rule = Rule(audience=EVERYBODY, due=After(days=30), cases=cases, **days)
    filled = Filled(title="Many", target="M01", rule=rule, starts=NOW.date())
    with writing() as session:
        ruling.publish(session, marek, filled=filled, id=None, now=NOW)
    press(opened(), "Change")
    page = press(opened(rule=str(only_rule())), "See what it would do")
    assert "Publish the rule" in labels(page)
    press(page, "Publish the rule")
    with reading() as session:
        [listed] = ruling.ruled(session, marek, now=NOW).rules
    assert listed.filled.rule.cases == cases


def only_rule():
    with reading() as session:
        return session.connection().execute(select(core(Assignment).c.id)).scalar()
