"""A story's picture and a translation in a real browser: by keyboard, at both widths, quiet."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from modules.drafts import fields
from tests.browser.conftest import settled
from tests.browser.test_editor import TRAINER, begun, kept, tab_to, until
from tests.browser.test_pages import check


def written(desk, address, name):
    """A file of the draft; "" while there is none."""
    try:
        return kept(desk, address, name)
    except StopIteration:
        return ""


def story(desk, page, title):
    """A draft with a story; the address of the story's form."""
    address = begun(desk, page, title)
    desk.open(page, f"{address}&part=steps")
    page.get_by_role("button", name="Add a story").click()
    until(page, lambda: "nodes" in written(desk, address, "scenario.yaml"))
    page.wait_for_url("**part=scenario**")  # what was added is what one writes now
    expect(page.locator(".sw-graph")).to_be_visible()
    settled(page)
    return address


@pytest.mark.timeout(240)
def test_a_place_is_chosen_in_the_picture_by_keyboard_and_keeps_the_focus(desk):
    page = desk.enter(TRAINER)
    story(desk, page, "Told by keyboard")
    tab_to(page, r"^E1 .*ending", role="button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="E1 ")).to_be_visible()
    settled(page)
    here = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert here.startswith("E1 ")
    chosen = page.locator(".sw-graph [aria-pressed=true]")
    expect(chosen).to_have_count(1)
    assert chosen.get_attribute("aria-label").startswith("E1 ")
    assert desk.complaints == []


@pytest.mark.timeout(240)
def test_a_choice_is_led_to_a_new_decision_which_the_picture_shows(desk):
    page = desk.enter(TRAINER)
    address = story(desk, page, "Told further")
    before = page.locator(".sw-graph [data-id]").count()
    menu = page.get_by_role("combobox", name="It leads to").first
    menu.click()
    menu.press("Control+a")
    menu.type("A new decision")
    page.wait_for_timeout(600)
    menu.press("Enter")
    until(page, lambda: page.locator(".sw-graph [data-id]").count() == before + 1)
    nodes = fields.read(kept(desk, address, "scenario.yaml"), ("nodes",))
    start = fields.read(kept(desk, address, "scenario.yaml"), ("start",))
    assert nodes[nodes[start]["choices"][0]["goto"]]["decision"] == 2
    assert desk.complaints == []


@pytest.mark.timeout(240)
def test_a_list_opened_right_after_typing_stays_open_while_the_text_is_saved(desk):
    page = desk.enter(TRAINER)
    # All of it is in view: a list closes by design when the page below it is scrolled.
    page.set_viewport_size({"width": 1280, "height": 3600})
    address = story(desk, page, "Told to its end")
    title = page.get_by_label("Title, which begins with the time")
    title.fill("9:00. The photo")
    # Opened before the text is sent: leaving the field sends it, and its run comes back meanwhile.
    page.get_by_role("combobox", name="The place you are writing").click()
    until(page, lambda: "The photo" in written(desk, address, "scenario.en.yaml"))
    # Drawn anew; not by its role, since an open list hides the rest from assistive technology.
    expect(page.locator('.sw-graph [aria-label^="1 9:00. The photo"]')).to_be_visible()
    settled(page)
    page.get_by_role("option", name="E2 ").click(timeout=5000)
    ending = page.get_by_label("Title of the ending")
    ending.fill("The photo is taken off")
    until(page, lambda: "taken off" in written(desk, address, "scenario.en.yaml"))
    expect(page.get_by_role("heading", name="E2 The photo is taken off")).to_be_visible()
    settled(page)
    page.get_by_label("What happens").fill("They talk about it.")
    until(page, lambda: "talk about" in written(desk, address, "scenario.en.yaml"))
    endings = fields.read(written(desk, address, "scenario.en.yaml"), ("endings",))
    assert endings["e2"] == {"title": "The photo is taken off", "story": "They talk about it."}
    assert desk.complaints == []


@pytest.mark.timeout(240)
def test_reasons_stay_open_and_keep_the_focus_while_they_are_written(desk):
    page = desk.enter(TRAINER)
    address = story(desk, page, "Told with reasons")
    page.get_by_text("Reasons that one may give").click()
    reason = page.get_by_label("Reason", exact=True).first
    reason.click()
    page.keyboard.type("People should ")
    # Saved, and one thing less to mend stands above: what follows it must not be drawn anew.
    until(page, lambda: "People should" in written(desk, address, "scenario.en.yaml"))
    settled(page)
    page.wait_for_timeout(500)
    page.keyboard.type("be asked")
    until(page, lambda: "People should be asked" in written(desk, address, "scenario.en.yaml"))
    expect(reason).to_be_visible()
    assert desk.complaints == []


@pytest.mark.timeout(240)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_story_search_and_translation_are_accessible_whole_and_quiet(desk, dark):
    page = desk.enter(TRAINER, dark=dark)
    address = story(desk, page, f"Told {'at night' if dark else 'by day'}")
    wrong = check(desk, page, "story")
    desk.open(page, f"{address}&part=screen/reading")
    page.get_by_text("Search facts, terms and sources to put in").click()
    expect(page.get_by_role("button", name="Put it in").first).to_be_visible()
    settled(page)
    wrong += check(desk, page, "search")
    desk.open(page, address.replace("/edit", "/translate"))
    page.get_by_role("textbox", name="Another language").fill("fr")
    page.get_by_role("button", name="Begin it").click()
    expect(page.get_by_text("texts are in “fr”")).to_be_visible()
    settled(page)
    page.locator(".sw-typed-input").first.fill("Les visiteurs")
    until(page, lambda: "Les visiteurs" in written(desk, address, "lesson.fr.md"))
    settled(page)
    wrong += check(desk, page, "translation")
    assert wrong + desk.complaints == []
