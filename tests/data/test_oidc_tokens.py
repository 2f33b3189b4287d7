"""Tokens of a provider: what is false or forged signs nobody in, and keys may change."""

from __future__ import annotations

import time

from joserfc.jwk import RSAKey

from tests.data.signing_in import WRONG, refused, sign_in
from tests.forger import confused, curve, key, part
from tests.forger import signed as forged

HOUR = 3600


LIES = [
    {"iss": "https://elsewhere.example"},
    {"iss": None},
    {"aud": "another"},
    {"aud": ["another"]},
    {"aud": []},
    {"aud": None},
    {"aud": ["steward", "another"]},
    {"aud": ["steward", "another"], "azp": "another"},
    {"azp": "another"},
    {"nonce": "another"},
    {"nonce": None},
    {"exp": lambda now: now - 61},
    {"exp": None},
    {"exp": "soon"},
    {"exp": True},
    {"iat": lambda now: now + 120},
    {"iat": lambda now: now - 25 * HOUR},
    {"iat": None},
    {"nbf": lambda now: now + 120},
    {"at_hash": "AAAA"},
    {"sub": None},
    {"sub": ""},
    {"sub": 7},
    {"sub": "s" * 256},
    {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}},
]


def test_a_token_that_says_something_else_than_it_must_signs_nobody_in(work):
    now = int(time.time())
    for lies in LIES:
        work.lies = {name: value(now) if callable(value) else value for name, value in lies.items()}
        done = sign_in(work)
        assert (done.answer.status_code, WRONG in done.answer.text) == (403, True), lies
        assert not done.token, lies


def test_clocks_may_differ_by_a_minute(work):
    now = int(time.time())
    work.lies = {"exp": now - 30, "iat": now + 30, "nbf": now + 30}
    assert sign_in(work).name == "Amira Khan"


def test_several_audiences_are_accepted_when_the_token_was_issued_for_us(work):
    work.lies = {"aud": ["steward", "account"], "azp": "steward"}
    assert sign_in(work).name == "Amira Khan"


def unsigned(claims):
    return f"{part({'alg': 'none'})}.{part(claims)}."


def cut_off(claims):
    return f"{part({'alg': 'RS256', 'kid': 'k1'})}.{part(claims)}."


def stranger():
    """A key that calls itself as the provider's own does."""
    return RSAKey.import_key(key("stranger").as_dict(private=True) | {"kid": "k1"})


FORGERIES = {
    "alg none": lambda work: unsigned,
    "no signature": lambda work: cut_off,
    "HS256 with the public key": lambda work: (
        lambda claims: confused(claims, work.keys[0].as_pem(private=False))
    ),
    "HS256 with the published modulus": lambda work: (
        lambda claims: confused(claims, work.keys[0].as_dict(private=False)["n"].encode())
    ),
    "another's key under a known kid": lambda work: lambda claims: forged(claims, stranger()),
    "a key that is published nowhere": lambda work: lambda claims: forged(claims, key("k9")),
    "a key that the token brings itself": lambda work: (
        lambda claims: (
            (mine := stranger()) and forged(claims, mine, jwk=mine.as_dict(private=False))
        )
    ),
    "another kind of key": lambda work: lambda claims: forged(claims, curve(), alg="ES256"),
    "an algorithm that is not listed": lambda work: (
        lambda claims: forged(claims, work.keys[0], alg="RS384")
    ),
    "a critical extension": lambda work: (
        lambda claims: (
            f"{part({'alg': 'RS256', 'kid': 'k1', 'crit': ['x'], 'x': 1})}.{part(claims)}.AAAA"
        )
    ),
    "a token that ends sign-ins": lambda work: (
        lambda claims: forged(claims, work.keys[0], typ="logout+jwt")
    ),
    "no token": lambda work: lambda claims: "nothing",
    "a very long one": lambda work: (
        lambda claims: forged(claims | {"x": "y" * 40000}, work.keys[0])
    ),
}


def test_a_forged_token_signs_nobody_in(work):
    for forgery, made in FORGERIES.items():
        work.sign = made(work)
        done = sign_in(work)
        assert (done.answer.status_code, WRONG in done.answer.text) == (403, True), forgery
        assert not done.token, forgery


def test_a_claim_changed_after_signing_is_found(work):
    def changed(claims):
        head, _, signature = forged(claims, work.keys[0]).split(".")
        return f"{head}.{part(claims | {'sub': 's-marek'})}.{signature}"

    work.sign = changed
    refused(sign_in(work).answer, WRONG)


def test_a_rotated_key_is_fetched_once_and_accepted(work):
    assert sign_in(work).name == "Amira Khan"
    work.keys = [key("k2"), *work.keys]
    assert sign_in(work).name == "Amira Khan"
    assert work.asked.count("/keys") == 2


def test_unknown_keys_do_not_make_us_ask_again_and_again(work):
    assert sign_in(work).name == "Amira Khan"
    work.sign = lambda claims: forged(claims, key("k9"))
    for _ in range(4):
        refused(sign_in(work).answer, WRONG)
    assert work.asked.count("/keys") == 2
    assert work.asked.count("/.well-known/openid-configuration") == 1
