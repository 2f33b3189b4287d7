"""Signing in at two providers written by others, in a real browser and without one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import delete, update
from sqlmodel import Session

from db import identities
from db.engine import make_engine
from db.people import GRANT, PERSON
from db.tables import Person, RoleGrant, core
from tests.browser import work_accounts
from tests.browser.conftest import Desk, desk_at, settled
from tests.browser.work_accounts import AMIRA, TOM, WAYS
from tests.driver import COOKIE, Tab
from tests.server import ROOT

house = work_accounts.house


@pytest.mark.parametrize("name", ["pypi", *WAYS])
def test_a_browser_that_follows_each_step_comes_in_as_the_right_person(house, name):
    client, page = house.sign_in(name, "s-amira")
    assert (page.status_code, str(page.url)) == (200, f"{house.server.url}/")
    assert "<title>Steward</title>" in page.text
    assert house.who(client) == AMIRA
    # The second time there is nothing to link, and a name that the provider tells changes nothing.
    client, _ = house.sign_in(name, "s-amira")
    assert house.who(client) == AMIRA


@pytest.mark.parametrize("name", ["pypi", "npm-basic"])
@pytest.mark.parametrize("subject", ["s-guest", "s-unverified"])
def test_whoever_is_nobody_here_reads_a_calm_page(house, name, subject):
    client, page = house.sign_in(name, subject)
    assert page.status_code == 403
    assert "no place in the training" in page.text
    assert house.who(client) == ""


@pytest.mark.parametrize("name", ["pypi", "npm-basic"])
def test_an_answer_that_comes_twice_is_refused(house, name):
    client, page = house.sign_in(name, "s-amira")
    answers = [str(one.url) for one in page.history if "/callback?" in str(one.url)]
    assert len(answers) == 1
    again = client.get(answers[0])
    assert (again.status_code, "was used before" in again.text) == (403, True)
    # A fresh state for the same code: the provider itself remembers.
    fresh = house.browser()
    asked = fresh.get(f"/auth/oidc/{name}", follow_redirects=False).headers["location"]
    state = re.search(r"state=([\w-]+)", asked)[1]
    spent = fresh.get(re.sub(r"state=[\w-]+", f"state={state}", answers[0]))
    assert (spent.status_code, "could not be trusted" in spent.text) == (403, True)


def test_stopping_at_the_provider_is_no_fault_of_anybodys(house):
    client = house.browser()
    page = client.get("/auth/oidc/npm-basic")
    back = client.get(page.url.join(re.search(r'href="([^"]+/abort)"', page.text)[1]))
    assert (back.status_code, "Nothing has happened" in back.text) == (403, True)


def test_what_the_second_provider_gives_in_userinfo_alone_is_enough_to_link(house):
    client, _ = house.sign_in("npm-basic", "s-tom")
    assert house.who(client) == TOM


def agree_to_leave(client, page):
    """Press “yes” on the second provider's page that asks whether she means it."""
    form = re.search(r'<form[^>]*action="([^"]+)"', page.text)[1]
    secret = re.search(r'name="xsrf" value="([^"]+)"', page.text)[1]
    return client.post(page.url.join(form), data={"xsrf": secret, "logout": "yes"})


def test_signing_out_at_the_provider_ends_the_sign_in_here_at_once(house):
    client, _ = house.sign_in("npm-basic", "s-amira")
    other, _ = house.sign_in("npm-basic", "s-amira")
    assert house.who(client) == AMIRA
    agree_to_leave(client, client.get(f"{house.npm}/session/end"))
    assert house.who(client) == ""
    assert house.who(other) == AMIRA  # another session of hers, in another browser
    assert str(client.get("/").url).endswith("/sign-in")


def test_signing_out_here_signs_out_there_and_comes_back(house):
    client, _ = house.sign_in("npm-basic", "s-amira")
    page = client.get("/auth/sign-out")
    assert str(page.url).startswith(f"{house.npm}/session/end?")
    assert house.who(client) == ""
    back = agree_to_leave(client, page)
    assert str(back.url) == f"{house.server.url}/sign-in?left=1"
    assert "You have been signed out" in back.text
    # There she is signed out too: the next time it asks who she is.
    assert "<form" in client.get("/auth/oidc/npm-basic").text


