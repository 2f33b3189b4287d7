"""A screen that is read outside the lesson: its text, and none of its questions."""

import os

from streamlit.testing.v1 import AppTest

from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.world import NOW

UI = ROOT / "modules" / "shell" / "ui.py"


def test_a_reading_page_has_the_text_and_no_question(world, monkeypatch):
    token = world.sign_in("amira")
    monkeypatch.setattr(door, "token", lambda: token)
    monkeypatch.setattr(door, "now", lambda: NOW)
    app = AppTest.from_file(str(UI), default_timeout=60).run()
    app.switch_page(os.path.relpath(script("read"), UI.parent))
    # This screen of M01 asks a question in the lesson.
    app.query_params["module"], app.query_params["screen"] = "M01", "ecosystem"
    app.run()
    assert not app.exception and not app.error
    assert app.title[0].value == "Many keepers, one purpose"
    assert any("data ecosystem" in one.value for one in app.markdown)
    assert not app.radio and not app.checkbox
    assert "Check answer" not in [one.label for one in app.button]
