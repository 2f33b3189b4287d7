"""What the tests of saving look at and wait for."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Desk, settled
from tests.browser.seat import recorded, says

# A kind that is answered in writing.
TYPED = "fill_in"
LOST = "The connection is lost"
COUNT_RUNS = """() => {
  window.runs = 0;
  new MutationObserver(changes => {
    for (const one of changes) {
      const now = one.target.dataset.testScriptState;
      if (one.oldValue !== 'running' && now === 'running') window.runs += 1;
    }
  }).observe(document.querySelector('.stApp'),
    {attributes: true, attributeOldValue: true, attributeFilter: ['data-test-script-state']});
}"""


def bar(page: Page):
    """Where the page says what it waits for; empty when it waits for nothing."""
    return page.locator(".sw-wait")


def check(page: Page, at) -> None:
    """Hand the question in."""
    page.get_by_role("button", name=at.button).click()


def answered(page: Page, at) -> None:
    """Wait until the question has given way to what comes after it."""
    at.card(page).wait_for(state="detached", timeout=30_000)
    settled(page)


def stands(desk: Desk, at, text: str) -> bool:
    """Whether one answer was recorded, and it is this text."""
    found = recorded(desk, at)
    return len(found) == 1 and says(found[0], text)
