"""For every kind of question: a refresh, two tabs and a double click lose and double nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.saving import answered, check
from tests.browser.seat import KINDS, recorded, seat


@pytest.mark.parametrize("kind", KINDS)
def test_a_refresh_keeps_what_was_chosen_or_typed(desk, kind):
    at = seat(desk, kind)
    page = at.sit(desk)
    before = at.marked(page)
    at.mark(page, 1)
    page.wait_for_timeout(900)
    settled(page)
    chosen = at.marked(page)
    assert chosen != before
    page.reload()
    at.drawn(page)
    assert at.marked(page) == chosen


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_tabs_the_first_answer_counts_and_the_second_says_so(desk, kind):
    at = seat(desk, kind)
    first = at.sit(desk)
    second = at.sit(desk, first)
    for page, place in ((first, 0), (second, 1)):
        at.mark(page, place)
        page.wait_for_timeout(900)
        settled(page)
    for page in (first, second):
        check(page, at)
        answered(page, at)
    assert len(recorded(desk, at)) == 1
    told = first.get_by_text("You had answered this already")
    expect(told).to_have_count(0)
    if at.button == "Check answer":
        expect(second.get_by_text("You had answered this already")).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_a_double_click_is_one_answer_and_no_other_tab(desk, kind):
    at = seat(desk, kind)
    page = at.sit(desk)
    at.mark(page)
    page.wait_for_timeout(900)
    settled(page)
    page.get_by_role("button", name=at.button).dblclick()
    answered(page, at)
    page.wait_for_timeout(500)
    settled(page)
    assert len(recorded(desk, at)) == 1
    expect(page.get_by_text("You had answered this already")).to_have_count(0)
