"""Whole days of five people: the employee by keyboard alone, the others as they would click."""

from __future__ import annotations

import contextlib
import random
import re

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from modules.basics import seed_for
from modules.course.files import bundle, module_from_bundle
from modules.labs import LABS
from modules.progress.journey import Sheet, form_items, item_of
from modules.settings import settings
from tests.browser.conftest import settled

GOOD = {"d1": "ask", "d2": "secure", "d3": "delete", "d4": "tell"}
MANY = 160
# The focused element: what it is called, what it is, and whether it is chosen.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return {name: '', role: '', text: '', tag: '', checked: false};
  const own = (at.labels && at.labels.length) ? [...at.labels].map(l => l.innerText).join(' ') : '';
  const by = (at.getAttribute('aria-labelledby') || '').split(/\\s+/)
    .map(id => document.getElementById(id)?.innerText || '').join(' ').trim();
  const group = at.closest('[role=radiogroup],[role=group]');
  return {
    name: (at.getAttribute('aria-label') || by || own || at.innerText || '').trim(),
    text: (own || at.innerText || '').trim(),
    role: at.getAttribute('role') || at.type || at.tagName.toLowerCase(),
    tag: at.tagName.toLowerCase(),
    group: group ? (group.getAttribute('aria-label') || group.innerText || '') : '',
    checked: at.checked === true || at.getAttribute('aria-checked') === 'true',
    key: [...(at.closest('[class*=st-key-]')?.classList || [])].join(' '),
    place: at.getBoundingClientRect().top + scrollY,
  };
}"""


class Keys:
    """Somebody who has no mouse: Tab, arrows, space, Enter and letters."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focus(self) -> dict:
        """What has the focus."""
        return self.page.evaluate(FOCUS)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key, and let the page follow."""
        for _ in range(times):
            self.page.keyboard.press(key)

    def reach(self, wanted, what: str = "") -> dict:
        """Tab until something that is wanted has the focus."""
        seen = []
        for _ in range(MANY):
            self.press("Tab")
            at = self.focus()
            if wanted(at):
                return at
            seen.append(at["name"][:40])
        pytest.fail(f"Tab never reached {what}; it came by {list(dict.fromkeys(seen))}")

    def act(self, *names: str) -> None:
        """Reach a button or link by its name, and press Enter on it."""
        self.reach(
            lambda at: (
                at["tag"] in ("button", "a")
                and any(name in at["text"] or name in at["name"] for name in names)
            ),
            f"“{names}”",
        )
        self.press("Enter")
        self.page.wait_for_timeout(120)
        settled(self.page)

    def option(self, text: str) -> None:
        """Reach the answers and choose one: space on the first, arrows to the others."""
        self.reach(lambda at: at["role"] == "radio" and at["tag"] == "input", "the answers")
        self.press("Space")
        for _ in range(24):
            self.page.wait_for_timeout(150)
            settled(self.page)
            at = self.focus()
            if text in flat(at["text"]) and at["checked"]:
                return
            if at["role"] != "radio" or at["tag"] != "input":
                # A slow machine may still be redrawing when the key comes: find the answers again.
                self.reach(lambda at: at["role"] == "radio" and at["tag"] == "input", "the answers")
            self.press("ArrowDown")
        pytest.fail(f"the arrows never reached “{text}”")

    def tick(self, texts: list[str]) -> None:
        """Tick boxes by their text, in the order in which they stand."""
        left = set(texts)
        while left:
            at = self.reach(
                lambda at, left=left: (
                    at["role"] == "checkbox" and any(one in flat(at["text"]) for one in left)
                ),
                f"boxes {left}",
            )
            self.press("Space")
            left -= {one for one in left if one in flat(at["text"])}
            self.page.wait_for_timeout(80)
            settled(self.page)


def flat(text: str) -> str:
    """Text as one line without the marks of Markdown."""
    return re.sub(r"\s+", " ", re.sub(r"[*_`\\]|\s*\[@[\w.-]+\]", "", text)).strip()


@pytest.fixture(scope="module")
def module():
    return module_from_bundle(bundle(settings().content, "m01-why-share"), "en")


def answer(keys: Keys, module, name: str, button: str) -> None:
    """Answer a question right. Options are known by their text, so the attempt's seed is not."""
    item = item_of(module, Sheet("practice", 1, "any"), name)
    right, _ = item.sample(random.Random(1))
    if "value" in right:
        keys.reach(lambda at: at["tag"] == "input" and at["role"] == "text", "the field")
        keys.page.keyboard.type(f"{right['value']:g}")
        keys.press("Tab")
        settled(keys.page)
    else:
        texts = {one.id: flat(one.text) for one in item.options}
        if "choice" in right:
            keys.option(texts[right["choice"]])
        else:
            keys.tick([texts[one] for one in right["choices"]])
    keys.act(button)


