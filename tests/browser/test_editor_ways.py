"""Ways through the editor: a problem's link to its field, and the browser's Back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.browser.test_editor import TRAINER, begun, kept, stem, until


def module(page):
    return re.search(r"Module (M\d\d)", page.inner_text("body"))[1]


def follow(page, sentence):
    """Press the link below the problem that says this."""
    row = page.locator("[class*=st-key-problem-]").filter(has_text=sentence).first
    row.get_by_role("button", name=re.compile("^Go to ")).click()


def focused(page, label):
    """Wait until the field with this label has the cursor and is in sight."""
    until(
        page,
        lambda: page.evaluate(
            "label => (document.activeElement.labels?.[0]?.innerText ?? "
            "document.activeElement.ariaLabel ?? '').includes(label)",
            label,
        ),
    )
    box = page.evaluate(
        "() => { const { top, bottom } = document.activeElement.getBoundingClientRect(); "
        "return [top, bottom]; }"
    )
    assert 0 <= box[0] <= box[1] <= page.viewport_size["height"]


def in_own_words(desk, page, address, id):
    """Replace what the first question began with: advice on a part waits for words of its own."""
    desk.open(page, f"{address}&part=item/{id}-Q01")
    expect(page.get_by_label("What is asked")).to_be_visible()
    own = "The desk that has the list asks first."
    fields = page.locator(".sw-typed-input:visible").all()
    for one in fields:
        one.fill(own)
        one.blur()
    until(page, lambda: kept(desk, address, "questions.en.yaml").count(own) == len(fields))
    settled(page)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("width", [1280, 390])
def test_the_link_of_a_problem_puts_the_cursor_into_the_field_that_mends_it(desk, width):
    page = desk.enter(TRAINER, width=width)
    address = begun(desk, page, f"Aimed at {width}")
    id = module(page)
    in_own_words(desk, page, address, id)
    page.get_by_role("tab", name="History").click()
    settled(page)
    page.get_by_text(re.compile(r"^\d+ more$")).click()
    follow(page, "No item of the check is critical")
    page.wait_for_url(f"**part=item%2F{id}-Q01")
    focused(page, "Nobody may get this wrong")
    page.keyboard.press("Space")
    expect(page.get_by_text("No item of the check is critical")).to_have_count(0)
    page.get_by_label("Why number 2").fill("")
    page.get_by_label("What is asked").click()
    expect(page.get_by_text("expected why it is right").first).to_be_attached()
    settled(page)
    follow(page, "expected why it is right")
    focused(page, "Why number 2")
    page.keyboard.type("Because it looks quicker.")
    expect(page.get_by_text("expected why it is right")).to_have_count(0)
    assert desk.complaints == []


def test_a_link_of_a_problem_looks_like_one(desk):
    page = desk.enter(TRAINER)
    begun(desk, page, "Links")
    look = "one => [getComputedStyle(one).textDecorationLine, getComputedStyle(one).color]"
    link = page.get_by_role("button", name=re.compile("^Go to ")).first.locator("p")
    assert link.evaluate(look) == ["underline", "rgb(10, 91, 115)"]


@pytest.mark.timeout(120)
def test_back_leads_to_the_part_before_and_then_to_the_list_and_loses_no_word(desk):
    page = desk.enter(TRAINER)
    address = begun(desk, page, "To and fro")
    id = module(page)
    part = page.get_by_role("combobox", name="Part of the module")
    part.click()
    page.get_by_role("option", name=re.compile(f"^{id}-Q01")).click()
    page.wait_for_url(f"**part=item%2F{id}-Q01")
    field = page.get_by_label("What is asked")
    field.fill("")
    field.press_sequentially("Typed, and gone back at once", delay=10)
    page.go_back()
    expect(page.get_by_label("Title", exact=True)).to_be_visible()
    until(page, lambda: stem(desk, address, f"{id}-Q01") == "Typed, and gone back at once")
    page.go_back()
    expect(page.get_by_role("heading", name=re.compile("modules published"))).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="Edit: To and fro")).to_be_visible()
    page.go_forward()
    expect(page.get_by_label("What is asked")).to_have_value("Typed, and gone back at once")
    assert desk.complaints == []


@pytest.mark.timeout(120)
def test_a_reload_in_mid_sentence_keeps_every_word_also_after_something_was_put_in(desk):
    page = desk.enter(TRAINER)
    address = begun(desk, page, "Reloaded")
    desk.open(page, f"{address}&part=screen/reading")
    for word in ("First", "Second"):
        # What is put in makes the field begin anew, under another key.
        page.get_by_role("button", name="Insert").first.click()
        page.get_by_role("button", name="A rule of thumb").click()
        field = page.get_by_label("Text", exact=True)
        expect(field).to_have_value(re.compile(r"Write it in one sentence\.$"))
        page.keyboard.press("Escape")
        field.click()
        page.keyboard.press("Control+End")
        field.press_sequentially(f"\n\n{word} words", delay=15)
        page.reload()
        expect(page.get_by_label("Text", exact=True)).to_have_value(re.compile(f"{word} words$"))
        until(
            page, lambda word=word: kept(desk, address, "lesson.en.md").endswith(f"{word} words\n")
        )
    assert "First words" in kept(desk, address, "lesson.en.md")
