"""Brakes at the sign-in: they slow whoever guesses, and let go of whoever does not."""

from __future__ import annotations

from modules.identity import known
from tests.data.accounts import AMIRA, GOOD, MAREK, OTHER, Browser


def fail(browser, times, email=AMIRA):
    return [browser.sign_in(email, OTHER).status_code for _ in range(times)]


def test_after_a_few_slips_one_waits_and_then_the_right_one_opens_at_once(clock, holder):
    browser = Browser(clock)
    assert fail(browser, 6) == [403] * 5 + [429]
    assert browser.sign_in(AMIRA).status_code == 429
    assert "Wait 2 seconds" in browser.text or "Wait 1 seconds" in browser.text
    clock.on(seconds=1)
    assert browser.sign_in(AMIRA).status_code == 303
    # And the slips are forgotten.
    assert fail(Browser(clock), 5) == [403] * 5


def test_an_unknown_address_is_braked_as_a_known_one_is(clock, holder):
    one, other = Browser(clock, "192.0.2.8"), Browser(clock, "192.0.2.9")
    assert fail(one, 8) == fail(other, 8, "nobody@fernleigh.example")


def test_an_attacker_on_her_account_does_not_stop_her_in_a_browser_that_is_known(clock, holder):
    hers = Browser(clock)
    hers.sign_in(AMIRA)
    hers.get("/auth/sign-out")
    assert not hers.inside
    for day in range(3):
        attacker = Browser(clock, f"203.0.113.{day}")
        for _ in range(30):
            attacker.sign_in(AMIRA, OTHER)
            clock.on(minutes=20)
    assert attacker.sign_in(AMIRA, GOOD + "x").status_code in (403, 429)
    assert attacker.sign_in(AMIRA, GOOD).status_code == 429
    assert hers.sign_in(AMIRA).status_code == 303


def test_a_known_browser_is_known_for_its_own_address_only_and_can_be_braked_too(clock, holder):
    browser = Browser(clock)
    browser.sign_in(AMIRA)
    token = browser.client.cookies[known.COOKIE]
    assert known.browser(token, AMIRA, now=clock.now)
    assert not known.browser(token, MAREK, now=clock.now)
    assert not known.browser(token, AMIRA, now=clock.now + known.LASTS)
    assert not known.browser(token[:-1], AMIRA, now=clock.now)
    assert not known.browser("", AMIRA, now=clock.now)
    assert "amira" not in token
    assert fail(browser, 7)[-1] == 429
    assert fail(Browser(clock), 1) == [403]


def test_one_address_that_tries_many_accounts_is_braked_and_another_address_is_not(clock, holder):
    spray = Browser(clock, "203.0.113.5")
    told = [spray.sign_in(f"person{n}@fernleigh.example", OTHER).status_code for n in range(40)]
    assert told[:31] == [403] * 31
    assert 429 in told[31:]
    assert Browser(clock, "192.0.2.77").sign_in(AMIRA).status_code == 303


def test_an_account_opens_again_by_itself_after_a_quarter_of_an_hour_at_most(clock, holder):
    attacker = Browser(clock, "203.0.113.9")
    for _ in range(200):
        attacker.sign_in(AMIRA, OTHER)
        clock.on(seconds=40)
    clock.on(minutes=15)
    assert Browser(clock).sign_in(AMIRA).status_code == 303
