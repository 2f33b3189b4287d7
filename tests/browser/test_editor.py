"""The editor in a real browser: by keyboard alone, by two at once, and closed in mid-sentence."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select
from sqlmodel import Session

from db.tables import DraftFile, core
from modules.drafts import fields
from tests.browser.conftest import settled
from tests.browser.test_pages import check

TRAINER = "Priya Nair"


def begun(desk, page, title):
    """Begin a module on the list of modules; the address of its editor."""
    desk.open(page, "/modules")
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_role("button", name="Write a module").click()
    page.wait_for_url("**/edit?**")
    expect(page.get_by_role("heading", name=f"Edit: {title}")).to_be_visible()
    settled(page)
    return "/edit?" + page.url.partition("?")[2].partition("&")[0]


def kept(desk, address, name):
    """A file of the draft as the database has it."""
    with Session(desk.engine) as session:
        columns = core(DraftFile).c
        id = address.partition("draft=")[2]
        rows = session.connection().execute(select(columns.draft_id, columns.path, columns.body))
        return next(body for draft, path, body in rows if str(draft) == id and path.endswith(name))


def stem(desk, address, id):
    return fields.read(kept(desk, address, "questions.en.yaml"), (id, "stem"))


def until(page, told, *, tries=40):
    """Wait for something that the server does."""
    for _ in range(tries):
        if told():
            return
        page.wait_for_timeout(250)
    assert told()


def tab_to(page, name, *, role=None, most=150):
    """Go on with the Tab key until something of that name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const e = document.activeElement; return [e.getAttribute('aria-label') || "
            "(e.labels && e.labels[0] ? e.labels[0].innerText : '') || e.innerText || '', "
            "e.getAttribute('role') || e.tagName.toLowerCase()]; }"
        )
        if re.search(name, here[0]) and (role is None or here[1] == role):
            return
    raise AssertionError(f"the Tab key never came to {name}")


@pytest.mark.timeout(240)
def test_a_module_with_a_question_is_written_by_keyboard_alone(desk):
    page = desk.enter(TRAINER)
    desk.open(page, "/modules")
    tab_to(page, "^Title", role="input")
    page.keyboard.type("By keyboard")
    tab_to(page, "Write a module", role="button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit?**")
    expect(page.get_by_role("heading", name="Edit: By keyboard")).to_be_visible()
    address = "/edit?" + page.url.partition("?")[2].partition("&")[0]
    settled(page)
    tab_to(page, r"(?m)^Add$", role="button")  # and not the name of its icon
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question: One is right")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(150)
        here = "[role=menuitem]:focus"
        if page.locator(here).count() and "One is right" in page.locator(here).inner_text():
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**part=item*")
    settled(page)
    expect(page.get_by_label("What is asked")).to_be_visible()
    page.wait_for_timeout(1500)  # the menu gives the focus back to its button
    tab_to(page, "What is asked", role="textarea")  # and not the whole of the page
    page.keyboard.press("Control+a")
    page.keyboard.type("Who may look at the list?")
    until(
        page,
        lambda: (
            stem(desk, address, "M5" + page.url.split("M5")[1][:5]) == "Who may look at the list?"
        ),
    )
    expect(page.get_by_role("heading", name="Who may look at the list?")).to_be_visible()
    assert desk.complaints == []


@pytest.mark.timeout(180)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_editor_is_accessible_whole_and_quiet(desk, dark):
    page = desk.enter(TRAINER, dark=dark)
    address = begun(desk, page, f"Seen {'at night' if dark else 'by day'}")
    wrong = check(desk, page, "front")
    for part in ("steps", "screen/reading", "item/M50-Q01", "aid"):
        here = page.url
        id = re.search(r"Module (M\d\d)", page.inner_text("body"))[1]
        desk.open(page, f"{address}&part={part.replace('M50', id)}")
        expect(page.get_by_role("heading", name="As the learner sees it")).to_be_visible()
        wrong += check(desk, page, part)
        assert here
    for tab in ("Source", "History"):
        page.get_by_role("tab", name=tab).click()
        settled(page)
        page.wait_for_timeout(500)
        wrong += check(desk, page, tab)
    assert wrong + desk.complaints == []


@pytest.mark.timeout(120)
def test_what_is_typed_survives_a_tab_that_is_closed_in_mid_sentence(desk):
    page = desk.enter(TRAINER)
    address = begun(desk, page, "Closed")
    id = re.search(r"Module (M\d\d)", page.inner_text("body"))[1]
    desk.open(page, f"{address}&part=item/{id}-Q01")
    field = page.get_by_label("What is asked")
    field.fill("")
    field.press_sequentially("Typed and not rested", delay=15)
    page.close(run_before_unload=True)
    other = page.context.new_page()
    until(other, lambda: stem(desk, address, f"{id}-Q01") == "Typed and not rested")
    desk.open(other, f"{address}&part=item/{id}-Q01")
    expect(other.get_by_label("What is asked")).to_have_value("Typed and not rested")


