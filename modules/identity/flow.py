"""The authorization code flow: the question with PKCE, state and nonce; the code for a token."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from modules.identity import fetching, linking, metadata, tokens
from modules.identity.metadata import Metadata
from modules.identity.providers import Provider
from modules.identity.refusing import Refused, Told

MINUTES = 10
"""So long an answer is waited for."""


@dataclass(frozen=True)
class Question:
    """One question to a provider: all but its address stays here."""

    address: str
    state: str
    nonce: str
    verifier: str


def unpadded(digest: bytes) -> str:
    """A digest in base64 for addresses, without the padding."""
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def with_query(url: str, values: Mapping[str, str]) -> str:
    """An address with these values in its query, beside those that it has."""
    parts = urlsplit(url)
    return urlunsplit(
        parts._replace(query="&".join(filter(None, (parts.query, urlencode(values)))))
    )


def ask(provider: Provider, *, redirect_uri: str, now: datetime) -> Question:
    """A new question. Raises `Refused` when the provider does not answer."""
    told = metadata.of(provider, now)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = unpadded(hashlib.sha256(verifier.encode()).digest())
    address = with_query(
        told.authorization_endpoint,
        {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(provider.scopes),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        },
    )
    return Question(address, state, nonce, verifier)


def check_issuer(provider: Provider, said: str, now: datetime) -> None:
    """Raise `Refused` unless an answer comes from the provider that was asked (RFC 9207)."""
    promised = metadata.of(provider, now).authorization_response_iss_parameter_supported
    if (said or promised) and said != provider.issuer:
        raise Refused(Told.WRONG, "the answer comes from another provider")


def claims(
    provider: Provider,
    *,
    code: str,
    verifier: str,
    nonce: str,
    redirect_uri: str,
    now: datetime,
) -> dict[str, Any]:
    """The checked claims that a code stands for. Raises `Refused`.

    What the linking rule needs and the ID token lacks is asked of the userinfo endpoint. Neither
    token is kept.
    """
    told = metadata.of(provider, now)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    answer = token_request(provider, told, form, now)
    if not isinstance(answer.get("id_token"), str):
        raise Refused(Told.WRONG, "no ID token")
    access = answer.get("access_token")
    access = access if isinstance(access, str) else ""
    found = tokens.id_token(
        answer["id_token"],
        provider=provider,
        keys=lambda kid: metadata.keys_of(provider, now, missing=kid),
        nonce=nonce,
        access_token=access,
        now=now,
    )
    if linking.needs(provider, found) and told.userinfo_endpoint and access:
        more = fetching.ask(
            "GET", told.userinfo_endpoint, headers={"Authorization": f"Bearer {access}"}
        )
        if more.get("sub") != found.get("sub"):
            raise Refused(Told.WRONG, "userinfo about somebody else")
        found = {**more, **found}
    return found


def token_request(
    provider: Provider, told: Metadata, form: dict[str, str], now: datetime
) -> dict[str, Any]:
    """Ask the token endpoint, proving who we are as the provider wants it."""
    url, way = told.token_endpoint, provider.authentication
    if way == "client_secret_basic":
        # RFC 6749, 2.3.1: both are form-encoded before they are joined.
        pair = (quote(provider.client_id, safe=""), quote(provider.secret(), safe=""))
        return fetching.ask("POST", url, form=form, auth=pair)
    form = {**form, "client_id": provider.client_id}
    if way == "client_secret_post":
        form["client_secret"] = provider.secret()
    elif way == "private_key_jwt":
        form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        form["client_assertion"] = assertion(provider, audience=url, now=now)
    return fetching.ask("POST", url, form=form)


def assertion(provider: Provider, *, audience: str, now: datetime) -> str:
    """A short-lived statement, signed with our own key, of who we are (RFC 7523)."""
    pem = Path(provider.key_file).read_bytes()
    kind = ECKey if provider.key_algorithm == "ES256" else RSAKey
    header: dict[str, str] = {"alg": provider.key_algorithm}
    if provider.key_id:
        header["kid"] = provider.key_id
    if provider.certificate_file:
        certificate = x509.load_pem_x509_certificate(Path(provider.certificate_file).read_bytes())
        header["x5t#S256"] = unpadded(certificate.fingerprint(hashes.SHA256()))
    return jwt.encode(
        header,
        {
            "iss": provider.client_id,
            "sub": provider.client_id,
            "aud": audience,
            "jti": secrets.token_urlsafe(16),
            "iat": int(now.timestamp()),
            "exp": int((now + timedelta(minutes=2)).timestamp()),
        },
        kind.import_key(pem),
        algorithms=[provider.key_algorithm],
    )


def farewell(provider: Provider, *, back_to: str, now: datetime) -> str:
    """Where the provider ends its own session and sends her back; "" when it cannot.

    RP-Initiated Logout 1.0 by client_id: no ID token is kept for a hint, so the provider may ask
    her whether she means it.
    """
    if provider.sign_out == "here":
        return ""
    end = metadata.of(provider, now).end_session_endpoint
    if not end:
        return ""
    return with_query(end, {"client_id": provider.client_id, "post_logout_redirect_uri": back_to})
