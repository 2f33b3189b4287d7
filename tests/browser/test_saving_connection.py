"""A lost connection: told at once, and what was typed meanwhile is sent when it is back."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.saving import LOST, TYPED, answered, bar, check, stands
from tests.browser.seat import KINDS, seat


def test_a_cut_while_typing_is_told_at_once_and_the_text_is_sent_when_it_is_back(wired):
    at = seat(wired, TYPED)
    page = at.sit(wired)
    field = at.rest(page, "207")
    field.press_sequentially("2")
    wired.server.wire.cut()
    began = time.monotonic()
    expect(bar(page)).to_contain_text(LOST)
    assert time.monotonic() - began < 1.0
    field.press_sequentially("07")
    expect(at.card(page).get_by_text("Kept in this tab").first).to_be_visible()
    wired.server.wire.mend()
    expect(bar(page)).to_be_empty(timeout=20_000)
    expect(field).to_have_value("207")
    expect(at.card(page).get_by_text("Saved", exact=True).first).to_be_visible()
    check(page, at)
    answered(page, at)
    assert stands(wired, at, "207")


def test_a_long_cut_leaves_the_field_free_to_type_in(wired):
    at = seat(wired, TYPED)
    page = at.sit(wired)
    field = at.rest(page, "205")
    field.focus()
    wired.server.wire.cut()
    for digit in "2055555555":
        page.keyboard.type(digit)
        page.wait_for_timeout(1000)
    expect(field).to_be_focused()
    expect(field).to_have_value("2055555555")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+A")
    page.keyboard.type("205")
    wired.server.wire.mend()
    expect(bar(page)).to_be_empty(timeout=30_000)
    check(page, at)
    answered(page, at)
    assert stands(wired, at, "205")


def test_a_cut_at_the_moment_of_check_gives_one_answer(wired):
    at = seat(wired, TYPED)
    page = at.sit(wired)
    at.write(page, "208")
    check(page, at)
    wired.server.wire.cut()
    expect(bar(page)).to_contain_text(LOST)
    wired.server.wire.mend()
    expect(bar(page)).to_be_empty(timeout=20_000)
    settled(page)
    page.wait_for_timeout(500)
    if at.card(page).count():
        # The press never left the browser: the text did, and the button is there.
        expect(at.fields(page).first).to_have_value("208")
        check(page, at)
    answered(page, at)
    assert stands(wired, at, "208")
    expect(page.get_by_text("You had answered this already")).to_have_count(0)


def test_going_offline_is_told_and_so_is_coming_back(desk):
    at = seat(desk, KINDS[0])
    page = at.sit(desk)
    page.context.set_offline(True)
    expect(bar(page)).to_contain_text(LOST, timeout=1000)
    page.context.set_offline(False)
    expect(bar(page)).to_be_empty()
