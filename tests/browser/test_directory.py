"""A directory and open pages: whoever is deactivated sees nothing more."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import expect
from sqlmodel import Session

from db import people, scim_clients
from modules import words
from tests.browser.conftest import settled
from tests.scim import PATCH

ENDED = words.of("en")("signin.ended")


@pytest.fixture
def fern(desk):
    """The demo body's directory, by HTTP."""
    with Session(desk.engine) as session:
        session.connection(execution_options={"writes": True})
        body = people.organisations(session)[0]
        _, token = scim_clients.add(
            session,
            org_id=body.id,
            name="Test",
            scopes=scim_clients.SCOPES,
            days=1,
            now=datetime.now(UTC),
        )
        session.commit()
    with httpx.Client(
        base_url=f"{desk.server.url}/scim/v2",
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
        timeout=60,
    ) as made:
        yield made


def activate(fern, person, active):
    body = {"schemas": [PATCH], "Operations": [{"op": "replace", "value": {"active": active}}]}
    told = fern.patch(f"/Users/{person.id}", json=body)
    assert told.status_code == 200, told.text
    assert told.json()["active"] is active


def test_an_open_page_that_nobody_touches_goes_within_a_minute_of_deactivation(desk, fern):
    token, person = desk.token()
    page = desk.open(desk.holding(token), "/")
    activate(fern, person, False)
    began = time.monotonic()
    page.wait_for_url("**/sign-in**", timeout=60_000)
    print(f"gone after {time.monotonic() - began:.1f} s")
    expect(page.locator(".st-key-page")).to_have_count(0)
    # The question that found her out is the only thing the browser complains about.
    assert [one for one in desk.complaints if "/auth/still" not in one] == []


def test_whatever_an_open_connection_sends_after_deactivation_gets_nothing(desk, fern):
    token, person = desk.token()
    tab = desk.tab(token).open("me")
    assert not any(ENDED in str(one) for one in tab.elements.values())
    activate(fern, person, False)
    for address in ("me", "", "receipts"):
        tab.open(address)
        assert any(ENDED in str(one) for one in tab.elements.values())
        assert not any(person.name in str(one) for one in tab.elements.values())
    tab.close()
    # Taken back, she has to sign in again: the old sign-in stays ended.
    activate(fern, person, True)
    again = desk.tab(token).open("me")
    assert any(ENDED in str(one) for one in again.elements.values())
    again.close()


def test_an_administrator_connects_a_directory_sees_the_token_once_and_revokes_it(desk):
    page = desk.enter("Marek Novak")
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Directory").click()
    settled(page)
    page.get_by_label("Name").fill("Our Entra ID")
    page.get_by_role("button", name="Make a token").click()
    band = page.locator(".st-key-band-token")
    expect(band).to_be_visible()
    token = band.locator("code").inner_text().strip()
    assert token.startswith(scim_clients.PREFIX)
    base = page.locator(".st-key-card-how code").first.inner_text().strip()
    assert base == f"{desk.server.url}/scim/v2"
    told = {"Authorization": f"Bearer {token}"}
    asked = {"url": f"{base}/Users?count=1", "headers": told, "trust_env": False, "timeout": 60}
    assert httpx.get(**asked).status_code == 200
    page.reload()
    settled(page)
    expect(page.get_by_text(token)).to_have_count(0)
    expect(page.get_by_role("rowheader", name="Our Entra ID").first).to_be_visible()
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Our Entra ID").first.click()
    page.get_by_role("button", name="Revoke its token").click()
    expect(page.get_by_text("is taken no more")).to_be_visible()
    assert httpx.get(**asked).status_code == 401
    assert desk.complaints == []
