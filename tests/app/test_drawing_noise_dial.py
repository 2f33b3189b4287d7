"""Noise dial on the page: a tap for each position, a prediction first, one way on at a time."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from modules import fields
from modules.course.files import read_module
from modules.labs import noise_dial
from modules.labs.noise_dial.options import TABLES
from modules.labs.noise_dial.state import SPEND
from tests.course import SHIPPED

STEM = "M10-L"


def lab_page(body):
    import streamlit as st

    from modules.course.files import read_module
    from modules.labs import noise_dial
    from modules.words import of
    from tests.course import SHIPPED

    module = read_module(SHIPPED, "m10-differential-privacy", "en")
    options, words = module.lab_of("noise-dial").options, of("en")
    state = noise_dial.load(options, "s", st.session_state.get("body", body))
    now = noise_dial.play(st.container(), state, "M10-L", words)
    st.session_state["body"] = noise_dial.dump(now)
    if noise_dial.place(now).hands_in:
        st.button("Hand in", type="primary")


@pytest.fixture(autouse=True)
def remembering(monkeypatch):
    """Fields as the server has them: a session that remembers, with Streamlit's own fields."""
    import streamlit as st

    monkeypatch.setattr(fields, "_memory", lambda: st.session_state)


def run(**body):
    at = AppTest.from_function(lab_page, args=(body,), default_timeout=60).run()
    assert not at.exception
    return at


def primary(at):
    """What the buttons to press first say."""
    return [one.label for one in at.button if one.proto.type == "primary"]


def test_every_position_of_the_dial_and_of_a_share_is_one_tap():
    at = run()
    assert not at.select_slider
    at.button_group(key=f"{STEM}/dial").set_value(0.5).run()
    assert at.session_state["body"]["epsilon"] == 0.5
    at = run(part=SPEND)
    assert not at.select_slider
    table = TABLES[0]
    at.button_group(key=f"{STEM}/share/{table}").set_value(0.6).run()
    assert at.session_state["body"]["shares"][table] == 0.6


def test_a_button_that_waits_for_the_prediction_says_so():
    at = run()
    button = at.button(key=f"{STEM}/draw-button")
    assert button.disabled
    assert "**Predict first.** Then you can draw." in [one.value for one in at.markdown]
    at.button_group(key=f"{STEM}/guess/2.0").set_value(0.5).run()
    assert not at.button(key=f"{STEM}/draw-button").disabled
    assert not any("Predict first" in one.value for one in at.markdown)


def test_no_part_has_two_buttons_to_press_first():
    at = run()
    assert primary(at) == ["Draw 400 releases"]
    at = run(part=2)
    assert primary(at) == ["Ask once"]
    at = run(part=SPEND)
    assert primary(at) == ["Release the tables, then ask for one more"]
    at.button(key=f"{STEM}/release-button").click().run()
    assert primary(at) == ["Hand in"]
    at.button_group(key=f"{STEM}/share/{TABLES[0]}").set_value(0.05).run()
    assert primary(at) == ["Release the tables, then ask for one more"]


def test_a_draft_comes_back_whole():
    module = read_module(SHIPPED, "m10-differential-privacy", "en")
    begun = noise_dial.start(module.lab_of("noise-dial").options, "s")
    body = noise_dial.dump(noise_dial.solve(begun))
    assert run(**body).session_state["body"] == body
