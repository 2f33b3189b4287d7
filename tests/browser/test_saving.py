"""Real faults in the middle of a question: what was chosen and typed stays, and counts once."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from db import notes, sign_ins
from db.engine import reading
from tests.browser.conftest import Desk, settled
from tests.browser.proxy import Wire
from tests.browser.seat import (
    KINDS,
    Somebody,
    at_database,
    recorded,
    says,
    seat,
    viewer_of,
)
from tests.driver import COOKIE
from tests.server import Server, seed
from tests.walk import Walk

# A kind that is answered in writing.
TYPED = "fill_in"
LOST = "The connection is lost"
AWAY = "We cannot reach the database"
BUSY = "Still saving"
OUTAGE = 10.0
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


class Wired:
    """A server as its users reach it: through a wire."""

    def __init__(self, server: Server, wire: Wire) -> None:
        self.server, self.wire = server, wire
        self.database_url = server.database_url
        self.url = f"http://127.0.0.1:{wire.port}"


@contextmanager
def desk_at(browser: Browser, server) -> Iterator[Desk]:
    made = Desk(browser, server)
    try:
        yield made
    finally:
        for context in made.contexts:
            context.close()
        made.engine.dispose()


@pytest.fixture
def wired(browser, server) -> Iterator[Desk]:
    """The server behind a wire that may be cut."""
    wire = Wire(server.port)
    with desk_at(browser, Wired(server, wire)) as made:
        yield made
    wire.cut()


@pytest.fixture(scope="module")
def away(cluster) -> Iterator[tuple[Server, Wire]]:
    """A server on PostgreSQL, and the wire to its database."""
    cluster.create("saving")
    seed(cluster.url("saving"))
    wire = Wire(cluster.port)
    url = cluster.url("saving").replace(f":{cluster.port}/", f":{wire.port}/")
    with Server(url, STEWARD_PATIENCE_SECONDS="20") as made:
        yield made, wire
    wire.cut()


@pytest.fixture
def postgres(browser, away) -> Iterator[tuple[Desk, Wire]]:
    """Pages of that server."""
    server, wire = away
    with desk_at(browser, server) as made:
        yield made, wire


def bar(page: Page):
    return page.locator(".sw-wait")


def check(page: Page, at) -> None:
    page.get_by_role("button", name=at.button).click()


def answered(page: Page, at) -> None:
    """Wait until the question has given way to what comes after it."""
    at.card(page).wait_for(state="detached", timeout=30_000)
    settled(page)


def stands(desk: Desk, at, text: str) -> bool:
    """Whether one answer was recorded, and it is this text."""
    found = recorded(desk, at)
    return len(found) == 1 and says(found[0], text)


# --- refresh and two tabs, for every kind -------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_refresh_keeps_what_was_chosen_or_typed(desk, kind):
    at = seat(desk, kind)
    page = at.sit(desk)
    before = at.marked(page)
    at.mark(page, 1)
    page.wait_for_timeout(900)
    settled(page)
    chosen = at.marked(page)
    assert chosen != before
    page.reload()
    at.drawn(page)
    assert at.marked(page) == chosen


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_tabs_the_first_answer_counts_and_the_second_says_so(desk, kind):
    at = seat(desk, kind)
    first = at.sit(desk)
    second = at.sit(desk, first)
    for page, place in ((first, 0), (second, 1)):
        at.mark(page, place)
        page.wait_for_timeout(900)
        settled(page)
    for page in (first, second):
        check(page, at)
        answered(page, at)
    assert len(recorded(desk, at)) == 1
    told = first.get_by_text("You had answered this already")
    expect(told).to_have_count(0)
    if at.button == "Check answer":
        expect(second.get_by_text("You had answered this already")).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_a_double_click_is_one_answer_and_no_other_tab(desk, kind):
    at = seat(desk, kind)
    page = at.sit(desk)
    at.mark(page)
    page.wait_for_timeout(900)
    settled(page)
    page.get_by_role("button", name=at.button).dblclick()
    answered(page, at)
    page.wait_for_timeout(500)
    settled(page)
    assert len(recorded(desk, at)) == 1
    expect(page.get_by_text("You had answered this already")).to_have_count(0)


# --- typed text ---------------------------------------------------------------------------------


@pytest.fixture
def typing(desk):
    """Somebody before a question that is typed, and its field."""
    at = seat(desk, TYPED)
    page = at.sit(desk)
    return at, page, at.fields(page).first


def test_a_typed_field_is_named_and_says_when_its_text_is_saved(desk, typing):
    at, page, field = typing
    expect(field).to_have_accessible_name(re.compile(r"\w"))
    field.press_sequentially("210")
    expect(at.card(page).get_by_text("Saved", exact=True).first).to_be_visible()
    assert page.evaluate("Object.keys(sessionStorage).filter(k => k.includes('typed'))") == []
    assert desk.complaints == []


def test_text_survives_a_refresh_that_comes_before_it_was_sent(typing):
    at, page, field = typing
    field.press_sequentially("20")
    page.reload()
    expect(at.fields(page).first).to_have_value("20")


def test_text_that_no_answer_can_hold_stays_in_the_tab_and_says_so(desk):
    at = seat(desk, "numeric")
    page = at.sit(desk)
    field = at.fields(page).first
    field.fill("about two hundred")
    field.blur()
    expect(at.card(page).get_by_text("Kept in this tab").first).to_be_visible()
    expect(at.card(page).get_by_text("Saved", exact=True)).to_have_count(0)
    page.reload()
    expect(at.fields(page).first).to_have_value("about two hundred")


def test_typing_and_pressing_check_at_once_records_what_was_typed(desk, typing):
    at, page, field = typing
    at.rest(page, "203")
    field.press_sequentially("203")
    check(page, at)
    answered(page, at)
    assert stands(desk, at, "203")
    keys = "Object.keys(sessionStorage).filter(k => k.includes('typed'))"
    page.wait_for_function(f"{keys}.length === 0")


def test_each_text_is_sent_once(desk, typing):
    _, page, field = typing
    page.evaluate(COUNT_RUNS)
    field.press_sequentially("204", delay=60)
    page.wait_for_timeout(1500)
    field.press("Enter")
    field.blur()
    page.wait_for_timeout(800)
    assert page.evaluate("window.runs") == 1


# --- whose text it is ---------------------------------------------------------------------------


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


# --- the connection -----------------------------------------------------------------------------


def test_a_cut_while_typing_is_told_at_once_and_the_text_is_sent_when_it_is_back(wired):
    at = seat(wired, TYPED)
    page = at.sit(wired)
    field = at.rest(page, "207")
    field.press_sequentially("2")
    wired.server.wire.cut()
    began = time.monotonic()
    expect(bar(page)).to_contain_text(LOST)
    assert time.monotonic() - began < 1.0
    field.press_sequentially("07")
    expect(at.card(page).get_by_text("Kept in this tab").first).to_be_visible()
    wired.server.wire.mend()
    expect(bar(page)).to_be_empty(timeout=20_000)
    expect(field).to_have_value("207")
    expect(at.card(page).get_by_text("Saved", exact=True).first).to_be_visible()
    check(page, at)
    answered(page, at)
    assert stands(wired, at, "207")


def test_a_long_cut_leaves_the_field_free_to_type_in(wired):
    at = seat(wired, TYPED)
    page = at.sit(wired)
    field = at.rest(page, "205")
    field.focus()
    wired.server.wire.cut()
    for digit in "2055555555":
        page.keyboard.type(digit)
        page.wait_for_timeout(1000)
    expect(field).to_be_focused()
    expect(field).to_have_value("2055555555")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+A")
    page.keyboard.type("205")
    wired.server.wire.mend()
    expect(bar(page)).to_be_empty(timeout=30_000)
    check(page, at)
    answered(page, at)
    assert stands(wired, at, "205")


def test_a_cut_at_the_moment_of_check_gives_one_answer(wired):
    at = seat(wired, TYPED)
    page = at.sit(wired)
    at.write(page, "208")
    check(page, at)
    wired.server.wire.cut()
    expect(bar(page)).to_contain_text(LOST)
    wired.server.wire.mend()
    expect(bar(page)).to_be_empty(timeout=20_000)
    settled(page)
    page.wait_for_timeout(500)
    if at.card(page).count():
        # The press never left the browser: the text did, and the button is there.
        expect(at.fields(page).first).to_have_value("208")
        check(page, at)
    answered(page, at)
    assert stands(wired, at, "208")
    expect(page.get_by_text("You had answered this already")).to_have_count(0)


def test_going_offline_is_told_and_so_is_coming_back(desk):
    at = seat(desk, KINDS[0])
    page = at.sit(desk)
    page.context.set_offline(True)
    expect(bar(page)).to_contain_text(LOST, timeout=1000)
    page.context.set_offline(False)
    expect(bar(page)).to_be_empty()


# --- the database -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_outage_at_check_is_waited_out_and_the_answer_is_recorded_once(postgres, kind):
    desk, wire = postgres
    at = seat(desk, kind)
    page = at.sit(desk)
    at.mark(page, 1)
    page.wait_for_timeout(900)
    settled(page)
    chosen = at.marked(page)
    wire.cut()
    check(page, at)
    expect(bar(page)).to_contain_text(AWAY, timeout=2000)
    assert at.marked(page) == chosen
    page.wait_for_timeout(1000 * OUTAGE)
    assert at.marked(page) == chosen
    wire.mend()
    answered(page, at)
    expect(bar(page)).to_be_empty()
    assert len(recorded(desk, at)) == 1
    expect(page.get_by_text("You had answered this already")).to_have_count(0)


def test_a_click_during_the_outage_does_not_lose_the_press_before_it(postgres):
    desk, wire = postgres
    at = seat(desk, TYPED)
    page = at.sit(desk)
    at.write(page, "209")
    page.wait_for_timeout(900)
    settled(page)
    wire.cut()
    check(page, at)
    expect(bar(page)).to_contain_text(AWAY, timeout=2000)
    page.get_by_text("Half sure").first.click()
    page.wait_for_timeout(1500)
    wire.mend()
    answered(page, at)
    assert stands(desk, at, "209")


def test_after_the_longest_wait_try_again_finds_everything_and_sends_it_once(postgres):
    desk, wire = postgres
    at = seat(desk, TYPED)
    page = at.sit(desk)
    wire.cut()
    at.write(page, "211")
    check(page, at)
    again = page.get_by_role("button", name="Try again")
    again.wait_for(timeout=40_000)
    expect(page.get_by_text("Help desk number")).to_be_visible()
    wire.mend()
    again.click()
    answered(page, at)
    assert stands(desk, at, "211")


def test_a_locked_sqlite_is_waited_for_in_sight_and_the_answer_is_recorded_once(desk, server):
    at = seat(desk, TYPED)
    page = at.sit(desk)
    at.write(page, "212")
    page.wait_for_timeout(900)
    settled(page)
    other = sqlite3.connect(
        server.database_url.removeprefix("sqlite:///"),
        isolation_level=None,
        check_same_thread=False,
    )
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(OUTAGE, lambda: other.execute("ROLLBACK"))
    release.start()
    check(page, at)
    expect(bar(page)).to_contain_text(BUSY, timeout=4000)
    expect(at.fields(page).first).to_have_value("212")
    answered(page, at)
    release.join()
    other.close()
    expect(bar(page)).to_be_empty()
    assert stands(desk, at, "212")
