"""The certificate in a browser: choosing what others see, taking it back, printing, receipts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.test_pages import check

ADDRESS = "/completion?module=M01"
# The boxes, by what they begin with.
NAME, PATH, DAY = "My name", "My path", "The day"


def code_of(page):
    """The check address that the page offers to copy."""
    # While a run draws the page anew, the old one may stand beside it for a moment.
    code = settled(page).locator("[data-testid=stCode]")
    expect(code).to_have_count(1)
    return code.inner_text().strip()


def until_public(page, address, text, *, shown=True):
    """Open the public page until it has a text, or has it no more: a tick takes a moment."""
    for _ in range(50):
        page.goto(address)
        if (text in page.locator("body").inner_text()) == shown:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{text} {'never appeared' if shown else 'stayed'} on the public page")


def tick(page, what, on):
    """Set one of the boxes, wherever an earlier try left it, and wait until the page stands."""
    box = settled(page).get_by_role("checkbox", name=what)
    expect(box).to_have_count(1)
    if box.is_checked() is not on:
        page.get_by_text(f"{what}: ").click()
    expect_ticked(page, what, on)


def expect_ticked(page, what, on):
    """Whether a box is ticked; while a run draws anew, the old one may stand beside it."""
    boxes = page.get_by_role("checkbox", name=what)
    expect(boxes.and_(page.locator(":checked"))).to_have_count(int(on))
    expect(boxes).to_have_count(1)


def nothing_shown(page):
    """The certificate as it was before anybody chose, whatever an earlier try has left."""
    made_anew = settled(page).get_by_role("button", name="Make a new link")
    if made_anew.is_visible():
        made_anew.click()
    for what in (NAME, PATH, DAY):
        tick(page, what, False)
    return page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_the_holder_ticks_is_what_others_see_and_a_withdrawn_link_tells_nothing(desk, dark):
    who = "Grace Okafor" if dark else "Tom Ashdown"
    page = nothing_shown(desk.open(desk.enter(who, dark=dark), ADDRESS))
    expect(page.get_by_role("heading", name="Your certificate")).to_be_visible()
    address = code_of(page)
    assert address.startswith(f"{desk.server.url}/verify/")
    stranger = desk.context(dark=dark).new_page()
    stranger.goto(address)
    heading = re.compile("This certificate (is genuine|has expired)")
    expect(stranger.get_by_role("heading", name=heading)).to_be_visible()
    assert who not in stranger.locator("body").inner_text()
    page.get_by_text(f"My name: {who}").click()
    until_public(stranger, address, who)
    wrong = check(desk, stranger, "public page")
    page.reload()
    settled(page)
    expect(page.get_by_role("checkbox", name="My name")).to_be_checked()
    page.get_by_role("button", name="Withdraw the link").click()
    page.get_by_role("button", name="Yes, withdraw it").click()
    expect(page.get_by_role("heading", name="You withdrew the check link")).to_be_visible()
    wrong += check(desk, settled(page), "withdrawn")
    assert desk.complaints == []
    gone = stranger.goto(address)
    body = gone.body()
    assert gone.status == 404
    assert stranger.goto("/verify/never-was").body() == body
    page.get_by_role("button", name="Make a new link").click()
    expect(page.get_by_role("heading", name="What others may see")).to_be_visible()
    expect(page.get_by_role("checkbox", name="My name")).not_to_be_checked()
    assert code_of(page) != address
    assert wrong == []


def test_a_choice_taken_back_in_one_tab_is_not_brought_back_by_another(desk):
    first = nothing_shown(desk.open(desk.enter("Priya Nair"), ADDRESS))
    tick(first, NAME, True)
    stranger, address = desk.context().new_page(), code_of(first)
    until_public(stranger, address, "Priya Nair")
    second = desk.open(first.context.new_page(), ADDRESS)
    expect_ticked(second, NAME, True)
    tick(first, NAME, False)
    until_public(stranger, address, "Priya Nair", shown=False)
    tick(second, PATH, True)
    expect_ticked(second, NAME, False)
    until_public(stranger, address, "Path")
    assert "Priya Nair" not in stranger.locator("body").inner_text()


def test_two_ticks_close_together_both_count(desk):
    page = nothing_shown(desk.open(desk.enter("Priya Nair"), ADDRESS))
    page.get_by_text("My path: ").click()
    page.get_by_text("My name: ").first.click()
    expect_ticked(page, PATH, True)
    expect_ticked(page, NAME, True)


def test_the_box_of_the_day_says_that_it_also_tells_the_last_day(desk):
    page = nothing_shown(desk.open(desk.enter("Tom Ashdown"), ADDRESS))
    stranger, address = desk.context().new_page(), code_of(page)
    stranger.goto(address)
    expect(
        stranger.get_by_text(re.compile(r"It count(s|ed) until [A-Z]\w+ \d{4}\."))
    ).to_be_visible()
    box = page.get_by_text(re.compile(r"The day: \d+ .* also gives the last day"))
    box.click()
    until_public(stranger, address, "Completed on")
    expect(
        stranger.get_by_text(re.compile(r"It count(s|ed) until \d+ \w+ \d{4}\."))
    ).to_be_visible()
    assert check(desk, settled(page), "with the day") + desk.complaints == []


def test_the_pdf_is_downloaded_with_one_press_and_the_page_prints_on_one_sheet(desk, tmp_path):
    page = desk.open(desk.enter("Tom Ashdown"), ADDRESS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download PDF").click()
    made = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "certificate-m01.pdf"
    assert made.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made
    printed = page.pdf(prefer_css_page_size=True)
    assert re.findall(rb"/Type\s*/Page\b(?!s)", printed) == [b"/Type /Page"]
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="What others may see")).to_be_hidden()
    expect(page.get_by_role("button", name="Download PDF")).to_be_hidden()
    expect(page.get_by_text("This is to say that")).to_be_visible()


def test_receipts_are_reached_from_me_checked_on_the_spot_and_downloaded(desk):
    page = desk.open(desk.enter("Tom Ashdown"), "/me")
    page.get_by_role("link", name="Show my receipts").click()
    expect(page.get_by_role("heading", name="Your receipts")).to_be_visible()
    page.get_by_role("button", name="Check these grades again").click()
    expect(page.get_by_text("grades came out the same")).to_be_visible()
    wrong = check(desk, settled(page), "checked")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as JSON").click()
    told = json.loads(Path(download.value.path()).read_text("utf-8"))
    newest = told[0]
    expect(page.get_by_text(newest["seed"])).to_be_visible()
    expect(page.get_by_text(newest["answers"][0]["answer"]).first).to_be_visible()
    assert wrong + desk.complaints == []
