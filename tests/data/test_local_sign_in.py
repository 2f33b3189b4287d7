"""Signing in with a pass-phrase: one answer for all who may not, and brakes that let go."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import update

from db import accounts
from db.engine import reading, writing
from db.people import PERSON
from db.tables import Account, Brake, OneTime, Person, core
from modules.api import steps
from modules.identity import known, links, passphrases, signing
from modules.settings import settings
from modules.shell import session as signed
from tests.counting import counting
from tests.data.accounts import (
    GOOD,
    OTHER,
    Browser,
    code,
    every_value,
    kept,
    with_passphrase,
)

AMIRA, MAREK = "amira.khan@fernleigh.example", "marek.novak@fernleigh.example"


@pytest.fixture
def amira(world):
    return with_passphrase(world, "amira")


def test_address_and_pass_phrase_sign_in_and_lead_on(clock, amira):
    browser = Browser(clock)
    done = browser.sign_in(" Amira.KHAN@fernleigh.example ", next="/lesson?module=M01")
    assert (done.status_code, done.headers["location"]) == (303, "/lesson?module=M01")
    assert browser.inside
    browser.get("/account")
    assert "Amira Khan" in browser.text
    cookies = done.headers.get_list("set-cookie")
    assert all("httponly" in one.casefold() for one in cookies)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/auth/sign-out",
        "/x/../auth/sign-out",
        "/%61uth/sign-out",
        "//[",
        "/\t/evil.example",
    ],
)
def test_nobody_is_led_to_another_site(clock, amira, wanted):
    assert Browser(clock).sign_in(AMIRA, next=wanted).headers["location"] == "/"


def test_a_form_from_another_site_or_without_its_token_is_refused(clock, amira):
    browser = Browser(clock)
    browser.get("/sign-in")
    fields = {"email": AMIRA, "passphrase": GOOD, "token": browser.client.cookies["steward_form"]}
    for headers, sent in (
        ({"origin": "http://evil.example"}, fields),
        ({"origin": "http://steward.test"}, fields | {"token": "other"}),
        ({}, fields),
    ):
        assert browser.client.post("/auth/local", data=sent, headers=headers).status_code == 403
    assert not browser.inside


REFUSED = ("unknown", "mistyped", "no account", "not chosen", "left", "long")


def refused(world, clock, which):
    """Somebody who may not sign in, and what she types."""
    if which == "unknown":
        return "nobody@fernleigh.example", GOOD
    if which == "no account":
        return world.email("ben"), GOOD
    if which == "not chosen":
        viewer = world.viewer("cora")
        with writing() as session:
            accounts.prepare(
                session, org_id=viewer.org_id, person_id=viewer.person_id, now=world.now
            )
        return world.email("cora"), GOOD
    if which == "left":
        with_passphrase(world, "dev")
        world.leave("dev")
        return world.email("dev"), GOOD
    return AMIRA, ("x" * 3000 if which == "long" else OTHER)


@pytest.mark.parametrize("which", REFUSED)
def test_who_may_not_sign_in_gets_the_same_page_after_the_same_work(
    world, clock, amira, which, monkeypatch
):
    hashings = []
    real = passphrases.HASHER.verify

    class Counting:
        def verify(self, *values):
            hashings.append(values[0].split("$")[1:4])
            return real(*values)

        check_needs_rehash = passphrases.HASHER.check_needs_rehash

    email, passphrase = refused(world, clock, which)
    passphrases.nobodys()
    monkeypatch.setattr(passphrases, "HASHER", Counting())
    browser, plain = Browser(clock), Browser(clock)
    from db.engine import engine

    browser.get("/sign-in")
    with counting(engine()) as sent:
        done = browser.sign_in(email, passphrase)
        queries = [one.split(" WHERE ")[0] for one in sent]
    assert done.status_code == 403
    # One hashing with the parameters of today, whoever it is.
    assert hashings == [["argon2id", "v=19", "m=64,t=1,p=1"]]
    hashings.clear()
    plain.get("/sign-in")
    with counting(engine()) as sent:
        other = plain.sign_in("nobody.else@fernleigh.example", OTHER)
        assert [one.split(" WHERE ")[0] for one in sent] == queries
    # The page is the same to the letter, but for what was typed and the form's token.
    told = [
        one.text.replace(typed, "").replace(who.client.cookies["steward_form"], "")
        for one, typed, who in (
            (done, email, browser),
            (other, "nobody.else@fernleigh.example", plain),
        )
    ]
    assert told[0] == told[1]
    assert dict(done.headers).keys() == dict(other.headers).keys()
    assert not browser.inside


def test_a_pass_phrase_is_in_no_table_and_a_token_neither(world, clock, amira):
    browser = Browser(clock)
    browser.sign_in(AMIRA)
    token = browser.client.cookies[signed.COOKIE]
    held = every_value(*(core(one) for one in (Account, OneTime, Brake)))
    assert GOOD not in held
    assert token not in held
    assert AMIRA not in held


def test_a_hash_with_older_parameters_is_made_again_at_the_sign_in(world, clock, amira):
    from argon2 import PasswordHasher

    from db.engine import writing

    old = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(
        passphrases._keyed(GOOD)
    )
    with writing() as session:
        accounts.set_hash(
            session, org_id=amira.org_id, person_id=amira.person_id, hashed=old, now=world.now
        )
    assert Browser(clock).sign_in(AMIRA).status_code == 303
    fresh = kept(world, "amira").hash
    assert fresh.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    assert passphrases.fits(fresh, GOOD)


def fail(browser, times, email=AMIRA):
    return [browser.sign_in(email, OTHER).status_code for _ in range(times)]


def test_after_a_few_slips_one_waits_and_then_the_right_one_opens_at_once(clock, amira):
    browser = Browser(clock)
    assert fail(browser, 6) == [403] * 5 + [429]
    assert browser.sign_in(AMIRA).status_code == 429
    assert "Wait 2 seconds" in browser.text or "Wait 1 seconds" in browser.text
    clock.on(seconds=1)
    assert browser.sign_in(AMIRA).status_code == 303
    # And the slips are forgotten.
    assert fail(Browser(clock), 5) == [403] * 5


def test_an_unknown_address_is_braked_as_a_known_one_is(clock, amira):
    one, other = Browser(clock, "192.0.2.8"), Browser(clock, "192.0.2.9")
    assert fail(one, 8) == fail(other, 8, "nobody@fernleigh.example")


def test_an_attacker_on_her_account_does_not_stop_her_in_a_browser_that_is_known(clock, amira):
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


def test_a_known_browser_is_known_for_its_own_address_only_and_can_be_braked_too(clock, amira):
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


def test_one_address_that_tries_many_accounts_is_braked_and_another_address_is_not(clock, amira):
    spray = Browser(clock, "203.0.113.5")
    told = [spray.sign_in(f"person{n}@fernleigh.example", OTHER).status_code for n in range(40)]
    assert told[:31] == [403] * 31
    assert 429 in told[31:]
    assert Browser(clock, "192.0.2.77").sign_in(AMIRA).status_code == 303


def test_an_account_opens_again_by_itself_after_a_quarter_of_an_hour_at_most(clock, amira):
    attacker = Browser(clock, "203.0.113.9")
    for _ in range(200):
        attacker.sign_in(AMIRA, OTHER)
        clock.on(seconds=40)
    clock.on(minutes=15)
    assert Browser(clock).sign_in(AMIRA).status_code == 303


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


def test_an_address_in_two_bodies_signs_in_to_the_older_one_that_has_an_account(world, clock):
    uma = with_passphrase(world, "uma")
    with writing() as session:
        session.connection().execute(
            update(core(Person)).where(PERSON.id == uma.person_id).values(email=AMIRA)
        )
    with reading() as session:
        assert (
            accounts.by_email(session, email=AMIRA, day=world.now.date()).person_id == uma.person_id
        )
    with_passphrase(world, "amira")
    with reading() as session:
        assert (
            accounts.by_email(session, email=AMIRA, day=world.now.date()).org_id
            == world.viewer("tom").org_id
        )


def test_whoever_left_one_body_signs_in_to_the_other_one_that_has_her_address(world, clock):
    uma, amira = with_passphrase(world, "uma", OTHER), with_passphrase(world, "amira")
    with writing() as session:
        session.connection().execute(
            update(core(Person)).where(PERSON.id == uma.person_id).values(email=AMIRA)
        )
    world.leave("amira")
    browser = Browser(clock)
    assert browser.sign_in(AMIRA, GOOD).status_code == 403
    assert browser.sign_in(AMIRA, OTHER).status_code == 303
    for chosen in (True, False):
        with reading() as session:
            found = accounts.by_email(session, email=AMIRA, day=world.now.date(), chosen=chosen)
            assert (found.org_id, found.person_id) == (uma.org_id, uma.person_id) != amira.org_id


def test_who_was_only_invited_by_one_body_has_her_link_sent_by_the_one_where_she_signs_in(
    world, clock
):
    uma, amira = with_passphrase(world, "uma"), world.viewer("amira")
    with writing() as session:
        session.connection().execute(
            update(core(Person)).where(PERSON.id == uma.person_id).values(email=AMIRA)
        )
        accounts.prepare(session, org_id=amira.org_id, person_id=amira.person_id, now=world.now)
    with reading() as session:
        found = links.forgotten(session, email=AMIRA, now=world.now)
    assert found.org_id == uma.org_id


def test_an_address_that_no_table_can_hold_is_nobodys(world, clock, database):
    browser = Browser(clock)
    for email in ("a\0b@fernleigh.example", AMIRA + "\0"):
        assert browser.sign_in(email).status_code == 403
        assert browser.post("/auth/forgotten", email=email).status_code == 200
