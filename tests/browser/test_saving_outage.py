"""A database that is away or busy: waited out in sight, and the answer counts once."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk, desk_at, settled
from tests.browser.proxy import Wire
from tests.browser.saving import TYPED, answered, bar, check, stands
from tests.browser.seat import KINDS, recorded, seat
from tests.server import Server, seed

AWAY = "We cannot reach the database"
BUSY = "Still saving"
OUTAGE = 10.0


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
