"""Choices and numbers draw themselves: an answer goes in by widget and comes out."""

from __future__ import annotations

from tests.app.question_page import question_page
from tests.app.reading import drawn

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 1}
OPTIONS = [{"id": "a", "key": True}, {"id": "b"}, {"id": "c"}]
TEXT = {
    "stem": "What does **27%** describe?",
    "options": {"a": {"text": "Deployed"}, "b": {"text": "Started"}, "c": {"text": "$5 or $6"}},
}
NUMBER = HEAD | {"kind": "numeric", "answer": "n / 2", "parameters": {"n": [2500]}, "unit_id": "p"}
NUMBER_TEXT = {"stem": "Half of {n}?", "unit": "people"}


def page(kind, draft=None):
    structure = HEAD | {"kind": kind, "options": OPTIONS}
    return question_page(structure, TEXT, draft)


def number_page(draft=None):
    return question_page(NUMBER, NUMBER_TEXT, draft)


def test_a_radio_named_by_the_stem_gives_the_choice():
    at = page("single_choice")
    (radio,) = at.radio
    assert (radio.label, radio.value, at.session_state["given"]) == (
        "What does 27% describe?",
        None,
        None,
    )
    assert sorted(radio.options) == ["Deployed", "Started", r"\$5 or \$6"]
    at.radio(key="M01-Q01/choice").set_value("b").run()
    assert at.session_state["given"] == {"choice": "b"}
    assert "question.right_answer" in drawn(at)
    assert "question.your_answer" in drawn(at)
    assert "$5 or $6" in drawn(at)


def test_a_draft_is_restored_and_a_new_choice_beats_it():
    at = page("single_choice", {"choice": "c"})
    assert at.session_state["given"] == {"choice": "c"}
    at.radio[0].set_value("a").run()
    assert at.session_state["given"] == {"choice": "a"}
    assert page("single_choice", {"choice": "gone"}).session_state["given"] is None


def test_checkboxes_give_all_choices_and_none_is_incomplete():
    at = page("multiple_choice")
    assert at.markdown[0].value == "question.choose_all"
    assert at.session_state["given"] is None
    at.checkbox(key="M01-Q01/c").check()
    at.checkbox(key="M01-Q01/a").check().run()
    assert at.session_state["given"] == {"choices": ["a", "c"]}
    at.checkbox(key="M01-Q01/a").uncheck().run()
    assert at.session_state["given"] == {"choices": ["c"]}


def test_ticks_are_restored_from_a_draft():
    assert page("multiple_choice", {"choices": ["b"]}).session_state["given"] == {"choices": ["b"]}
    assert page("multiple_choice", {"choices": "b"}).session_state["given"] is None


def test_a_typed_number_is_read_and_listed():
    at = number_page()
    assert at.text_input[0].label == "question.number_label people"
    at.text_input(key="M01-Q01/value").set_value(" 1,250 people").run()
    assert at.session_state["given"] == {"value": 1250.0}
    assert "1,250\u00a0people" in drawn(at)


def test_a_number_that_cannot_be_read_is_said_so():
    at = number_page()
    at.text_input[0].set_value("about half").run()
    assert at.session_state["given"] is None
    assert at.warning[0].value == "question.number_unread about half"


def test_a_number_is_restored_from_a_draft():
    at = number_page({"value": 1250.5})
    assert at.text_input[0].value == "1,250.5"
    assert at.session_state["given"] == {"value": 1250.5}
    assert number_page({"value": "x"}).text_input[0].value == ""
