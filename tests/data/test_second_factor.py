"""A second factor: set up before the first page, asked for from then on, and used once."""

from __future__ import annotations

import threading

import pytest

from modules.api import steps
from modules.identity import signing
from modules.settings import settings
from tests.data.accounts import AMIRA, MAREK, Browser, code, kept, with_passphrase


def enrol(browser, clock, email=MAREK):
    """Sign in as somebody of whom a second factor is asked, and set it up; gives its secret."""
    browser.sign_in(email)
    browser.get("/sign-in/code")
    secret = browser.secret()
    browser.post("/auth/second-factor", code=code(secret, clock))
    return secret


def test_an_administrator_sets_a_second_factor_up_before_the_first_page(world, clock):
    with_passphrase(world, "marek", "tea rain")
    browser = Browser(clock)
    assert browser.sign_in(MAREK, "tea rain").headers["location"] == "/sign-in/code"
    assert not browser.inside
    browser.get("/sign-in/code")
    secret = browser.secret()
    assert "data:image/svg+xml" in browser.last.text
    assert browser.post("/auth/second-factor", code="000000").status_code == 403
    assert not browser.inside
    assert browser.secret() == secret
    browser.post("/auth/second-factor", code=code(secret, clock))
    assert browser.inside
    assert len(set(browser.codes())) == 10
    row = kept(world, "marek")
    assert secret not in row.totp_secret
    assert not any(one in row.recovery for one in browser.codes())


def test_from_then_on_a_code_is_asked_for_and_none_works_twice(world, clock):
    with_passphrase(world, "marek")
    secret = enrol(Browser(clock), clock)
    browser = Browser(clock)
    assert browser.sign_in(MAREK).headers["location"] == "/sign-in/code"
    assert not browser.inside
    # The code with which it was set up has been used.
    assert browser.post("/auth/code", code=code(secret, clock)).status_code == 403
    clock.on(seconds=30)
    assert browser.post("/auth/code", code=code(secret, clock)).status_code == 303
    assert browser.inside
    other = Browser(clock)
    other.sign_in(MAREK)
    assert other.post("/auth/code", code=code(secret, clock)).status_code == 403
    assert not other.inside


def test_a_code_of_a_moment_ago_counts_and_an_older_one_does_not(world, clock):
    with_passphrase(world, "marek")
    secret = enrol(Browser(clock), clock)
    clock.on(minutes=5)
    browser = Browser(clock)
    browser.sign_in(MAREK)
    old = code(secret, clock)
    clock.on(seconds=60)
    assert browser.post("/auth/code", code=old).status_code == 403
    recent = code(secret, clock)
    clock.on(seconds=30)
    assert browser.post("/auth/code", code=f"{recent[:3]} {recent[3:]}").status_code == 303


def test_a_recovery_code_works_once_however_it_is_typed(world, clock):
    with_passphrase(world, "marek")
    first = Browser(clock)
    enrol(first, clock)
    spare = first.codes()[0]
    for told in (303, 403):
        browser = Browser(clock)
        browser.sign_in(MAREK)
        typed = spare.upper().replace("-", " ").replace("1", "l").replace("0", "O")
        assert browser.post("/auth/code", code=typed).status_code == told
    assert kept(world, "marek").codes == 9


def test_a_pass_phrase_alone_opens_no_page_and_the_step_runs_out(world, clock):
    with_passphrase(world, "marek")
    secret = enrol(Browser(clock), clock)
    browser = Browser(clock)
    browser.sign_in(MAREK)
    assert browser.get("/account").status_code == 303
    clock.on(minutes=10)
    assert browser.post("/auth/code", code=code(secret, clock)).status_code == 403
    assert not browser.inside
    assert Browser(clock).post("/auth/code", code=code(secret, clock)).status_code == 403


def test_codes_are_braked_too(world, clock):
    with_passphrase(world, "marek")
    enrol(Browser(clock), clock)
    browser = Browser(clock)
    browser.sign_in(MAREK)
    told = [browser.post("/auth/code", code=f"00000{n}").status_code for n in range(7)]
    assert told == [403] * 5 + [429] * 2


def test_the_same_code_twice_at_once_signs_in_once(world, clock):
    with_passphrase(world, "marek")
    secret = enrol(Browser(clock), clock)
    clock.on(minutes=1)
    browsers = [Browser(clock, f"192.0.2.{n}") for n in (1, 2)]
    for one in browsers:
        one.sign_in(MAREK)
    begun = [one.client.cookies["steward_step"] for one in browsers]
    got, start = [], threading.Barrier(2)

    def press(step):
        start.wait(timeout=20)
        got.append(
            steps.tried(step, code(secret, clock), address="192.0.2.1", kept="", before="").token
        )

    threads = [threading.Thread(target=press, args=(one,)) for one in begun]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    assert sorted(map(bool, got)) == [False, True]


def test_a_sealed_secret_opens_for_its_own_person_only(world, clock):
    with_passphrase(world, "marek")
    enrol(Browser(clock), clock)
    from modules.identity import factors

    row, amira = kept(world, "marek"), world.viewer("amira")
    assert factors.unseal(row.totp_secret, org_id=row.org_id, person_id=row.person_id)
    assert not factors.unseal(row.totp_secret, org_id=row.org_id, person_id=amira.person_id)


@pytest.mark.parametrize(
    ("rule", "who", "asked"),
    [
        ("administrators", "marek", True),
        ("administrators", "amira", False),
        ("everybody", "amira", True),
        ("nobody", "marek", False),
    ],
)
def test_of_whom_a_second_factor_is_asked_is_a_setting(world, monkeypatch, rule, who, asked):
    monkeypatch.setenv("STEWARD_SECOND_FACTOR", rule)
    settings.cache_clear()
    try:
        assert signing.asked_of(world.viewer(who)) == asked
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_a_short_pass_phrase_alone_leads_to_a_second_factor(world, clock):
    # Chosen while it was asked of him; his role is gone since.
    with_passphrase(world, "amira", "tea rain")
    browser = Browser(clock)
    assert browser.sign_in(AMIRA, "tea rain").headers["location"] == "/sign-in/code"
    assert not browser.inside
