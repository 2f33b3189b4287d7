"""The line manager's page: what it asks of him, at any size, and what the menu does."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from db import audit
from db.engine import reading, writing
from db.tables import Enrolment, core
from modules import courses, leave
from modules.manage import team as teams
from modules.manage import weekly
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.app.test_page_queries import crowd
from tests.data.mails import mailing
from tests.world import DUE, MODULE, NOW

UI = ROOT / "modules" / "shell" / "ui.py"


@pytest.fixture
def page(world, monkeypatch):
    """The team page as Tom sees it."""
    monkeypatch.setattr(door, "now", lambda: NOW)
    token = world.sign_in("tom")
    monkeypatch.setattr(door, "token", lambda: token)

    def opened():
        app = AppTest.from_file(str(UI), default_timeout=90).run()
        app.switch_page(os.path.relpath(script("team"), UI.parent))
        app.run()
        assert not app.exception
        return app

    return opened


def ask(world, short="amira"):
    with writing() as session:
        leave.ask(
            session,
            world.viewer(short),
            module=MODULE,
            ground="cover",
            until=DUE + timedelta(days=9),
            now=NOW,
        )


def act(app, world, short, deed):
    """Choose from the menu beside a name."""
    app.session_state["team/act"] = (str(world.viewer(short).person_id), deed)
    app.run()
    assert not app.exception
    return app


def button(app, key):
    [found] = [one for one in app.button if str(one.key).startswith(key)]
    return found


def told(app):
    return "\n".join(one.value for one in (*app.markdown, *app.success, *app.caption))


def views(world):
    with reading() as session:
        found = audit.views(session, org_id=world.viewer("tom").org_id)
    return {(one.person, one.place, one.purpose) for one in found}


def test_the_headline_says_how_many_need_something_and_never_who_is_worst(page, world):
    app = page()
    assert app.title[0].value == "2 people need something from you"
    assert "Your 4 people: 0 overdue, 2 with something due within 30 days, 2 with" in told(app)


def test_looking_is_logged_for_those_on_the_page(page, world):
    page()
    names = {"Amira Khan", "Ben Hale", "Cora Ellis", "Dev Rao"}
    assert views(world) == {(one, "team", "") for one in names}


def test_a_request_stands_on_top_and_is_granted_there(page, world):
    ask(world)
    app = page()
    assert "1 person asks for more time" in {one.value for one in app.header}
    [grant] = [one for one in app.button if one.label == "Give this time"]
    grant.click().run()
    assert not app.exception
    assert "Amira Khan has until" in told(app)
    with reading() as session:
        team = teams.team(session, world.viewer("tom"), now=NOW)
    assert team.waiting == ()


def test_a_request_that_was_decided_in_another_tab_is_told(page, world):
    ask(world)
    app = page()
    with writing() as session:
        [waiting] = teams.team(session, world.viewer("tom"), now=NOW).waiting
        leave.refuse(session, world.viewer("tom"), id=waiting.id, answer="talk", now=NOW)
    [grant] = [one for one in app.button if one.label == "Give this time"]
    grant.click().run()
    assert not app.exception
    [told_] = [one.value for one in app.info]
    assert told_ == "The request of Amira Khan has been decided or taken back meanwhile."
    app.run()
    assert not app.info


def test_each_line_says_what_the_status_is_about(page, world):
    title = courses.title(MODULE)
    lines = [
        one.value for one in page().markdown if "Not yet due" in one.value or title in one.value
    ]
    assert len(lines) == 4 and all(title in one for one in lines)


def test_more_time_begins_from_today_where_the_day_has_passed_long_ago(page, world):
    with writing() as session:
        long_ago = {"due_on": NOW.date() - timedelta(days=20)}
        session.connection().execute(update(core(Enrolment)).values(long_ago))
    app = act(page(), world, "amira", "extend")
    [until] = [one for one in app.date_input if "extend/until" in one.key]
    assert until.value == NOW.date() + timedelta(days=13)


def test_the_menu_reminds_one_person_and_logs_that_she_was_opened(page, world):
    app = act(page(), world, "cora", "remind")
    assert ("Cora Ellis", "member", "act") in views(world)
    button(app, "team/do/remind").click().run()
    assert "Cora Ellis is reminded" in told(app)
    app = act(app, world, "cora", "remind")
    assert "has had a reminder already" in told(app)


def test_the_menu_exempts_for_a_reason_of_the_list_and_ends_it_again(page, world):
    app = act(page(), world, "cora", "exempt")
    button(app, "team/do/exempt").click().run()
    assert [one.value for one in app.warning] == ["Choose one of the sentences first."]
    [why] = [one for one in app.radio if one.key == "team/do/exempt/ground"]
    why.set_value("no_data").run()
    button(app, "team/do/exempt").click().run()
    assert "Cora Ellis is exempt from" in told(app)
    app = act(app, world, "cora", "exempt")
    button(app, "team/end").click().run()
    assert "The exemption of Cora Ellis has ended." in told(app)


def test_the_menu_gives_more_time_and_takes_it_back(page, world):
    app = act(page(), world, "amira", "extend")
    button(app, "team/do/extend").click().run()
    assert "Amira Khan has until 25 December 2026" in told(app)
    app = act(app, world, "amira", "extend")
    button(app, "team/back").click().run()
    assert "The earlier day counts for Amira Khan again." in told(app)


def test_somebody_of_another_team_is_not_opened_by_her_id(page, world):
    act(page(), world, "marek", "remind")
    act(page(), world, "uma", "exempt")
    assert not {one for one in views(world) if one[0] in ("Marek Novak", "Uma Quill")}


def test_a_large_team_is_searched_and_paged(page, world):
    crowd(world.viewer("tom"), 60)
    app = page()
    assert len(app.get("menu_button")) == 25
    assert "1 to 25 of 64" in told(app)
    assert len(app.get("download_button")) == 1
    [search] = [one for one in app.text_input if one.key == "team/like"]
    search.set_value("amira").run()
    assert not app.exception
    assert "Amira Khan" in told(app) and "Ben Hale" not in told(app)
    assert len(app.get("menu_button")) == 1


def test_a_manager_turns_her_weekly_mail_off_and_on_where_mail_goes_out(page, world):
    tom = world.viewer("tom")

    def wanted():
        with reading() as session:
            return weekly.wanted(session, tom)

    assert not page().toggle
    with pytest.MonkeyPatch.context() as patch, mailing(patch):
        app = page()
        [toggle] = app.toggle
        assert toggle.value
        toggle.set_value(False).run()
        assert not wanted()
        assert not page().toggle[0].value
        app.toggle[0].set_value(True).run()
        assert wanted()
