"""Tokens that a provider signed: whose, for whom, from when to when, in answer to what."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from modules.identity.metadata import Key
from modules.identity.providers import Provider
from modules.identity.refusing import Refused, Told

LEEWAY = timedelta(seconds=60)  # clocks differ
OLDEST = timedelta(hours=24)  # an ID token that was made longer ago answers no question of today
LOGOUT_OLDEST = timedelta(minutes=10)
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LONGEST = 32 * 1024  # bytes; the longest seen in the wild, with hundreds of groups, has about 12 KB

Keys = Callable[[str | None], Mapping[str, tuple[Key, str]]]
"""The provider's keys; given a kid that they lack, those it has now."""


def wrong(reason: str) -> Refused:
    """An answer that cannot be trusted."""
    return Refused(Told.WRONG, reason)


def opened(token: str, provider: Provider, keys: Keys) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a token whose signature is the provider's. Raises `Refused`."""
    if len(token) > LONGEST or token.count(".") != 2:
        raise wrong("not a signed token")
    try:
        found = jws.extract_compact(token.encode())
        # Any JSON may stand in its place.
        header = found.headers() if isinstance(found.protected, dict) else {}
    except (JoseError, ValueError) as error:
        raise wrong("not a signed token") from error
    alg, kid = header.get("alg"), header.get("kid")
    if not isinstance(alg, str) or alg not in provider.algorithms:
        raise wrong("signed in a way that is not allowed")
    if "crit" in header:
        raise wrong("asks for an extension that we do not know")
    key = chosen(keys, alg, kid if isinstance(kid, str) else None)
    try:
        checked = jws.deserialize_compact(token.encode(), key, algorithms=[alg])
        claims = json.loads(checked.payload or b"")
    except (JoseError, ValueError, RecursionError) as error:
        raise wrong(f"the signature does not hold: {type(error).__name__}") from error
    if not isinstance(claims, dict):
        raise wrong("the token holds no claims")
    return dict(header), claims


def chosen(keys: Keys, alg: str, kid: str | None) -> Key:
    """The one key that a token says it was signed with."""
    kind = "EC" if alg.startswith("ES") else "RSA"

    def fitting(found: Mapping[str, tuple[Key, str]]) -> list[Key]:
        return [
            key
            for name, (key, bound) in found.items()
            if key.key_type == kind and bound in ("", alg) and kid in (None, name)
        ]

    found = fitting(keys(None)) or fitting(keys(kid or ""))
    if len(found) != 1:
        raise wrong("the key is unknown" if not found else "the token does not say which key")
    return found[0]


def moment(claims: Mapping[str, Any], name: str) -> datetime | None:
    """A claim in seconds since 1970; None when there is none. Raises `Refused`."""
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1 << 36:
        raise wrong(f"{name} is no moment")
    return datetime.fromtimestamp(value, UTC)


def _shared(
    claims: Mapping[str, Any], provider: Provider, now: datetime, *, oldest: timedelta
) -> None:
    """What every token of a provider must say: issuer, audience, times."""
    if claims.get("iss") != provider.issuer:
        raise wrong("another issuer")
    said = claims.get("aud")
    audience = [said] if isinstance(said, str) else said
    if not isinstance(audience, list) or provider.client_id not in audience:
        raise wrong("another audience")
    if len(audience) > 1 and "azp" not in claims:
        raise wrong("several audiences, and nobody says for whom")
    if "azp" in claims and claims["azp"] != provider.client_id:
        raise wrong("issued for another party")
    expires, made, begins = (moment(claims, name) for name in ("exp", "iat", "nbf"))
    if expires is not None and now >= expires + LEEWAY:
        raise wrong("expired")
    if made is None or made > now + LEEWAY or made < now - oldest - LEEWAY:
        raise wrong("made at another time")
    if begins is not None and begins > now + LEEWAY:
        raise wrong("not valid yet")


def id_token(
    token: str, *, provider: Provider, keys: Keys, nonce: str, access_token: str, now: datetime
) -> dict[str, Any]:
    """The claims of an ID token that answers our question. Raises `Refused`.

    OpenID Connect Core 1.0, 3.1.3.7 and 3.1.3.8. Times may differ by 60 s.
    """
    header, claims = opened(token, provider, keys)
    if str(header.get("typ", "JWT")).lower() not in ("jwt", "application/jwt") or LOGOUT in str(
        claims.get("events", "")
    ):
        raise wrong("a token of another kind")
    _shared(claims, provider, now, oldest=OLDEST)
    if claims.get("exp") is None:
        raise wrong("never expires")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise wrong("answers another question")
    if "at_hash" in claims and claims["at_hash"] != half_hash(access_token, header["alg"]):
        raise wrong("belongs to another access token")
    for claim, allowed in provider.require.items():
        if claims.get(claim) not in allowed:
            raise Refused(Told.UNKNOWN, f"{claim} is not one that is allowed")
    return claims


def logout_token(token: str, *, provider: Provider, keys: Keys, now: datetime) -> dict[str, Any]:
    """The claims of a logout token. Raises `Refused`. Back-Channel Logout 1.0, 2.6."""
    header, claims = opened(token, provider, keys)
    if str(header.get("typ", "JWT")).lower().removeprefix("application/") not in (
        "logout+jwt",
        "jwt",
    ):
        raise wrong("a token of another kind")
    _shared(claims, provider, now, oldest=LOGOUT_OLDEST)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict):
        raise wrong("no logout token")
    if "nonce" in claims:
        raise wrong("a logout token with a nonce")
    if not isinstance(claims.get("jti"), str) or not 0 < len(claims["jti"]) <= 255:
        raise wrong("a logout token without its number")
    if not (text(claims, "sid") or text(claims, "sub")):
        raise wrong("a logout token that names nobody")
    return claims


def text(claims: Mapping[str, Any], name: str) -> str:
    """A claim that is a text of 1 to 255 characters; "" for any other."""
    value = claims.get(name)
    return value if isinstance(value, str) and 0 < len(value) <= 255 else ""


def subject(claims: Mapping[str, Any], provider: Provider) -> str:
    """How the provider names this person: the configured claims, joined. Raises `Refused`."""
    parts = [text(claims, name) for name in provider.subject]
    if not all(parts):
        raise wrong("no subject")
    return joined(parts)


def joined(parts: list[str]) -> str:
    """A subject of one claim as it is; of several, as a list that can be read in one way only."""
    return parts[0] if len(parts) == 1 else json.dumps(parts, separators=(",", ":"))


def half_hash(value: str, alg: str) -> str:
    """The left half of a hash, as at_hash has it; the hash is the signature's own."""
    digest = hashlib.new(f"sha{alg[2:]}", value.encode("ascii", "replace")).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
