"""The lab on a phone: what was typed last is never lost, and handing in holds no surprise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from modules.basics import seed_for
from modules.labs import LABS
from tests.browser.conftest import settled
from tests.browser.test_pages import check
from tests.browser.thumb import Thumb
from tests.browser.way import learner

STEP, MANY, PHONE = "read-figure", 6, 390


def at_lab(desk, walk):
    """Whoever holds the token, before the lab; gives its stem and the headlines in order."""
    walk.begin()
    for step in walk.module.steps:
        if step.kind == "lab":
            break
        walk.step(step)
    practice = walk.journey.practice
    lab, options = LABS[walk.module.lab.name], walk.module.lab.options
    order = lab.start(options, seed_for(practice.seed, f"lab:{STEP}")).in_order()
    return f"{practice.seed[:8]}-lab-{STEP}", order


def height(page):
    """How tall the page is."""
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")


def last(page):
    """The number of the last headline, in the row of all."""
    return page.get_by_test_id("stPagination").get_by_role("button", name=f"Page {MANY}")


@pytest.mark.timeout(180)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_typed_just_before_another_headline_is_opened_is_handed_in(desk, dark):
    token, _ = desk.token()
    page = desk.holding(token, width=PHONE, dark=dark)
    hand, wrong = Thumb(page), []
    with learner(desk, token) as walk:
        key, order = at_lab(desk, walk)
        desk.open(page, f"/lesson?module=M01&step={STEP}")
        number = next(n for n, one in enumerate(order, 1) if one.repair)
        mended = order[number - 1].id
        expect(page.get_by_role("button", name="Hand in")).to_have_count(0)
        wrong += check(desk, page, "the first headline")
        page.set_viewport_size({"width": PHONE, "height": 844})
        for now in range(2, number + 1):
            hand.act("Next headline")
            expect(page.get_by_role("heading", name=f"Headline {now} of {MANY}")).to_be_focused()
        hand.radio(f"{key}/{mended}/base", 3)
        hand.pill(f"{key}/{mended}/wording", 1)
        # Without a pause: the text, and the headline that takes its place.
        page.get_by_label("Mend it").press_sequentially("Typed last.")
        last(page).click()
        expect(page.get_by_role("heading", name=f"Headline {MANY} of {MANY}")).to_be_visible()
        settled(page)
        expect(page.get_by_text("Try 1 of 3")).to_be_visible()
        expect(page.get_by_role("button", name=f"Headline {number}")).to_be_visible()
        wrong += check(desk, page, "the last headline")
        page.set_viewport_size({"width": PHONE, "height": 844})
        for n in (1, 2, 3):
            if n > 1:
                last(page).click()
                expect(page.get_by_text(f"Try {n} of 3")).to_be_visible()
                settled(page)
            hand.act("Hand in")
            expect(page.get_by_text(f"Try {n} of 3")).to_have_count(0)
            settled(page)
            wrong += check(desk, page, f"after try {n}")
            page.set_viewport_size({"width": PHONE, "height": 844})
            kept = walk.journey.practice.tries(f"lab:{STEP}")
            assert len(kept) == n
            assert kept[-1].response[mended]["repair"] == "Typed last."
        expect(page.get_by_role("button", name="Hand in")).to_have_count(0)
        expect(page.get_by_text("You have tried three times")).to_be_visible()
    assert wrong + desk.complaints == []


@pytest.mark.timeout(180)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_code_opens_by_keyboard_and_goes_along_as_a_file(desk, dark):
    page = desk.enter("Priya Nair", width=PHONE, dark=dark)
    desk.open(page, f"/preview?module=M01&step={STEP}")
    settled(page)
    summary = page.get_by_text("Show the code")
    expect(summary).to_be_visible()
    page.locator("summary", has_text="Show the code").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stCode")).to_be_visible()
    expect(page.get_by_text("Download as notebook")).to_be_visible()
    wrong = check(desk, page, "the lab with its code open")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download as .py").press("Enter")
    assert coming.value.suggested_filename == "read-figure.py"
    compile(Path(coming.value.path()).read_text("utf-8"), "read-figure.py", "exec")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download as notebook").press("Enter")
    assert coming.value.suggested_filename == "read-figure.ipynb"
    assert json.loads(Path(coming.value.path()).read_text("utf-8"))["nbformat"] == 4
    assert wrong + desk.complaints == []
