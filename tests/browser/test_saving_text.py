"""Typed text: sent once, said to be saved, and there after a refresh."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.saving import COUNT_RUNS, TYPED, answered, check, stands
from tests.browser.seat import seat


@pytest.fixture
def typing(desk):
    """Somebody before a question that is typed, and its field."""
    at = seat(desk, TYPED)
    page = at.sit(desk)
    return at, page, at.fields(page).first


def test_a_typed_field_is_named_and_says_when_its_text_is_saved(desk, typing):
    at, page, field = typing
    expect(field).to_have_accessible_name(re.compile(r"\w"))
    field.press_sequentially("210")
    expect(at.card(page).get_by_text("Saved", exact=True).first).to_be_visible()
    assert page.evaluate("Object.keys(sessionStorage).filter(k => k.includes('typed'))") == []
    assert desk.complaints == []


def test_text_survives_a_refresh_that_comes_before_it_was_sent(typing):
    at, page, field = typing
    field.press_sequentially("20")
    page.reload()
    expect(at.fields(page).first).to_have_value("20")


def test_text_that_no_answer_can_hold_stays_in_the_tab_and_says_so(desk):
    at = seat(desk, "numeric")
    page = at.sit(desk)
    field = at.fields(page).first
    field.fill("about two hundred")
    field.blur()
    expect(at.card(page).get_by_text("Kept in this tab").first).to_be_visible()
    expect(at.card(page).get_by_text("Saved", exact=True)).to_have_count(0)
    page.reload()
    expect(at.fields(page).first).to_have_value("about two hundred")


def test_typing_and_pressing_check_at_once_records_what_was_typed(desk, typing):
    at, page, field = typing
    at.rest(page, "203")
    field.press_sequentially("203")
    check(page, at)
    answered(page, at)
    assert stands(desk, at, "203")
    keys = "Object.keys(sessionStorage).filter(k => k.includes('typed'))"
    page.wait_for_function(f"{keys}.length === 0")


def test_each_text_is_sent_once(desk, typing):
    _, page, field = typing
    page.evaluate(COUNT_RUNS)
    field.press_sequentially("204", delay=60)
    page.wait_for_timeout(1500)
    field.press("Enter")
    field.blur()
    page.wait_for_timeout(800)
    assert page.evaluate("window.runs") == 1
