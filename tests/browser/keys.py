"""Somebody who has no mouse: Tab, arrows, space, Enter and letters."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.conftest import settled

MANY = 160
# How long one key may take to show what it did before it counts as lost.
HEARD = 6_000
# The focused element: what it is called, what it is, and the widgets that it is in.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return {name: '', tag: '', role: '', id: '', within: []};
  const own = at.labels?.length ? [...at.labels].map(one => one.innerText).join(' ') : '';
  const within = [];
  for (let up = at; up; up = up.parentElement) within.push(...up.classList);
  return {
    name: (at.getAttribute('aria-label') || own || at.innerText || '').trim(),
    tag: at.tagName.toLowerCase(),
    role: at.getAttribute('role') || at.type || at.tagName.toLowerCase(),
    id: at.id,
    within: within.filter(one => one.startsWith('st-key-')),
  };
}"""
# Which of the choices in a widget has the focus and which is chosen; -1 for none.
CHOICES = """key => {
  const all = [...document.querySelectorAll(`.${key} :is(input[type=radio], [role=radio])`)];
  return [
    all.indexOf(document.activeElement),
    all.findIndex(one => one.checked || one.getAttribute('aria-checked') === 'true'),
  ];
}"""
ACTIVE = """() => document.getElementById(
  document.activeElement.getAttribute('aria-activedescendant'))?.innerText || ''"""


def named(key: str) -> str:
    """The class that Streamlit gives the widget of this key."""
    return "st-key-" + re.sub(r"[^\w-]", "-", key, flags=re.ASCII)


def typed_id(key: str) -> str:
    """The id of the field that text of this key is typed into."""
    return "sw-typed-" + re.sub(r"\W", "-", key, flags=re.ASCII)


def flat(text: str) -> str:
    """Text as one line without the marks of Markdown."""
    return re.sub(r"\s+", " ", re.sub(r"[*_`\\]|\s*\[@[\w.-]+\]", "", text)).strip()


class Keys:
    """Answers with the keyboard alone. Each method ends when the page shows what it did."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)

    def reach(self, wanted: Callable[[dict[str, Any]], bool], what: str) -> None:
        """Tab until something that is wanted has the focus."""
        seen = []
        for _ in range(MANY):
            self.press("Tab")
            at = self.page.evaluate(FOCUS)
            if wanted(at):
                return
            seen.append(at["name"][:40])
        pytest.fail(f"Tab never reached {what}; it came by {list(dict.fromkeys(seen))}")

    def _into(self, key: str) -> None:
        self.reach(lambda at: named(key) in at["within"] and at["tag"] != "a", key)

    def _choices(self, key: str) -> tuple[int, int]:
        focused, chosen = self.page.evaluate(CHOICES, named(key))
        return focused, chosen

    def _choose(self, key: str, place: int, step: Callable[[int, int], str]) -> None:
        """Press what ``step`` says for the focused and the chosen place, until it is chosen.

        A key that comes while the page is redrawn may be lost, and the focus too: so each is
        followed by a look, and where the focus is gone the widget is sought again.
        """
        for _ in range(24):
            now = self._choices(key)
            if now[1] == place:
                settled(self.page)
                return
            if now[0] < 0:
                self._into(key)
                continue
            self.press(step(*now))
            self._until(lambda now=now: self._choices(key) != now)
            settled(self.page)
        pytest.fail(f"the arrows never chose place {place} of {key}")

    def _until(self, holds: Callable[[], bool]) -> None:
        for _ in range(HEARD // 50):
            if holds():
                return
            self.page.wait_for_timeout(50)

    def radio(self, key: str, place: int) -> None:
        """Choose one of a list, by its place: space on the first, then arrows, which choose."""

        def step(focused: int, chosen: int) -> str:
            if chosen < 0:
                return "Space"
            return "ArrowDown" if focused < place else "ArrowUp"

        self._choose(key, place, step)

    def pill(self, key: str, place: int) -> None:
        """Choose one of a row: arrows go along it, space chooses."""

        def step(focused: int, _chosen: int) -> str:
            if focused == place:
                return "Space"
            return "ArrowRight" if focused < place else "ArrowLeft"

        self._choose(key, place, step)

    def tick(self, key: str) -> None:
        """Tick a box."""
        self._into(key)
        self.press("Space")
        expect(self.page.locator(f".{named(key)} input")).to_be_checked()
        settled(self.page)

    def select(self, key: str, text: str) -> None:
        """Open a list and choose by arrows."""
        self._into(key)
        settled(self.page)
        listed = self.page.get_by_role("listbox")
        for _ in range(4):
            # A key pressed while the page redraws itself is lost; one presses it again.
            self.press("ArrowDown")
            with contextlib.suppress(PlaywrightTimeout):
                listed.wait_for(timeout=2000)
                break
        for _ in range(24):
            active = flat(self.page.evaluate(ACTIVE))
            if active == text:
                break
            # A second key may have opened the list and gone too far.
            texts = [flat(one) for one in listed.get_by_role("option").all_inner_texts()]
            beyond = active in texts and texts.index(active) > texts.index(text)
            self.press("ArrowUp" if beyond else "ArrowDown")
            self._until(lambda active=active: flat(self.page.evaluate(ACTIVE)) != active)
        self.press("Enter")
        listed.wait_for(state="detached")
        expect(self.page.locator(f".{named(key)} [role=combobox]")).to_have_value(text)
        settled(self.page)

    def write(self, key: str, text: str) -> None:
        """Type into a field, and leave it."""
        self.reach(lambda at: at["id"] == typed_id(key), key)
        self.page.keyboard.type(text)
        expect(self.page.locator(f"#{typed_id(key)}")).to_have_value(text)
        self.press("Tab")
        # Left, it is sent; the page is drawn anew until it says where the text is kept.
        state = self.page.locator(f".sw-typed:has(#{typed_id(key)}) .sw-typed-state")
        expect(state).not_to_be_empty(timeout=HEARD)
        settled(self.page)

    def act(self, name: str) -> None:
        """Reach a button or link by its name, and press Enter on it."""
        self.reach(lambda at: at["tag"] in ("button", "a") and name in at["name"], f"“{name}”")
        self.press("Enter")