def lab(keys: Keys, module, page: Page) -> None:
    """Solve the lab from its texts, one headline a page."""
    kind, options = LABS[module.lab.name], module.lab.options
    solved = kind.solve(kind.start(options, seed_for("any", "lab")))
    many = len(options.headlines)
    for number in range(1, many + 1):
        expect(page.get_by_role("heading", name=f"Headline {number} of {many}")).to_be_visible()
        told = flat(page.locator(".st-key-page").inner_text())
        headline = next(one for one in options.headlines if flat(one.text) in told)
        marks = solved.marks[headline.id]
        for tag, names in (("base", options.bases), ("date", options.dates)):
            select(keys, page, flat(names[getattr(marks, tag)]))
        pill(keys, flat(options.evidence[marks.evidence]))
        pill(keys, "Safe" if marks.safe else "Not safe")
        if headline.repair:
            keys.reach(lambda at: at["tag"] == "textarea", "the repair")
            page.keyboard.type(marks.repair)
            keys.press("Tab")
            page.wait_for_timeout(200)
            settled(page)
        if number < many:
            keys.act("Next page")
    keys.act("Hand in")


def select(keys: Keys, page: Page, text: str) -> None:
    """Open the next select box and choose by arrows."""
    keys.reach(lambda at: at["role"] == "combobox", "a select box")
    settled(page)
    for _ in range(4):
        # A key pressed while the page redraws itself is lost; one presses it again.
        keys.press("ArrowDown")
        with contextlib.suppress(PlaywrightTimeout):
            page.get_by_role("listbox").wait_for(timeout=1500)
            break
    for _ in range(10):
        active = page.evaluate(
            "() => document.getElementById(document.activeElement"
            ".getAttribute('aria-activedescendant'))?.innerText || ''"
        )
        if flat(active) == text:
            break
        keys.press("ArrowDown")
        page.wait_for_timeout(30)
    keys.press("Enter")
    page.get_by_role("listbox").wait_for(state="detached")
    settled(page)


def pill(keys: Keys, text: str) -> None:
    """Choose one of the next group of pills."""
    keys.reach(
        lambda at: at["role"] == "radio" and at["tag"] == "button", f"the pills with “{text}”"
    )
    for _ in range(8):
        if flat(keys.focus()["text"]) == text:
            keys.press("Space")
            keys.page.wait_for_timeout(80)
            settled(keys.page)
            return
        keys.press("ArrowRight")
    pytest.fail(f"the arrows never reached the pill “{text}”")


@pytest.mark.timeout(240)
def test_an_employee_takes_the_whole_module_by_keyboard_alone(desk, module):
    page = desk.context().new_page()
    page.goto("/sign-in")
    keys = Keys(page)
    keys.act("Amira Khan")
    expect(page.get_by_role("heading", name="Amira")).to_be_visible()
    keys.act("Start module", "Continue")
    keys.act("Start")
    expect(page.get_by_text("Step 1 of 10")).to_be_visible()
    for step in module.steps:
        expect(page.get_by_text(f"Step {module.steps.index(step) + 1} of 10")).to_be_visible()
        if step.kind == "questions":
            number = len(step.items)
            for place, name in enumerate(form_items(module, step.form, 1), 1):
                expect(page.get_by_text(f"Question {place} of {number}").first).to_be_visible()
                answer(keys, module, name, "Send answer")
        elif step.kind == "screen":
            for part in module.screens[step.id].parts:
                if hasattr(part, "item"):
                    answer(keys, module, part.item, "Check answer")
                    expect(page.get_by_role("heading", name="Right").last).to_be_visible()
        elif step.kind == "scenario":
            for node, choice in GOOD.items():
                chosen = next(
                    one for one in module.scenario.nodes[node].choices if one.id == choice
                )
                keys.option(flat(chosen.text))
                keys.act("Decide")
        elif step.kind == "lab":
            lab(keys, module, page)
        keys.act("Continue")
        if module.sitting_of(step.id).steps[-1].id == step.id:
            expect(page.get_by_role("heading", name="Part")).to_be_visible()
            keys.act("Go on", "Finish")
    expect(page.get_by_role("heading", name="Your completion")).to_be_visible()
    expect(page.get_by_text("has completed")).to_be_visible()
    expect(page.get_by_text("M01 1.0.0")).to_be_visible()
    assert desk.complaints == []
    page.reload()
    settled(page)
    expect(page.get_by_text("has completed")).to_be_visible()


