"""Whose text it is: what somebody left in a tab is never the next one's."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from db import notes, sign_ins
from db.engine import reading
from tests.browser.conftest import settled
from tests.browser.saving import COUNT_RUNS
from tests.browser.seat import Somebody, at_database, viewer_of
from tests.driver import COOKIE
from tests.walk import Walk


def resting(desk) -> tuple[str, str]:
    """The cookie of somebody new who has finished the first sitting, and its end's address."""
    token, _ = desk.token()
    with at_database(desk.server.database_url):
        walk = Walk(Somebody(viewer_of(token))).begin()
        sitting = walk.journey.sittings[0]
        for step in sitting.steps:
            walk.step(step)
    return token, f"/lesson?module=M01&step={sitting.id}"


def note(page: Page):
    """The field of a note, its box open."""
    page.get_by_text("A note to yourself").click()
    field = page.get_by_label("Your note (optional)")
    field.wait_for()
    return field


def noted(desk, token: str) -> list[str]:
    """The notes that stand for whom this cookie belongs to."""
    with at_database(desk.server.database_url), reading() as session:
        viewer = viewer_of(token)
        found = notes.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id)
        return [one.body for one in found]


LEFT = "Object.entries(sessionStorage).filter(([key]) => key.startsWith('steward.typed.'))"


def left(page: Page) -> list:
    return page.evaluate(LEFT)


def change_to(desk, page: Page, token: str) -> None:
    """Somebody else signs in at this browser."""
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": desk.server.url}])


def test_what_somebody_left_unsent_is_never_shown_to_the_next_one_nor_sent_as_hers(desk):
    (first, address), (second, _) = resting(desk), resting(desk)
    page = desk.open(desk.holding(first), address)
    note(page).press_sequentially("Mine")
    change_to(desk, page, second)
    [[name, text]] = left(page)
    assert text == "Mine"
    assert first not in name and sign_ins.hash_of(first)[:12] not in name
    desk.open(page, address)
    expect(note(page)).to_have_value("")
    assert left(page) == []
    page.wait_for_timeout(1000)
    assert noted(desk, second) == []


def test_a_page_that_stays_open_while_somebody_else_signs_in_sends_nothing_as_hers(wired):
    (first, address), (second, _) = resting(wired), resting(wired)
    page = wired.open(wired.holding(first), address)
    field = note(page)
    field.press_sequentially("Mine")
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()
    wired.server.wire.cut()
    change_to(wired, page, second)
    field.press_sequentially(" alone")
    wired.server.wire.mend()
    expect(page.get_by_label("Your note (optional)")).to_have_value("", timeout=20_000)
    page.wait_for_timeout(1000)
    assert noted(wired, second) == []
    assert noted(wired, first) == ["Mine"]
    assert left(page) == []


def test_signing_out_leaves_nothing_in_the_tab(desk):
    token, address = resting(desk)
    page = desk.open(desk.holding(token), address)
    note(page).press_sequentially("Mine")
    assert left(page) != []
    page.goto("/auth/sign-out")
    assert left(page) == []


def test_a_run_in_another_tab_does_not_overwrite_a_newer_note(desk):
    token, address = resting(desk)
    older = desk.open(desk.holding(token), address)
    mine = note(older)
    mine.press_sequentially("Ask")
    expect(older.get_by_text("Saved", exact=True).first).to_be_visible()
    newer = desk.open(older.context.new_page(), address)
    field = note(newer)
    expect(field).to_have_value("Ask")
    field.press_sequentially(" first")
    expect(newer.get_by_text("Saved", exact=True).first).to_be_visible()
    older.evaluate(COUNT_RUNS)
    mine.press_sequentially(" ")  # runs the page, and is no new text
    older.wait_for_timeout(1500)
    settled(older)
    assert older.evaluate("window.runs") == 1
    assert noted(desk, token) == ["Ask first"]
