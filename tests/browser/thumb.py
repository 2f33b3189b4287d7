"""Somebody with a mouse or a thumb: the same acts as with the keyboard, by clicks."""

from __future__ import annotations

import contextlib
import re

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.conftest import settled
from tests.browser.keys import named, typed_id


class Thumb:
    """Answers by clicks. Each method ends when the page shows what it did."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def _widget(self, key: str) -> Locator:
        return settled(self.page).locator(f".{named(key)}")

    def radio(self, key: str, place: int) -> None:
        """Choose one of a list, by its place."""
        one = self._widget(key).locator("label:has(input)").nth(place)
        one.click()
        expect(one.locator("input")).to_be_checked()
        settled(self.page)

    def pill(self, key: str, place: int) -> None:
        """Choose one of a row."""
        one = self._widget(key).get_by_role("radio").nth(place)
        one.click()
        expect(one).to_be_checked()
        settled(self.page)

    def tick(self, key: str) -> None:
        """Tick a box."""
        one = self._widget(key).locator("label:has(input)")
        one.click()
        expect(one.locator("input")).to_be_checked()
        settled(self.page)

    def select(self, key: str, text: str) -> None:
        """Open a list and choose from it."""
        widget = self._widget(key)
        self.open(widget)
        self.page.get_by_role("option", name=text, exact=True).click()
        expect(widget.get_by_role("combobox")).to_have_value(text)
        settled(self.page)

    def open(self, widget: Locator) -> None:
        """Open a list. Scrolling closes it again, so it is brought into view first."""
        box, listed = widget.get_by_role("combobox"), self.page.get_by_role("listbox")
        for _ in range(4):
            box.scroll_into_view_if_needed()
            box.click()
            with contextlib.suppress(PlaywrightTimeout):
                listed.wait_for(timeout=2000)
                return
        pytest.fail("the list never opened")

    def write(self, key: str, text: str) -> None:
        """Type into a field, and leave it."""
        field = settled(self.page).locator(f"#{typed_id(key)}")
        field.fill(text)
        field.blur()
        settled(self.page)

    def act(self, name: str) -> None:
        """Click a button or link, known by a part of its name."""
        told = re.compile(re.escape(name))
        page = settled(self.page)
        page.get_by_role("button", name=told).or_(page.get_by_role("link", name=told)).first.click()
