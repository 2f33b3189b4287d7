"""Whatever arrives in a token's place: it is refused, or it is exactly what was signed."""

from __future__ import annotations

import base64
import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from modules.identity import tokens
from modules.identity.metadata import public_keys
from modules.identity.providers import Provider
from modules.identity.refusing import Refused
from tests.forger import LOGOUT, key, signed

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
WORK = Provider(
    name="work",
    title="Work",
    organisation="Fernleigh",
    issuer="https://sign-in.example",
    client_id="steward",
    secret_env="X",
)
KEYS = public_keys({"keys": [key("k1").as_dict(private=False)]})
SOUND = {
    "iss": WORK.issuer,
    "aud": "steward",
    "sub": "s-1",
    "iat": SECONDS,
    "exp": SECONDS + 300,
    "nonce": "n",
}
TOKEN = signed(SOUND, key("k1"))
VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def read(token):
    return tokens.id_token(
        token, provider=WORK, keys=lambda _: KEYS, nonce="n", access_token="", now=NOW
    )


def test_the_sound_token_is_accepted():
    assert read(TOKEN) == SOUND


@given(some.integers(0, len(TOKEN) - 1), some.characters(min_codepoint=33, max_codepoint=0x2FF))
def test_a_token_with_any_one_character_changed_says_nothing_new(place, put):
    with contextlib.suppress(Refused):
        # The last character of a part has bits that count for nothing.
        assert read(TOKEN[:place] + put + TOKEN[place + 1 :]) == SOUND


@given(some.text(max_size=200) | some.lists(some.text(max_size=40), min_size=3).map(".".join))
def test_any_text_is_refused_without_a_fault(text):
    with contextlib.suppress(Refused):
        raise AssertionError(read(text))


@pytest.mark.parametrize(
    "header", ["[" * 20_000, '["alg"]', '"alg"', "7", '{"alg":' * 3_000, '{"alg":"RS256","kid":[]}']
)
def test_a_header_that_is_none_is_refused_without_a_fault(header):
    with pytest.raises(Refused):
        read(f"{base64.urlsafe_b64encode(header.encode()).decode().rstrip('=')}.e30.AAAA")


@given(some.sampled_from([*SOUND, "azp", "nbf", "at_hash", "events"]), VALUES)
def test_any_value_of_a_claim_ends_in_a_refusal_or_a_sound_token(name, value):
    token = signed({**SOUND, name: value}, key("k1"))
    with contextlib.suppress(Refused):
        found = read(token)
        assert found["iss"] == WORK.issuer
        assert "steward" in found["aud"]
        assert tokens.subject(found, WORK)


@given(
    some.dictionaries(some.sampled_from(["sub", "sid", "jti", "events", "exp", "nonce"]), VALUES)
)
def test_any_claims_of_a_logout_token_end_in_a_refusal_or_name_somebody(claims):
    sound = {"iss": WORK.issuer, "aud": "steward", "iat": SECONDS, "events": {LOGOUT: {}}}
    token = signed({**sound, **claims}, key("k1"), typ="logout+jwt")
    with contextlib.suppress(Refused):
        found = tokens.logout_token(token, provider=WORK, keys=lambda _: KEYS, now=NOW)
        assert tokens.text(found, "sub") or tokens.text(found, "sid")
        assert tokens.text(found, "jti")
