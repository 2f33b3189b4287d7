"""What a provider says of itself and its keys: discovered, checked, kept for an hour."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from pydantic import BaseModel, ConfigDict, ValidationError

from modules.identity import fetching
from modules.identity.providers import Provider, near, safe_url
from modules.identity.refusing import Refused, Told

Key = RSAKey | ECKey
FRESH = timedelta(hours=1)
# Where the provider does not answer, what it said before is used for so long.
STALE = timedelta(hours=24)
# A key that nobody knows may be a new one, or made up: we ask this often at most.
AGAIN = timedelta(seconds=30)
# So long we do not knock again at a provider that did not answer.
PAUSE = timedelta(seconds=10)
ENDPOINTS = (
    "authorization_endpoint",
    "token_endpoint",
    "jwks_uri",
    "userinfo_endpoint",
    "end_session_endpoint",
)
PATH = "/.well-known/openid-configuration"


class Metadata(BaseModel):
    """The parts of a discovery document that we use; others are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    authorization_response_iss_parameter_supported: bool = False
    backchannel_logout_supported: bool = False
    frontchannel_logout_supported: bool = False
    code_challenge_methods_supported: list[str] = []
    id_token_signing_alg_values_supported: list[str] = []
    scopes_supported: list[str] = []
    # The standard's default, for documents that leave it out.
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]


def discover(provider: Provider) -> Metadata:
    """The provider's discovery document, now. Raises `Refused`."""
    found = fetching.ask("GET", provider.issuer.rstrip("/") + PATH)
    try:
        told = Metadata.model_validate(found)
    except ValidationError as error:
        places = ", ".join(str(one["loc"][0]) for one in error.errors(include_input=False))
        raise Refused(Told.DOWN, f"the discovery document is not sound: {places}") from None
    if told.issuer != provider.issuer:
        raise Refused(Told.WRONG, "the discovery document names another issuer")
    for name in ENDPOINTS:
        url = getattr(told, name)
        if url and not safe_url(url):
            raise Refused(Told.DOWN, f"the discovery document's {name} has no TLS")
        # What listens on this machine is for itself: no stranger sends us there.
        if url and near(url) and not near(provider.issuer):
            raise Refused(Told.DOWN, f"the discovery document's {name} leads to this machine")
    return told


def public_keys(found: dict[str, Any]) -> dict[str, tuple[Key, str]]:
    """The keys that can check signatures, by kid, each with the algorithm it is bound to or "".

    Left out: shared secrets, keys for encryption, RSA below 2048 bits, what cannot be read. Keys
    without a kid are called #0, #1 and so on.
    """
    kept: dict[str, tuple[Key, str]] = {}
    listed = found.get("keys")
    for number, one in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(one, dict) or one.get("use", "sig") != "sig" or "d" in one:
            continue
        if "key_ops" in one and "verify" not in one["key_ops"]:
            continue
        # Only what makes the key: its other fields are the provider's own affair.
        parts = {name: one[name] for name in ("kty", "n", "e", "crv", "x", "y") if name in one}
        made: Key
        try:
            if one.get("kty") == "RSA":
                made = RSAKey.import_key(parts)
                if made.public_key.key_size < 2048:
                    continue
            elif one.get("kty") == "EC":
                made = ECKey.import_key(parts)
            else:
                continue
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        kept[str(one.get("kid", f"#{number}"))] = (made, str(one.get("alg", "")))
    return kept


@dataclass
class Known:
    """What this process knows of one provider, and when it last asked."""

    metadata: Metadata | None = None
    asked: datetime | None = None
    keys: dict[str, tuple[Key, str]] = field(default_factory=dict)
    keys_asked: datetime | None = None
    # When an unknown key last made us ask.
    wondered: datetime | None = None
    failed: datetime | None = None
    keys_failed: datetime | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_known: dict[tuple[str, str], Known] = {}
_all = threading.Lock()


def known(provider: Provider) -> Known:
    """What is remembered of a provider."""
    with _all:
        return _known.setdefault((provider.name, provider.issuer), Known())


def forget() -> None:
    """Forget every provider, as at a start."""
    with _all:
        _known.clear()


def of(provider: Provider, now: datetime) -> Metadata:
    """The provider's document, at most an hour old; up to a day old where it does not answer."""
    mine = known(provider)
    with mine.lock:
        if mine.metadata and mine.asked and now - mine.asked < FRESH:
            return mine.metadata
        if mine.failed and now - mine.failed < PAUSE:
            if mine.metadata:
                return mine.metadata
            raise Refused(Told.DOWN, "the provider did not answer a moment ago")
        try:
            mine.metadata, mine.asked, mine.failed = discover(provider), now, None
        except Refused as refused:
            mine.failed = now
            old = mine.metadata is None or mine.asked is None or now - mine.asked > STALE
            if old or refused.told is not Told.DOWN:
                raise
        assert mine.metadata is not None
        return mine.metadata


def keys_of(
    provider: Provider, now: datetime, *, missing: str | None = None
) -> dict[str, tuple[Key, str]]:
    """The provider's keys, at most an hour old.

    ``missing`` is a kid that they lack: they are asked for again, unless that was a moment ago.
    """
    address = of(provider, now).jwks_uri
    mine = known(provider)
    with mine.lock:
        age = now - mine.keys_asked if mine.keys_asked else None
        due = age is None or age >= FRESH
        if missing is not None and missing not in mine.keys:
            rested = mine.wondered is None or now - mine.wondered >= AGAIN
            mine.wondered, due = (now if rested else mine.wondered), due or rested
        usable = age is not None and age <= STALE
        if due and mine.keys_failed and now - mine.keys_failed < PAUSE:
            if not usable:
                raise Refused(Told.DOWN, "the provider did not answer a moment ago")
            due = False
        if due:
            try:
                mine.keys = public_keys(fetching.ask("GET", address))
                mine.keys_asked, mine.keys_failed = now, None
            except Refused:
                mine.keys_failed = now
                if not usable:
                    raise
        return mine.keys
