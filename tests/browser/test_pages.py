"""Every page of every role, light and dark, wide and narrow: accessible, whole and quiet."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select
from sqlmodel import Session

from db.tables import ModuleDraft, Person, core
from modules.course.model import Ask
from modules.drafts import bringing
from modules.settings import settings
from tests.browser.conftest import settled
from tests.browser.way import learner

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
FRAMEWORK: dict[tuple[str, str], str] = {
    ("presentation-role-conflict", "stFileUploaderDropzone"): "it is named and can take the focus",
}


class Place(NamedTuple):
    """A page as somebody sees it; ``{draft}`` stands for a draft of M01."""

    name: str
    who: str
    address: str
    heading: str = ""


PLACES = (
    Place("home", "Amira Khan", "/home"),
    Place("lesson cover", "Amira Khan", "/lesson?module=M01"),
    Place("no completion", "Amira Khan", "/completion?module=M01"),
    Place("completion", "Tom Ashdown", "/completion?module=M01"),
    Place("no receipts", "Amira Khan", "/receipts"),
    Place("receipts", "Tom Ashdown", "/receipts"),
    Place("find help", "Amira Khan", "/search"),
    Place("something found", "Amira Khan", "/search?q=share"),
    Place("nothing found", "Amira Khan", "/search?q=zzzzqq"),
    Place("job aids", "Amira Khan", "/aids"),
    Place("job aid", "Amira Khan", "/aid?module=M01"),
    Place("job aid of its own", "Amira Khan", "/aid?name=rights-request"),
    Place("glossary", "Amira Khan", "/glossary?term=controller"),
    Place("reading page", "Amira Khan", "/read?module=M01&screen=who-gains"),
    Place("me", "Amira Khan", "/me"),
    Place("team", "Tom Ashdown", "/team"),
    Place("organisation", "Grace Okafor", "/organisation"),
    Place("unit by month", "Grace Okafor", "/organisation?part=months"),
    Place("by group", "Grace Okafor", "/organisation?part=groups"),
    Place("by module", "Grace Okafor", "/organisation?part=modules"),
    Place("renewals ahead", "Grace Okafor", "/organisation?part=ahead"),
    Place("what was learned", "Grace Okafor", "/organisation?part=learning"),
    Place("comparison", "Grace Okafor", "/comparison"),
    Place("modules", "Priya Nair", "/modules"),
    Place("bring questions", "Priya Nair", "/bring"),
    Place("editor", "Priya Nair", "/edit?draft={draft}"),
    Place("editor: steps", "Priya Nair", "/edit?draft={draft}&part=steps"),
    Place("editor: a screen", "Priya Nair", "/edit?draft={draft}&part=screen/ecosystem"),
    Place("editor: a question", "Priya Nair", "/edit?draft={draft}&part=item/M01-Q01"),
    Place("editor: the story", "Priya Nair", "/edit?draft={draft}&part=scenario"),
    Place("translate", "Priya Nair", "/translate?draft={draft}"),
    Place("publish", "Priya Nair", "/publish?draft={draft}"),
    Place("bring questions into a draft", "Priya Nair", "/bring?draft={draft}"),
    Place("reports", "Priya Nair", "/reports"),
    Place("grade again", "Priya Nair", "/regrade?module=M01"),
    Place("what fails", "Priya Nair", "/items?module=M01"),
    Place("what fails: objectives and ideas", "Priya Nair", "/items?module=M01&part=ideas"),
    Place("what fails: the story", "Priya Nair", "/items?module=M01&part=story"),
    Place("what fails: where people stop", "Priya Nair", "/items?module=M01&part=stops"),
    Place("what fails: reports", "Priya Nair", "/items?module=M01&part=reports"),
    Place("preview", "Priya Nair", "/preview?module=M01"),
    Place("versions", "Priya Nair", "/versions?module=M01"),
    Place("preview of a question", "Priya Nair", "/preview?module=M01&step=before"),
    Place("preview of one question", "Priya Nair", "/preview?module=M01&step=question:M01-Q05"),
    Place("preview of the story", "Priya Nair", "/preview?module=M01&step=flood-list"),
    Place("preview of the lab", "Priya Nair", "/preview?module=M01&step=read-figure"),
    Place("preview of the check", "Priya Nair", "/preview?module=M01&step=check"),
    Place("preview of the job aid", "Priya Nair", "/preview?module=M01&step=job-aid"),
    Place("review", "Amira Khan", "/review"),
    Place("no delayed check", "Amira Khan", "/review?form=delayed-1&module=M01"),
    Place("what changed", "Amira Khan", "/changed?module=M01"),
    Place("policies", "Amira Khan", "/policies"),
    Place("own proofs and policies", "Tom Ashdown", "/me"),
    Place("proofs of a team", "Tom Ashdown", "/proofs"),
    Place("home of a manager", "Tom Ashdown", "/home"),
    Place("people", "Marek Novak", "/people"),
    Place("log", "Marek Novak", "/log"),
    Place("requests", "Marek Novak", "/requests"),
    Place("staff list", "Marek Novak", "/roster"),
    Place("directory", "Marek Novak", "/directory"),
    Place("mail", "Marek Novak", "/mail"),
    Place("roles", "Marek Novak", "/roles"),
    Place("units", "Marek Novak", "/units"),
    Place("duties", "Marek Novak", "/duties"),
    Place("a new rule", "Marek Novak", "/duties?rule=new"),
    Place("proofs", "Marek Novak", "/proofs"),
    Place("texts", "Marek Novak", "/texts"),
    Place("trust", "Marek Novak", "/trust"),
    Place("agreement", "Elin Hughes", "/agreement"),
    Place("evidence", "Elin Hughes", "/evidence"),
)


def address(desk, place):
    """Where a place is in this demo; its draft is begun at the first need."""
    if "{draft}" not in place.address:
        return place.address
    columns = core(ModuleDraft).c
    with Session(desk.engine) as session:
        session.connection(execution_options={"writes": True})
        open_ = select(columns.id).where(columns.module == "M01", columns.ended_at.is_(None))
        id = session.connection().execute(open_).scalars().first()
        if id is None:
            person = core(Person).c
            priya = select(person.org_id, person.id).where(person.name == "Priya Nair")
            org_id, by = session.connection().execute(priya).one()
            id = bringing.begin(
                session,
                org_id=org_id,
                module="M01",
                by=by,
                root=settings().content,
                now=datetime.now(UTC),
            )
        session.commit()
    return place.address.format(draft=id)


def violations(page):
    """What axe finds, the framework's own apart, as sentences.

    What a run has just drawn anew fades in, and for that moment is too pale to read: a second
    look tells what stays.
    """
    if _violations(page):
        page.wait_for_timeout(2000)
    return _violations(page)


def _violations(page):
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
            desk.open(page, address(desk, place))
            expect(page.get_by_role("heading").first).to_be_visible()
            assert page.get_by_text("Something broke on our side").count() == 0, place.name
            wrong += check(desk, page, place.name)
    assert wrong + desk.complaints == []


# What a menu beside a name leads to, and a heading of it.
DEEDS = {
    "Remind": "Remind",
    "Give more time": "More time for",
    "Exempt": "Exempt",
    "Assign a module": "Assign a module to",
    "Enter a proof by hand": "A proof for",
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_the_menu_of_a_team_leads_to_is_accessible_and_the_menu_fits_a_thumb(desk, dark):
    page = desk.enter("Tom Ashdown", dark=dark, width=NARROW)
    desk.open(page, "/team")
    wrong = []
    for deed, heading in DEEDS.items():
        menu = page.get_by_role("button", name="Do something for").nth(2)
        box = menu.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44
        menu.click()
        page.get_by_text(deed, exact=True).last.click()
        expect(page.get_by_role("heading", name=heading).first).to_be_visible()
        settled(page)
        wrong += check(desk, page, deed)
    assert wrong + desk.complaints == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_rehearsal_and_a_policy_are_accessible(desk, dark):
    page = desk.enter("Marek Novak", dark=dark)
    desk.open(page, "/duties?rule=new")
    page.get_by_label("Title, for you").fill("Everybody: M08")
    page.get_by_label("Title, for you").press("Tab")
    settled(page)
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_role("button", name="Publish")).to_be_visible()
    settled(page)
    wrong = check(desk, page, "rehearsal")
    token, _ = desk.token()
    page = desk.holding(token, dark=dark)
    desk.open(page, "/policies")
    page.get_by_role("link", name="Read it").first.click()
    expect(page.get_by_role("button", name="I have read")).to_be_visible()
    wrong += check(desk, page, "policy")
    assert wrong + desk.complaints == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_pages_before_signing_in_are_accessible_whole_and_quiet(desk, dark):
    page = desk.context(dark=dark).new_page()
    wrong = []
    for address in ("/sign-in", "/sign-in?left=1"):
        page.goto(address)
        wrong += check(desk, page, address)
    assert wrong + desk.complaints == []


@pytest.mark.timeout(180)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_kind_of_question_and_its_feedback_are_accessible(desk, dark):
    token, _ = desk.token()
    wrong, page = [], desk.holding(token, dark=dark)
    with learner(desk, token) as walk:
        walk.begin()
        for step in walk.module.steps:
            asks = [
                part.item
                for part in (walk.module.screens[step.id].parts if step.kind == "screen" else ())
                if isinstance(part, Ask)
            ]
            for item in asks:
                kind = walk.module.question(item).kind
                desk.open(page, f"/lesson?module=M01&step={step.id}")
                expect(page.get_by_role("button", name="Check answer")).to_be_visible()
                wrong += check(desk, settled(page), f"{kind}, asked")
                walk.answer("practice", item, wrong=True, sure="certain")
                desk.open(page, f"/lesson?module=M01&step={step.id}")
                expect(page.get_by_text("You were sure").first).to_be_visible()
                wrong += check(desk, settled(page), f"{kind}, answered")
                walk.leave(step.id)
            if not asks:
                walk.step(step)
            if step.id == "five-questions":
                break
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


# What one presses, and how high what answers is: a button, the ring laid around a small one, or
# the whole field whose arrow it is. A word in a sentence and a tile's whole cover apart.
PRESSED = """() => [...document.querySelectorAll(
  '.st-key-page :is(button, summary, [data-testid=stPageLink] a)')]
  .filter(one => one.offsetHeight && !one.closest(
    '[data-testid=stTooltipIcon], [data-testid=stElementToolbar], [class*=st-key-tile]'))
  .filter(one => !one.matches('.sw-term'))
  .map(one => [one.innerText || one.ariaLabel, Math.max(
    one.offsetHeight,
    parseFloat(getComputedStyle(one, '::after').height) || 0,
    one.closest('[data-testid=stSelectbox] [role=group]')?.offsetHeight || 0)])"""


def too_small(page):
    """What a thumb would miss, once the page stands: its pieces and its style come one by one."""
    before = None
    for _ in range(20):
        pressed = settled(page).evaluate(PRESSED)
        if pressed and pressed == before:
            break
        before = pressed
        page.wait_for_timeout(1000)
    return [f"{name}: {high} px" for name, high in pressed if high < 44]


@pytest.mark.parametrize(
    "address",
    ["/home", "/lesson?module=M01", "/search?q=share", "/aid?module=M01", "/me"],
)
def test_a_thumb_finds_44_px_to_press(desk, address):
    page = desk.enter("Amira Khan", width=NARROW)
    desk.open(page, address)
    assert too_small(page) == []


def test_a_thumb_finds_44_px_in_a_question_and_a_lab(desk):
    page = desk.enter("Priya Nair", width=NARROW)
    for step in ("before", "read-figure"):
        desk.open(page, f"/preview?module=M01&step={step}")
        page.locator(f"[data-sw-place='{step}']").wait_for(state="attached")
        assert too_small(page) == [], step


def test_the_measuring_itself_finds_a_fault(desk):
    page = desk.enter("Amira Khan")
    page.evaluate(
        "document.querySelector('.st-key-page').insertAdjacentHTML('beforeend',"
        ' \'<img src="/favicon.ico"><div style="width:2000px">wide</div>\')'
    )
    wrong = check(desk, page, "spoilt")
    assert any("image-alt" in one for one in wrong)
    assert any("px too wide" in one for one in wrong)
