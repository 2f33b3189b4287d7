"""Ethics canvas on the page: what is put in one box is held in all the others."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from modules import fields
from modules.course.files import read_module
from modules.labs import ethics_canvas
from modules.labs.ethics_canvas.recount import carried
from tests.course import SHIPPED

STEM = "M06-L"


def lab_page(body, reviewed):
    import streamlit as st

    from modules import synth
    from modules.course.files import read_module
    from modules.labs import ethics_canvas
    from modules.words import of
    from tests.course import SHIPPED

    module = read_module(SHIPPED, "m06-ethics-in-practice", "en")
    options, words = module.lab_of("ethics-canvas").options, of("en")
    state = ethics_canvas.load(options, "s", st.session_state.get("body", body))
    state = ethics_canvas.shown_to(state, synth.citizen("s").resident_id)
    if reviewed:
        ethics_canvas.review(st.container(), state, words, told=reviewed != "hints")
    else:
        now = ethics_canvas.play(st.container(), state, "M06-L", words)
        st.session_state["body"] = ethics_canvas.dump(now)
        st.session_state["place"] = ethics_canvas.place(now)


@pytest.fixture(autouse=True)
def remembering(monkeypatch):
    """Fields as the server has them: a session that remembers, with Streamlit's own fields."""
    import streamlit as st

    monkeypatch.setattr(fields, "_memory", lambda: st.session_state)


@pytest.fixture(scope="module")
def begun():
    module = read_module(SHIPPED, "m06-ethics-in-practice", "en")
    return ethics_canvas.start(module.lab_of("ethics-canvas").options, "s")


def run(body=None, reviewed=""):
    at = AppTest.from_function(lab_page, args=(body or {}, reviewed), default_timeout=60).run()
    assert not at.exception
    return at


def turn(at, number):
    at.pagination(key=f"{STEM}/page").set_value(number).run()
    assert not at.exception


def texts(at):
    """Everything drawn, as one text."""
    html = "".join(block.proto.body for block in at.get("html"))
    return html + " ".join(block.value for block in (*at.markdown, *at.header, *at.caption))


def test_what_is_put_in_each_box_is_held_from_card_to_card(begun):
    at, one = run(), begun.proposal
    at.radio(key=f"{STEM}/benefit").set_value(one.benefits[0].id).run()
    turn(at, 2)
    assert "choose a cut" in texts(at), "an average hides whoever is few"
    at.button_group(key=f"{STEM}/cut").set_value(one.cuts[0].id).run()
    assert "sw-bars" in texts(at)
    groups = list(carried(begun.options.people, one))
    at.button_group(key=f"{STEM}/groups").set_value(groups).run()
    turn(at, 4)
    for harm in one.harms:
        at.button_group(key=f"{STEM}/likely/{harm.id}").set_value("likely").run()
        at.button_group(key=f"{STEM}/severe/{harm.id}").set_value("hurts").run()
    assert "4 of 9" in texts(at)
    turn(at, 5)
    for each in one.mitigations:
        if each.against:
            at.checkbox(key=f"{STEM}/take/{each.id}").check().run()
    assert "7 of 6 points: too many" in texts(at)
    turn(at, 6)
    at.radio(key=f"{STEM}/decision").set_value("leave").run()
    assert at.session_state["place"].hands_in
    turn(at, 1)
    body = at.session_state["body"]
    assert body["picks"] == {"benefit": one.benefits[0].id, "decision": "leave"}
    assert set(body["groups"]) == set(groups)
    assert set(body["likely"].values()) == {"likely"}
    assert len(body["taken"]) == 3
    assert "4 of 6 boxes filled" in texts(at)


def test_a_draft_comes_back_whole(begun):
    body = ethics_canvas.dump(ethics_canvas.solve(begun))
    at = run(body)
    assert at.session_state["body"] == body
    assert "All 6 boxes filled" in texts(at)


def test_hints_name_what_was_missed_and_tell_no_answer(begun):
    at = run(ethics_canvas.dump(ethics_canvas.naive(begun)), "hints")
    assert "Two groups stand far" in texts(at)
    assert begun.proposal.found not in texts(at)
    assert "sw-bars" not in texts(at)


def test_at_the_end_the_figures_show_who_carries_it_and_each_right_box_says_why(begun):
    one = begun.proposal
    at = run(ethics_canvas.dump(ethics_canvas.naive(begun)), "told")
    assert one.found in texts(at)
    assert "sw-bars" in texts(at)
    for several in (one.benefits, one.ways, one.reasons):
        assert next(each.why for each in several if each.key) in texts(at)


def test_an_empty_hand_in_is_only_told_what_is_open():
    at = run({}, "hints")
    assert not at.header
    assert "Not filled in yet" in texts(at)