@pytest.mark.timeout(180)
def test_two_trainers_are_told_of_each_other_and_neither_loses_a_word(desk):
    one, two = desk.enter(TRAINER), desk.enter(TRAINER)
    address = begun(desk, one, "Together")
    id = re.search(r"Module (M\d\d)", one.inner_text("body"))[1]
    place = f"{address}&part=item/{id}-Q01"
    desk.open(one, place)
    desk.open(two, place)
    # Both begin with the same text, and both change it.
    one.get_by_label("What is asked").fill("The first one asks this.")
    until(one, lambda: stem(desk, address, f"{id}-Q01") == "The first one asks this.")
    two.get_by_label("Why number 2").fill("Written beside it.")
    until(two, lambda: "Written beside it." in kept(desk, address, "questions.en.yaml"))
    assert stem(desk, address, f"{id}-Q01") == "The first one asks this."
    expect(two.get_by_label("What is asked")).to_have_value("The first one asks this.")
    two.get_by_label("What is asked").fill("The second one asks that.")
    until(two, lambda: stem(desk, address, f"{id}-Q01") == "The second one asks that.")
    one.get_by_label("What is asked").fill("The first one again.")
    expect(one.get_by_role("heading", name=re.compile("Two texts for"))).to_be_visible()
    expect(one.get_by_text("The second one asks that.").first).to_be_visible()
    one.get_by_role("button", name="Keep both").click()
    until(
        one,
        lambda: (
            stem(desk, address, f"{id}-Q01") == "The second one asks that.\n\nThe first one again."
        ),
    )


@pytest.mark.timeout(120)
def test_typing_goes_on_while_what_was_typed_is_saved(desk):
    page = desk.enter(TRAINER)
    address = begun(desk, page, "On and on")
    desk.open(page, f"{address}&part=screen/reading")
    field = page.get_by_label("Text", exact=True)
    field.fill("")
    for word in ("One idea.", "", "Another one, after a pause.", "And a third."):
        field.press_sequentially(f"{word}\n", delay=10)
        page.wait_for_timeout(700)  # it rests, and is saved
    written = "One idea.\n\nAnother one, after a pause.\nAnd a third."
    until(page, lambda: written in kept(desk, address, "lesson.en.md"))
    assert field.evaluate("one => one === document.activeElement")
    assert field.input_value() == f"{written}\n"
    page.reload()
    expect(page.get_by_label("Text", exact=True)).to_have_value(written)


@pytest.mark.timeout(120)
def test_a_picture_is_put_into_a_screen_and_shown_with_its_words(desk):
    page = desk.enter(TRAINER)
    address = begun(desk, page, "Pictured")
    desk.open(page, f"{address}&part=screen/reading")
    page.get_by_role("button", name="Insert").click()
    made = BytesIO()
    Image.new("RGB", (320, 180), "#0B5F5A").save(made, "PNG")
    chosen = {"name": "Desk plan.png", "mimeType": "image/png", "buffer": made.getvalue()}
    page.get_by_role("button", name="Put it in").click()
    menu = page.get_by_test_id("stPopoverBody")
    expect(menu.get_by_text("Choose a file first.")).to_be_visible()
    page.locator("input[type=file]").set_input_files(chosen)
    settled(page)
    page.get_by_role("button", name="Put it in").click()
    expect(menu.get_by_text("Write what it shows first")).to_be_visible()
    assert "desk-plan" not in kept(desk, address, "lesson.en.md")
    page.get_by_label("What it shows, for whoever cannot see it").fill("A desk with a screen")
    page.get_by_label("What it shows, for whoever cannot see it").press("Tab")
    settled(page)
    page.get_by_role("button", name="Put it in").click()
    until(
        page,
        lambda: (
            "![A desk with a screen](pictures/desk-plan.png)" in kept(desk, address, "lesson.en.md")
        ),
    )
    shown = page.get_by_role("img", name="A desk with a screen")
    expect(shown).to_be_visible()
    until(page, lambda: shown.evaluate("one => one.complete && one.naturalWidth > 0"))
    assert desk.complaints == []


@pytest.mark.timeout(240)
def test_what_is_put_in_stands_where_the_cursor_was(desk):
    page = desk.enter(TRAINER)
    address = begun(desk, page, "Put in where one writes")
    desk.open(page, f"{address}&part=screen/reading")
    text = page.get_by_label("Text", exact=True)
    text.fill("Ask first, then act.\n\nLast.")
    text.press("Control+Home")
    for _ in "Ask first":
        text.press("ArrowRight")
    page.get_by_text("Search facts, terms and sources to put in").click()
    page.get_by_role("button", name="Put it in").first.click()
    until(
        page, lambda: re.search(r"Ask first \[@[\w-]+\], then", kept(desk, address, "lesson.en.md"))
    )
    assert desk.complaints == []
