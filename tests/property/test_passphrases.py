"""Which pass-phrases may be chosen, and the schedule of the brake, over whatever people type."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.identity import brakes
from modules.identity import passphrases as rules
from modules.identity.brakes import ACCOUNT, ADDRESS, MAIL

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
NAMES = ("Steward", "Fernleigh District Council", "Amira Khan", "amira.khan@fernleigh.example")
ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)


@pytest.mark.parametrize(
    ("passphrase", "second", "told"),
    [
        ("seven yellow buckets", False, ""),
        ("kettle under the stairs", False, ""),
        ("ключ от старого сарая", False, ""),
        ("猫と犬と雨の日の散歩道を歩く人", False, ""),
        ("🦔🪴🧭🛶🧵🪁🦜🥁🪗🧶🥝🪶🦥🧊🪀", False, ""),
        ("            spaces   count", False, ""),
        ("tea and rain", False, "short"),
        ("tea rain", True, ""),
        ("tea rai", True, "short"),
        ("x" * 300, False, "long"),
        ("aaaaaaaaaaaaaaaaaaaa", False, "repeats"),
        ("abababababababababab", False, "repeats"),
        ("123456789012345678", False, "repeats"),
        ("fedcba9876543210fedcba", False, ""),
        ("Password12345678", False, "common"),
        ("passwordpassword", False, "common"),
        ("PASSWORD-password-Password", False, "common"),
        ("dragondragondragon2026", False, "common"),
        ("Correct Horse Battery Staple", False, "common"),
        ("1q2w3e4r5t6y7u8i", False, "common"),
        ("baseball", True, "common"),
        ("Fernleigh District 2026", False, "named"),
        ("amirakhan-steward", False, "named"),
        ("amira.khan@fernleigh.example", False, "named"),
        ("amira grows tall sunflowers", False, ""),
    ],
)
def test_length_counts_and_what_anybody_would_try_is_refused(passphrase, second, told):
    assert rules.fault(passphrase, second=second, names=NAMES) == told


@given(ANY)
def test_no_rule_of_composition_long_varied_text_of_any_script_is_taken(text):
    told = rules.fault(text, second=False, names=NAMES)
    assert told in {"", "short", "long", "repeats", "common", "named", "unreadable"}
    if 15 <= rules.length(text) <= rules.MOST:
        assert told not in {"short", "long"}
    # A phrase of words nobody lists makes any text long and varied enough.
    short = "".join(one for one in text[:100] if one.isalnum())
    assert rules.fault(f"kettle under stairs {short} moss", second=False) == "" or len(short) > 60


@given(ANY)
def test_a_pass_phrase_is_the_same_however_a_keyboard_composes_it(text):
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len({rules.normal(one) for one in forms}) == 1
    assert len({rules.fault(one, second=True, names=NAMES) for one in forms}) == 1


@given(ANY, st.booleans())
def test_where_a_second_factor_is_asked_for_nothing_is_refused_that_was_good_without(text, _):
    if rules.fault(text, second=False) == "":
        assert rules.fault(text, second=True) == ""


def test_a_hash_names_its_parameters_differs_each_time_and_fits_only_its_pass_phrase():
    one, two = rules.hashed("kettle under the stairs"), rules.hashed("kettle under the stairs")
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one != two
    assert rules.fits(one, "kettle under the stairs")
    assert not rules.fits(one, "kettle under the stair")
    assert not rules.fits(one, "Kettle under the stairs")
    # e + acute and é, full-width k: what the eye takes for the same is the same.
    assert rules.fits(rules.hashed("cafe\u0301 on the corner"), "caf\u00e9 on the corner")
    assert not rules.fits(None, "kettle under the stairs")
    assert not rules.fits("no hash at all", "kettle under the stairs")
    # The whole of it counts: nothing is cut off.
    assert not rules.fits(rules.hashed("a" * 150 + "b"), "a" * 150 + "c")


def test_a_hash_made_with_other_parameters_is_made_again():
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    assert rules.outdated(weak.hash("x"))
    assert not rules.outdated(rules.hashed("x"))


def test_the_hash_is_under_the_installations_key(monkeypatch):
    made = rules.hashed("kettle under the stairs")
    monkeypatch.setattr(rules, "key_for", lambda _: b"another key")
    assert not rules.fits(made, "kettle under the stairs")


SCHEDULES = st.sampled_from([ACCOUNT, ADDRESS, MAIL])


@given(SCHEDULES, st.integers(0, 10**6))
def test_a_wait_never_shrinks_with_failures_and_never_passes_a_quarter_of_an_hour(schedule, n):
    assert schedule.wait(n) <= schedule.wait(n + 1) <= timedelta(minutes=15)
    assert (schedule.wait(n) == timedelta()) == (n <= schedule.free)


@given(SCHEDULES, st.lists(st.integers(0, 7200), max_size=60))
def test_whatever_an_attacker_does_the_account_opens_within_a_quarter_of_an_hour(schedule, gaps):
    failures, last_at, now = 0, NOW, NOW
    for gap in gaps:
        now += timedelta(seconds=gap)
        failures, free_at = schedule.next(failures, last_at, now)
        last_at = now
        assert now <= free_at <= now + timedelta(minutes=15)
    # And by itself it is as if nothing had been, after less than a day.
    assert schedule.left(failures, last_at, now + timedelta(hours=16)) == 0


@given(SCHEDULES)
def test_tries_as_quick_as_allowed_are_few(schedule):
    failures, last_at, now, tries = 0, NOW, NOW, 0
    while now < NOW + timedelta(days=1):
        failures, free_at = schedule.next(failures, last_at, now)
        last_at, now, tries = now, max(free_at, now + timedelta(milliseconds=1)), tries + 1
    # NIST counts a hundred in a row as the most before something else must happen.
    assert tries <= (130 if schedule.forgives >= timedelta(hours=1) else 1500)


def test_a_brake_reads_the_same_for_any_letter_case_and_shows_nothing():
    made = brakes.key("account", "Amira.Khan@fernleigh.example")
    assert made == brakes.key("account", "amira.khan@FERNLEIGH.example")
    assert made != brakes.key("address", "amira.khan@fernleigh.example")
    assert "amira" not in made


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
    ],
)
def test_a_whole_line_counts_as_one_address(address, network):
    assert brakes.network(address) == network
