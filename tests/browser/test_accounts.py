"""A pass-phrase, a second factor and one's own account, as people meet them in a browser."""

from __future__ import annotations

import re
import subprocess
import sys

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Desk
from tests.browser.test_pages import RULES, TOO_WIDE
from tests.server import ROOT, Server

EMAIL, GOOD = "ann@testham.example", "kettle under the stairs"


def command(url, *words):
    """Run one of our commands on a database; gives what it printed."""
    import os

    done = subprocess.run(
        [sys.executable, "-m", "modules", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A server for a real body, founded by command; and the link of its administrator."""
    url = f"sqlite:///{tmp_path_factory.mktemp('real') / 'steward.db'}"
    command(url, "migrate")
    command(url, "organisation", "add", "Testham Town Council")
    told = command(url, "administrator", "add", EMAIL, "--name", "Ann Example")
    (link,) = re.findall(r"/sign-in/choose/[\w-]+", told)
    with Server(url) as server:
        yield server, link


def looked_at(page):
    """Nothing to complain about, light and dark, wide and narrow."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(TOO_WIDE) <= 0, f"{page.url} at {width} px"
        found = Axe().run(page, options=RULES).response["violations"]
        assert found == [], [(one["id"], one["nodes"][0]["html"]) for one in found]
    page.set_viewport_size({"width": 1280, "height": 900})


def test_from_the_first_link_to_signing_out_everywhere(browser, real):
    server, link = real
    desk = Desk(browser, server)
    page = desk.context().new_page()
    page.goto("/sign-in")
    expect(page.get_by_label("Work e-mail address")).to_have_attribute("autocomplete", "username")
    typed = page.get_by_label("Pass-phrase")
    expect(typed).to_have_attribute("autocomplete", "current-password")
    expect(page.get_by_text("Choose whose day")).to_have_count(0)
    page.get_by_label("Work e-mail address").fill(EMAIL)
    typed.fill("not this one at all")
    page.get_by_role("button", name="Show").click()
    expect(typed).to_have_attribute("type", "text")
    page.get_by_role("button", name="Sign in").click()
    # The keyboard and the screen reader are at what went wrong.
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("That did not work")
    expect(typed).to_have_value("")
    looked_at(page)
    page.goto(link)
    looked_at(page)
    page.get_by_label("New pass-phrase").fill(GOOD)
    page.get_by_role("button", name="Keep this").click()
    page.get_by_text("I cannot use the picture").click()
    looked_at(page)
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Six-digit code").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    codes = page.locator("code").all_inner_texts()
    looked_at(page)
    page.get_by_role("link", name="I have kept them").click()
    page.locator(".st-key-page").first.wait_for()
    # Again, in a browser without scripts, with a recovery code.
    plain = browser.new_context(base_url=server.url, java_script_enabled=False).new_page()
    plain.goto("/sign-in")
    plain.get_by_label("Work e-mail address").fill(EMAIL)
    plain.get_by_label("Pass-phrase").fill(GOOD)
    plain.get_by_role("button", name="Sign in").click()
    expect(plain.get_by_label("Code")).to_have_attribute("autocomplete", "one-time-code")
    plain.get_by_label("Code").fill(codes[0])
    plain.get_by_role("button", name="Sign in").click()
    plain.goto("/account")
    expect(plain.get_by_role("heading", name="My account")).to_be_visible()
    page.goto("/account")
    expect(page.get_by_text("this browser")).to_have_count(1)
    expect(page.get_by_text("9 recovery codes left")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Sign out everywhere else").click()
    expect(page.get_by_role("status")).to_have_text("Every other browser is signed out.")
    plain.goto("/account")
    assert "/sign-in" in plain.url
    plain.context.close()
    # What was refused is told by its status, which a browser writes into its console.
    refused = "status of 403"
    assert [one for one in desk.complaints if refused not in one] == []
    for context in desk.contexts:
        context.close()