def test_the_command_finds_both_providers_sound(house):
    done = subprocess.run(
        [sys.executable, "-m", "modules", "provider", "check", "--json"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": house.server.database_url,
            "PORT": str(house.server.port),
            **house.server.settings,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert set(told) == {"pypi", *WAYS}
    for name in ("npm-basic", "npm-post", "npm-key", "npm-public"):
        said = " ".join(one["sentence"] for one in told[name]["findings"])
        assert "It knows us by our client id" in said, said
        assert "Its answers say where they come from" in said
        assert "when somebody’s session there ends" in said


@pytest.fixture
def at(browser, house):
    """Pages of this server in Chromium."""
    with desk_at(browser, house.server) as made:
        yield made


def test_in_a_browser_the_button_leads_through_the_provider_to_her_own_home(at: Desk, house):
    page = at.context().new_page()
    page.goto("/sign-in?next=/me")
    page.get_by_role("link", name="Work account", exact=True).click()
    page.locator("input[name=sub]").fill("s-tom")
    page.locator("input[name=sub]").press("Enter")
    settled(page)
    assert page.url == f"{house.server.url}/me"
    assert page.get_by_text("Tom Ashdown").first.is_visible()
    # Nothing of the answer stays in the address, and no script can read the sign-in.
    assert "steward" not in page.evaluate("document.cookie")
    # The provider's own page asks for a style sheet from elsewhere; ours ask for nothing.
    assert [one for one in at.complaints if house.server.url in one] == []


def test_in_a_browser_the_second_provider_works_as_well_and_signs_out_again(at: Desk, house):
    page = at.context().new_page()
    page.goto("/sign-in")
    page.get_by_role("link", name="Second work account (npm-basic)").click()
    page.locator("input[name=login]").fill("s-amira")
    page.locator("input[name=password]").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    settled(page)
    at.open(page, "/me")
    page.get_by_role("link", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Yes, sign me out").click()
    page.get_by_text("You have been signed out").wait_for()


def test_a_role_taken_away_is_gone_from_the_next_page_in_an_open_browser(at: Desk, house):
    engine = make_engine(house.server.database_url)
    with Session(engine) as session:
        row = (
            session.connection()
            .execute(
                core(RoleGrant)
                .join(core(Person), PERSON.id == GRANT.person_id)
                .select()
                .with_only_columns(PERSON.org_id, PERSON.id, PERSON.email)
                .where(GRANT.role == "administrator", GRANT.unit_id.is_(None))
            )
            .first()
        )
        identities.link(
            session,
            provider="pypi",
            subject="s-administrator",
            org_id=row.org_id,
            person_id=row.id,
            now=datetime.now(UTC),
        )
        session.commit()
    engine.dispose()
    client, _ = house.sign_in("pypi", "s-administrator")
    assert house.who(client) == row.email
    before = client.cookies[COOKIE]
    page = at.holding(before)
    at.open(page, "/people")
    assert page.get_by_role("link", name="People").first.is_visible()
    house.change(delete(core(RoleGrant)).where(GRANT.person_id == row.id))
    settled_page = at.open(page, "/")
    assert settled_page.get_by_role("link", name="People").count() == 0
    cookie = next(one for one in page.context.cookies() if one["name"] == COOKIE)
    assert cookie["value"] != before


def test_whoever_is_deactivated_is_out_of_the_open_page_at_the_next_click(house):
    client, _ = house.sign_in("pypi", "s-tom")
    tab = Tab(house.server.url, client.cookies[COOKIE])
    person = PERSON.email == TOM
    house.change(update(core(Person)).where(person).values(left_on=datetime.now(UTC).date()))
    try:
        assert str(client.get("/").url).endswith("/sign-in")
        _, page = house.sign_in("pypi", "s-tom")
        assert (page.status_code, "no place in the training" in page.text) == (403, True)
    finally:
        house.change(update(core(Person)).where(person).values(left_on=None))
    # Hired again: the same identity, without anybody linking anything.
    client, _ = house.sign_in("pypi", "s-tom")
    assert house.who(client) == TOM
    tab.socket.close()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_the_sign_in_page_and_a_refusal_can_be_read_by_everybody(at: Desk, house, width, dark):
    page = at.context(width=width, dark=dark).new_page()
    for address in ("/sign-in", "/auth/oidc/nowhere"):
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert found == [], [one["id"] for one in found]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, address
