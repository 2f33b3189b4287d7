"""Basis builder on the page: a basis asks, the register answers, and every page is held."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from modules import fields
from modules.course.files import read_module
from modules.labs import basis_builder
from modules.labs.basis_builder.asking import answer
from tests.course import SHIPPED

STEM = "M03-L"


def lab_page(body, reviewed):
    import streamlit as st

    from modules.course.files import read_module
    from modules.labs import basis_builder
    from modules.words import of
    from tests.course import SHIPPED

    module = read_module(SHIPPED, "m03-lawful-basis", "en")
    options, words = module.lab_of("basis-builder").options, of("en")
    state = basis_builder.load(options, "s", st.session_state.get("body", body))
    if reviewed:
        basis_builder.review(st.container(), state, words, told=reviewed != "hints")
    else:
        now = basis_builder.play(st.container(), state, "M03-L", words)
        st.session_state["body"] = basis_builder.dump(now)
        st.session_state["place"] = basis_builder.place(now)


@pytest.fixture(autouse=True)
def remembering(monkeypatch):
    """Fields as the server has them: a session that remembers, with Streamlit's own fields."""
    import streamlit as st

    monkeypatch.setattr(fields, "_memory", lambda: st.session_state)


@pytest.fixture(scope="module")
def begun():
    module = read_module(SHIPPED, "m03-lawful-basis", "en")
    return basis_builder.start(module.lab_of("basis-builder").options, "s")


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


def test_a_basis_asks_its_question_and_the_register_answers(begun):
    at, card = run(), begun.drawn.cards[0]
    assert "The register answers" not in texts(at)
    for basis in ("consent", "interests"):
        at.button_group(key=f"{STEM}/{card.id}/basis").set_value(basis).run()
        assert begun.options.asks[basis] in texts(at)
        assert answer(begun.options, card, basis) in texts(at)


def test_what_is_chosen_ticked_and_weighed_is_held_from_page_to_page(begun):
    at, drawn = run(), begun.drawn
    one = drawn.cards[0]
    at.radio(key=f"{STEM}/{one.id}/purpose").set_value("fit").run()
    at.button_group(key=f"{STEM}/{one.id}/basis").set_value("task").run()
    at.button_group(key=f"{STEM}/{one.id}/condition").set_value("no").run()
    at.button_group(key=f"{STEM}/{one.id}/told").set_value("asked").run()
    assert not at.session_state["place"].hands_in
    turn(at, 6)
    assert "Until when?" in texts(at)
    for line in ("who", "long"):
        at.checkbox(key=f"{STEM}/notice/{line}").check().run()
    assert drawn.told.long in texts(at)
    assert "Until when?" not in texts(at)
    assert "What can I do?" in texts(at)
    turn(at, 7)
    at.button_group(key=f"{STEM}/use/link").set_value("for").run()
    at.radio(key=f"{STEM}/use/verdict").set_value("stop").run()
    assert "1 for, 0 against" in texts(at)
    assert at.session_state["place"].hands_in
    turn(at, 1)
    body = at.session_state["body"]
    assert body["answers"] == {
        f"{one.id}/basis": "task",
        f"{one.id}/condition": "no",
        f"{one.id}/purpose": "fit",
        f"{one.id}/told": "asked",
        "use/link": "for",
        "use/verdict": "stop",
    }
    assert body["notice"] == ["long", "who"]
    assert "2 of 7 pages done" in texts(at)
    at.button_group(key=f"{STEM}/{one.id}/basis").set_value(None).run()
    assert f"{one.id}/basis" not in at.session_state["body"]["answers"]


def test_a_draft_comes_back_whole(begun):
    body = basis_builder.dump(basis_builder.solve(begun))
    at = run(body)
    assert at.session_state["body"] == body
    assert "All 7 pages done" in texts(at)


def test_hints_name_what_was_missed_and_tell_no_answer(begun):
    at = run(basis_builder.dump(basis_builder.naive(begun)), "hints")
    assert all(any(one.name in head.value for head in at.header) for one in begun.drawn.cards)
    assert "You stand on consent" in texts(at)
    assert not any(one.why.split(" [@")[0] in texts(at) for one in begun.drawn.cards)
    assert begun.drawn.use.why.split(" [@")[0] not in texts(at)


def test_at_the_end_each_card_says_why_and_the_tally_makes_the_point(begun):
    at = run(basis_builder.dump(basis_builder.naive(begun)), "told")
    assert all(one.why.split(" [@")[0] in texts(at) for one in begun.drawn.cards)
    assert "A notice that does it" in texts(at)
    assert "Consent: 1 of 5. People told: 5 of 5." in texts(at)


def test_an_empty_hand_in_is_only_told_what_is_open():
    at = run({}, "hints")
    assert not at.header
    assert "Not filled in yet" in texts(at)
