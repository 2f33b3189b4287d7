"""Every page of every role, light and dark, wide and narrow: accessible, whole and quiet."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.driver import Tab

WIDE, NARROW = 1280, 390
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Streamlit scrolls inside its own frame: the document itself never grows.
TOO_WIDE = """() => Math.max(...[
  document.documentElement,
  ...document.querySelectorAll('[data-testid=stMain], [data-testid=stAppViewContainer]'),
].map(one => one.scrollWidth - one.clientWidth))"""
# What the framework draws and we cannot change: (rule, part of the element's HTML) -> why.
FRAMEWORK: dict[tuple[str, str], str] = {}


class Place(NamedTuple):
    """A page as somebody sees it."""

    name: str
    who: str
    address: str
    heading: str = ""


PLACES = (
    Place("home", "Amira Khan", "/home"),
    Place("lesson cover", "Amira Khan", "/lesson?module=M01"),
    Place("no completion", "Amira Khan", "/completion?module=M01"),
    Place("completion", "Tom Ashdown", "/completion?module=M01"),
    Place("me", "Amira Khan", "/me"),
    Place("team", "Tom Ashdown", "/team"),
    Place("organisation", "Grace Okafor", "/organisation"),
    Place("modules", "Priya Nair", "/modules"),
    Place("preview", "Priya Nair", "/preview?module=M01"),
    Place("preview of a question", "Priya Nair", "/preview?module=M01&step=before"),
    Place("preview of the story", "Priya Nair", "/preview?module=M01&step=flood-list"),
    Place("preview of the lab", "Priya Nair", "/preview?module=M01&step=read-figure"),
    Place("preview of the check", "Priya Nair", "/preview?module=M01&step=check"),
    Place("preview of the job aid", "Priya Nair", "/preview?module=M01&step=job-aid"),
    Place("people", "Marek Novak", "/people"),
    Place("log", "Marek Novak", "/log"),
)


def violations(page):
    """What axe finds, the framework's own apart, as sentences."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
        if not any(rule["id"] == name and part in node["html"] for name, part in FRAMEWORK)
    ]


def check(desk, page, what):
    """Both widths of the page that is open: no violation, no sideways scroll."""
    wrong = []
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        wrong += [f"{what} at {width}: {one}" for one in violations(page)]
        wide = page.evaluate(TOO_WIDE)
        if wide > 0:
            wrong.append(f"{what} at {width}: {wide} px too wide")
    return wrong


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("who", sorted({place.who for place in PLACES}))
def test_every_page_is_accessible_whole_and_quiet(desk, who, dark):
    page = desk.enter(who, dark=dark)
    wrong = []
    for place in PLACES:
        if place.who == who:
            page.set_viewport_size({"width": WIDE, "height": 900})
            desk.open(page, place.address)
            expect(page.get_by_role("heading").first).to_be_visible()
            assert page.get_by_text("Something broke on our side").count() == 0, place.name
            wrong += check(desk, page, place.name)
    assert wrong + desk.complaints == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_before_signing_in_are_accessible_whole_and_quiet(desk, dark):
    page = desk.context(dark=dark).new_page()
    wrong = []
    for address in ("/sign-in", "/sign-in?left=1"):
        page.goto(address)
        wrong += check(desk, page, address)
    assert wrong + desk.complaints == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_question_and_its_feedback_are_accessible(desk, dark):
    token, _ = desk.token()
    page = desk.open(desk.holding(token, dark=dark), "/lesson?module=M01")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Send answer")).to_be_visible()
    wrong = check(desk, settled(page), "question")
    tab = Tab(desk.server.url, token).open("lesson", module="M01")
    while not tab.has("button", "Check answer"):
        if tab.has("button", "Continue"):
            tab.press("Continue")
        else:
            tab.choose(0).press("Send answer")
    for box in tab.of("checkbox")[:1]:
        tab.put(box.id, bool_value=True)
    tab.press("Check answer").close()
    desk.open(page, f"/lesson?{tab.query}")
    expect(page.get_by_text("Better:").or_(page.get_by_text("Right answer")).first).to_be_visible()
    wrong += check(desk, page, "feedback")
    assert wrong + desk.complaints == []


def test_the_signed_out_state_is_accessible(desk):
    page = desk.enter("Amira Khan")
    other = page.context.new_page()
    other.goto("/auth/sign-out")
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    assert check(desk, page, "signed out") == []


@pytest.mark.parametrize("who", ["Amira Khan", "Grace Okafor"])
def test_the_largest_heading_comes_first_and_none_is_skipped(desk, who):
    page = desk.enter(who)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_measuring_itself_finds_a_fault(desk):
    page = desk.enter("Amira Khan")
    page.evaluate(
        "document.querySelector('.st-key-page').insertAdjacentHTML('beforeend',"
        ' \'<img src="/favicon.ico"><div style="width:2000px">wide</div>\')'
    )
    wrong = check(desk, page, "spoilt")
    assert any("image-alt" in one for one in wrong)
    assert any("px too wide" in one for one in wrong)
