"""Typed text as a browser may send it, forged values among them, and what a run says of it."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import sign_ins
from modules.shell.typed import heard
from modules.shell.typed.field import MOST, owner, placed, read

FORGED = [
    None,
    "210",
    {},
    {"typed": None},
    {"typed": "210"},
    {"typed": ["210", 1]},
    {"typed": {"text": 210, "n": 1}},
    {"typed": {"text": ["2"], "n": 1}},
    {"typed": {"text": "210"}},
    {"typed": {"text": "210", "n": "1"}},
    {"typed": {"text": "210", "n": True}},
    {"typed": {"text": "210", "n": 0}},
    {"typed": {"text": "210", "n": -1}},
    {"typed": {"text": "210", "n": MOST}},
    {"typed": {"text": "x" * 41, "n": 1}},
]


@pytest.mark.parametrize("state", FORGED)
def test_what_no_field_of_ours_sends_counts_as_not_typed(state):
    assert read(state, 40) is None


def test_a_text_of_the_greatest_length_is_read_with_its_number():
    assert read({"typed": {"text": "x" * 40, "n": 3}}, 40) == ("x" * 40, 3)


def test_what_a_database_cannot_hold_is_left_out_and_lines_stay():
    typed = {"typed": {"text": "a\x00b\r\nc\ud800\td", "n": 1}}
    assert read(typed, 40) == ("ab\nc\td", 1)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_no_value_of_any_shape_breaks_the_reading(value):
    for state in (value, {"typed": value}, {"typed": {"text": value, "n": 1}}):
        found = read(state, 40)
        assert found is None or found[0].encode("utf-8") is not None


@pytest.mark.parametrize(
    "told",
    [
        *(None, 3, "3", [3, 4], {}, {"at": 3}),
        *({"at": True, "when": 1}, {"at": -1, "when": 1}, {"at": "3", "when": 1}),
        *({"at": MOST, "when": 1}, {"at": 3, "when": 1.5}),
    ],
)
def test_a_cursor_that_no_field_of_ours_tells_counts_as_not_known(told):
    assert placed({"caret": told}) is None


def test_a_cursor_is_known_by_its_place_and_when_it_was_left():
    assert placed({"caret": {"at": 3, "when": 1_700_000_000_000}}) == (3, 1_700_000_000_000)


@given(st.text(), st.text())
def test_typed_text_belongs_to_one_sign_in_and_tells_nothing_about_it(token, other):
    name = owner(token)
    assert re.fullmatch("[0-9a-f]{12}", name)
    assert name not in sign_ins.hash_of(token)
    assert (owner(other) == name) == (other == token)


class Page:
    """Keeps what is drawn."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def html(self, text: str) -> None:
        self.drawn.append(text)


def told(page: Page) -> dict:
    (marker,) = page.drawn
    return json.loads(unescape(re.search('data-sw-held="([^"]*)"', marker)[1]))


def test_at_the_end_of_a_page_the_tab_learns_what_is_held_what_is_not_and_what_is_settled():
    page = Page()
    with heard.ledger(page):
        heard.hear("a-1/value", 4)
        heard.hear("a-11/value", 2)
        heard.tell("a-1", "here")
        heard.tell("b-1", "recorded")
    assert told(page) == {
        "held": {"a-11/value": 2},
        "here": {"a-1/value": 4},
        "recorded": ["b-1"],
    }


def test_a_page_that_fails_claims_nothing():
    page = Page()
    with pytest.raises(OSError), heard.ledger(page):
        heard.hear("a-1/value", 4)
        raise OSError
    assert page.drawn == []


def test_a_page_without_typed_text_says_nothing():
    page = Page()
    with heard.ledger(page):
        pass
    assert page.drawn == []
