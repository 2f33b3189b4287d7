"""Signing in with a pass-phrase: in and on, and one answer for all who may not."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from db import accounts
from db.engine import reading, writing
from db.people import PERSON
from db.tables import Account, Brake, OneTime, Person, core
from modules.identity import links, passphrases
from modules.shell import session as signed
from tests.counting import counting
from tests.data.accounts import AMIRA, GOOD, OTHER, Browser, every_value, kept, with_passphrase


def test_address_and_pass_phrase_sign_in_and_lead_on(clock, holder):
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
def test_nobody_is_led_to_another_site(clock, holder, wanted):
    assert Browser(clock).sign_in(AMIRA, next=wanted).headers["location"] == "/"


def test_a_form_from_another_site_or_without_its_token_is_refused(clock, holder):
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
    world, clock, holder, which, monkeypatch
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


def test_a_pass_phrase_is_in_no_table_and_a_token_neither(world, clock, holder):
    browser = Browser(clock)
    browser.sign_in(AMIRA)
    token = browser.client.cookies[signed.COOKIE]
    held = every_value(*(core(one) for one in (Account, OneTime, Brake)))
    assert GOOD not in held
    assert token not in held
    assert AMIRA not in held


def test_a_hash_with_older_parameters_is_made_again_at_the_sign_in(world, clock, holder):
    from argon2 import PasswordHasher

    from db.engine import writing

    old = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(
        passphrases._keyed(GOOD)
    )
    with writing() as session:
        accounts.set_hash(
            session, org_id=holder.org_id, person_id=holder.person_id, hashed=old, now=world.now
        )
    assert Browser(clock).sign_in(AMIRA).status_code == 303
    fresh = kept(world, "amira").hash
    assert fresh.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    assert passphrases.fits(fresh, GOOD)


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