def test_a_manager_sees_his_people_and_reminds_them_once(desk):
    page = desk.enter("Tom Ashdown")
    page.get_by_role("link", name="Team").click()
    expect(page.get_by_role("heading", name="current").first).to_be_visible()
    rows = page.get_by_role("row")
    expect(rows).to_have_count(13)
    expect(page.get_by_text("overdue").first).to_be_visible()
    for word in ("score", "wrong", "misconception"):
        assert word not in page.locator("main, .st-key-page").first.inner_text().lower()
    remind = page.get_by_role("button", name="Remind")
    remind.click()
    expect(page.get_by_text(re.compile("Sent to .*this week"))).to_be_visible()
    expect(remind).to_have_count(0)
    page.reload()
    settled(page)
    expect(remind).to_have_count(0)
    assert desk.complaints == []


def test_a_lead_reads_the_figures_and_sets_what_counts_as_trained(desk):
    page = desk.enter("Grace Okafor")
    page.get_by_role("link", name="Organisation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("%")
    expect(page.get_by_text("hidden").first).to_be_attached()
    expect(page.locator("[role='graphics-document']")).to_have_count(2)
    page.get_by_role("combobox").first.fill("Revenues and")
    page.get_by_role("option", name="Revenues and benefits").click()
    settled(page)
    expect(page).to_have_url(re.compile("unit="))
    expect(page.get_by_text("Revenues and benefits").first).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_text("Revenues and benefits").first).to_be_visible()
    assert desk.complaints == []


def test_a_trainer_previews_a_question_and_nothing_is_recorded(desk):
    page = desk.enter("Priya Nair")
    page.get_by_role("link", name="Modules").click()
    page.get_by_role("button", name=re.compile("review")).first.click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text("Step 1 of 10")).to_be_visible()
    settled(page)
    page.locator("input[type=radio]").first.check(force=True)
    settled(page)
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_text("Question 2 of 3")).to_be_visible()
    page.goto("/me")
    settled(page)
    told = page.get_by_text(re.compile(r"Answers: \d+")).inner_text()
    page.goto("/preview?module=M01&step=before")
    settled(page)
    page.locator("input[type=radio]").first.check(force=True)
    settled(page)
    page.get_by_role("button", name="Send answer").click()
    settled(page)
    page.goto("/me")
    settled(page)
    expect(page.get_by_text(told)).to_be_visible()
    assert desk.complaints == []


def test_an_administrator_finds_a_person_and_the_look_is_logged(desk):
    page = desk.enter("Marek Novak")
    page.get_by_role("link", name="People").click()
    field = page.get_by_role("textbox").first
    field.fill("amira")
    field.press("Enter")
    expect(page.get_by_role("cell", name="amira.khan@fernleigh.example")).to_be_visible()
    settled(page)
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Amira Khan").click()
    expect(page.get_by_role("heading", name="Amira Khan")).to_be_visible()
    expect(page).to_have_url(re.compile("person="))
    page.get_by_role("link", name="Log").click()
    expect(page.get_by_role("cell", name="Amira Khan").first).to_be_visible()
    expect(page.get_by_role("cell", name="Marek Novak").first).to_be_visible()
    assert desk.complaints == []
