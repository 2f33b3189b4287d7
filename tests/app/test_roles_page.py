"""The page of roles offers what the works agreement allows, and nothing else."""

from __future__ import annotations

import os

from streamlit.testing.v1 import AppTest

from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.signers import agree
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"


def giving(world, monkeypatch, role):
    """The page as an administrator sees it who is about to give a role."""
    monkeypatch.setattr(door, "now", lambda: NOW)
    token = world.sign_in("marek")
    monkeypatch.setattr(door, "token", lambda: token)
    app = AppTest.from_file(str(UI), default_timeout=90).run()
    app.switch_page(os.path.relpath(script("roles"), UI.parent))
    app.run()
    [chooser] = [one for one in app.selectbox if one.label == "Role"]
    chooser.select(role).run()
    assert not app.exception
    return app


def boxes(app):
    return [one.label for one in app.checkbox]


def told(app):
    return "\n".join(one.value for one in app.caption)


def test_names_for_an_auditor_are_offered_only_where_they_are_agreed(world, monkeypatch):
    app = giving(world, monkeypatch, "auditor")
    assert boxes(app) == []
    assert "The works agreement shows auditors no names" in told(app)
    agree(monkeypatch, names__auditors_see_names=True)
    app = giving(world, monkeypatch, "auditor")
    assert boxes(app) == ["Show names beside the evidence"]
    assert "The works agreement shows auditors no names" not in told(app)
