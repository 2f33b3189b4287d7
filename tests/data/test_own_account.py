"""The page about one's own account: pass-phrase, second factor, browsers."""

from __future__ import annotations

import re

import pytest

from tests.data.accounts import GOOD, OTHER, Browser, code, kept, link, with_passphrase

AMIRA, MAREK = "amira.khan@fernleigh.example", "marek.novak@fernleigh.example"


@pytest.fixture
def amira(world, clock):
    """Amira's browser, signed in with her pass-phrase."""
    with_passphrase(world, "amira")
    browser = Browser(clock)
    browser.sign_in(AMIRA)
    browser.get("/account")
    return browser


def test_nobody_signed_in_sees_or_changes_nothing(world, clock):
    browser = Browser(clock)
    assert browser.get("/account").headers["location"] == "/sign-in?next=/account"
    for path in ("passphrase", "second-factor/begin", "recovery", "end", "others"):
        done = browser.post(f"/account/{path}", current=GOOD)
        assert done.status_code in (303, 403)
        assert done.headers.get("location", "/sign-in").startswith("/sign-in")


def test_another_pass_phrase_asks_the_present_one_and_ends_every_other_sign_in(world, clock, amira):
    other = Browser(clock)
    other.sign_in(AMIRA)
    assert amira.post("/account/passphrase", current="wrong", new=OTHER).status_code == 403
    assert "Nothing was changed" in amira.text
    assert other.inside
    done = amira.post("/account/passphrase", current=GOOD, new=OTHER)
    assert done.headers["location"] == "/account?done=passphrase"
    assert amira.inside
    assert not other.inside
    amira.get("/account?done=passphrase")
    assert "Your pass-phrase is changed" in amira.text
    assert Browser(clock).sign_in(AMIRA, OTHER).status_code == 303


def test_another_pass_phrase_ends_links_and_sign_ins_that_have_begun_as_well(world, clock, amira):
    amira.post("/account/second-factor/begin", for_second=GOOD)
    amira.get("/account/second-factor")
    amira.post("/account/second-factor", code=code(amira.secret(), clock))
    begun, mailed = Browser(clock), link(world, "amira", "reset")
    begun.sign_in(AMIRA)
    assert begun.get("/sign-in/code").status_code == 200
    amira.post("/account/passphrase", current=GOOD, new=OTHER)
    assert begun.get("/sign-in/code").headers.get("location") == "/sign-in"
    assert begun.get(mailed).status_code == 410


def test_the_rules_hold_here_too(amira):
    assert amira.post("/account/passphrase", current=GOOD, new="short").status_code == 403
    assert "too short" in amira.text
    assert "short" not in re.findall(r'value="([^"]*)"', amira.last.text)


def test_guessing_the_present_one_in_an_open_browser_is_braked(amira):
    told = [
        amira.post("/account/passphrase", current=f"guess {n}", new=OTHER).text.count("in a row")
        for n in range(8)
    ]
    assert told[0] == 0
    assert told[-1] >= 1


def set_up(browser, clock):
    assert browser.post("/account/second-factor/begin", for_second=GOOD).status_code == 303
    browser.get("/account/second-factor")
    secret = browser.secret()
    browser.post("/account/second-factor", code=code(secret, clock))
    return secret, browser.codes()


def test_a_second_factor_is_set_up_with_its_first_code_and_removed_with_the_pass_phrase(
    world, clock, amira
):
    assert amira.post("/account/second-factor/begin", for_second="wrong").status_code == 403
    _, codes = set_up(amira, clock)
    assert len(codes) == 10
    assert kept(world, "amira").second
    other = Browser(clock)
    assert other.sign_in(AMIRA).headers["location"] == "/sign-in/code"
    # It cannot be replaced by somebody at an open browser: first it has to go.
    amira.post("/account/second-factor/begin", for_second=GOOD)
    assert amira.get("/account/second-factor").headers["location"] == "/account"
    assert amira.post("/account/second-factor/remove", for_removing=OTHER).status_code == 403
    assert kept(world, "amira").second
    amira.post("/account/second-factor/remove", for_removing=GOOD)
    assert not kept(world, "amira").second
    assert amira.inside


def test_a_secret_that_was_only_shown_does_not_count(world, clock, amira):
    amira.post("/account/second-factor/begin", for_second=GOOD)
    amira.get("/account/second-factor")
    assert amira.post("/account/second-factor", code="123456").status_code == 403
    assert not kept(world, "amira").second
    assert Browser(clock).sign_in(AMIRA).headers["location"] == "/"


def test_new_recovery_codes_make_the_old_ones_void(world, clock, amira):
    _, old = set_up(amira, clock)
    amira.post("/account/recovery", for_codes=GOOD)
    new = amira.codes()
    assert not set(old) & set(new)
    for one, told in ((old[0], 403), (new[0], 303)):
        browser = Browser(clock)
        browser.sign_in(AMIRA)
        assert browser.post("/auth/code", code=one).status_code == told


def test_an_administrator_cannot_remove_what_is_asked_of_him(world, clock):
    with_passphrase(world, "marek")
    browser = Browser(clock)
    browser.sign_in(MAREK)
    browser.get("/sign-in/code")
    browser.post("/auth/second-factor", code=code(browser.secret(), clock))
    browser.get("/account")
    assert "Your role asks for it" in browser.text
    done = browser.post("/account/second-factor/remove", for_removing=GOOD)
    assert done.status_code == 403
    assert kept(world, "marek").second


def test_one_sees_ones_browsers_ends_one_and_all_others(world, clock, amira):
    clock.on(minutes=5)
    others = [Browser(clock) for _ in range(3)]
    for one in others:
        one.sign_in(AMIRA)
    toms = with_passphrase(world, "tom") and Browser(clock)
    toms.sign_in(world.email("tom"))
    amira.get("/account")
    assert amira.text.count("this browser") == 1
    assert "22 November 2026, 10:05" in amira.text
    handles = re.findall(r'name="browser" value="(\w+)"', amira.last.text)
    assert len(handles) == 3
    amira.post("/account/end", browser=handles[0])
    assert [one.inside for one in others].count(False) == 1
    # Another person's cannot be ended, whatever is sent.
    toms.get("/account")
    toms.post("/account/end", browser=handles[1])
    assert [one.inside for one in others].count(False) == 1
    amira.post("/account/others")
    assert [one.inside for one in others] == [False] * 3
    assert amira.inside
    assert toms.inside


def test_no_page_gives_a_token_or_a_hash_away(world, clock, amira):
    row = kept(world, "amira")
    token = amira.client.cookies["steward"]
    assert row.hash not in amira.last.text
    assert token not in amira.last.text
    from db.sign_ins import hash_of

    assert hash_of(token) not in amira.last.text
