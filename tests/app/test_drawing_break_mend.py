"""Break it, then mend it on the page: from the first field to a release that holds."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from modules import fields
from modules.course.files import read_module
from modules.labs.break_mend.grading import FULL
from tests.course import SHIPPED

STEM = "M08-L"


def lab_page(body, reviewed):
    import streamlit as st

    from modules.course.files import read_module
    from modules.labs import break_mend
    from modules.words import of
    from tests.course import SHIPPED

    module = read_module(SHIPPED, "m08-re-identification", "en")
    options, words = module.lab_of("break-mend").options, of("en")
    state = break_mend.load(options, "s", st.session_state.get("body", body))
    if reviewed:
        break_mend.review(st.container(), state, words, told=reviewed != "hints")
    else:
        now = break_mend.play(st.container(), state, "M08-L", words)
        st.session_state["body"] = break_mend.dump(now)
        st.session_state["right"] = break_mend.grade(now).right


@pytest.fixture(autouse=True)
def remembering(monkeypatch):
    """Fields as the server has them: a session that remembers, with Streamlit's own fields."""
    import streamlit as st

    monkeypatch.setattr(fields, "_memory", lambda: st.session_state)


def run(body=None, reviewed=""):
    at = AppTest.from_function(lab_page, args=(body or {}, reviewed), default_timeout=60).run()
    assert not at.exception
    return at


def said(at):
    told = [one.value for one in (*at.markdown, *at.subheader, *at.header, *at.caption)]
    return " ".join([*told, *(one.proto.body for one in at.get("html"))])


def pick(at, name, value):
    at.pills(key=f"{STEM}/{name}").set_value(value).run()
    assert not at.exception


def press(at, name):
    at.button(key=f"{STEM}/{name}").click().run()
    assert not at.exception


def test_somebody_breaks_the_release_meets_the_trap_and_mends_it():
    at = run()
    assert "Pick a field" in said(at)
    pick(at, "link", ["sex"])
    assert "Nobody" in said(at)
    pick(at, "link", list(FULL))
    assert "Nearly everyone is found" in said(at)
    press(at, "open")
    assert "Found: " in said(at)
    press(at, "open")
    press(at, "mend")
    assert "2. Mend it" in said(at)
    pick(at, "area", "ward")
    pick(at, "birth", "20")
    pick(at, "suppress", True)
    assert "and still a secret is out" in said(at)
    assert "dementia" in said(at)
    assert at.session_state["right"] is False
    pick(at, "top", "60")
    assert "This release holds" in said(at)
    assert at.session_state["right"] is True
    assert at.session_state["body"]["link"] == ["postcode", "date", "sex"]


def test_going_back_to_the_attack_keeps_the_release():
    at = run({"part": 2, "link": ["sex"], "setting": {"area": "ward"}})
    press(at, "back")
    assert "1. Break it" in said(at)
    pick(at, "link", ["date"])
    press(at, "mend")
    assert at.session_state["body"]["setting"]["area"] == "ward"
    assert at.session_state["body"]["link"] == ["date"]


def test_a_release_that_hides_everything_is_told_so():
    at = run({"part": 2, "setting": {"suppress": True}})
    assert "Every row is hidden" in said(at)


def test_hints_come_first_and_the_model_at_the_end():
    body = {"part": 2, "link": list(FULL)}
    hints, told = run(body, "hints"), run(body, "told")
    assert "smallest crowd" in said(hints)
    assert "bands of" not in said(hints)
    assert "bands of" in said(told)


def test_the_shipped_lab_has_the_goals_that_its_task_names():
    options = read_module(SHIPPED, "m08-re-identification", "en").lab_of("break-mend").options
    assert (options.goals.k, options.goals.l) == (5, 2)
    assert options.aha
