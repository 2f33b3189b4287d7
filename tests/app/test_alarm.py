"""Administrators read on their first pages that the scheduled work did not happen; nobody else."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from modules import words
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.data.mails import MONDAY, mailing

UI = ROOT / "modules" / "shell" / "ui.py"
SAY = words.of("en")
LATE = MONDAY + timedelta(hours=2)


@pytest.fixture
def told(world, monkeypatch):
    """What a page tells somebody as an error."""
    monkeypatch.setattr(door, "now", lambda: LATE)
    monkeypatch.setattr(world, "now", LATE)

    def errors(short, name=""):
        token = world.sign_in(short)
        monkeypatch.setattr(door, "token", lambda: token)
        app = AppTest.from_file(str(UI), default_timeout=90).run()
        if name:
            app.switch_page(os.path.relpath(script(name), UI.parent)).run()
        assert not app.exception
        return [one.value for one in app.error]

    return errors


def test_a_run_that_did_not_happen_is_on_an_administrators_first_pages(world, database, told):
    with pytest.MonkeyPatch.context() as patch, mailing(patch):
        for name in ("", "people"):
            [one] = told("marek", name)
            assert SAY("mailbox.title_missed") in one
        assert told("amira") == []


def test_there_is_no_alarm_where_no_mail_is_set_up(world, database, told):
    assert told("marek") == told("marek", "people") == []
