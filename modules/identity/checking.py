"""A provider tried from here, before anybody signs in: what is right, what is not, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from modules.basics import BadInput
from modules.identity import fetching, flow, linking, metadata
from modules.identity.metadata import Metadata
from modules.identity.providers import Provider
from modules.identity.refusing import Refused
from modules.settings import settings

Verdict = Literal["right", "wrong", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    verdict: Verdict
    sentence: str


def right(sentence: str) -> Finding:
    """Nothing to do."""
    return Finding("right", sentence)


def wrong(sentence: str) -> Finding:
    """Nobody can sign in until this is mended."""
    return Finding("wrong", sentence)


def note(sentence: str) -> Finding:
    """Works, and may be better."""
    return Finding("note", sentence)


def addresses(provider: Provider) -> dict[str, str]:
    """What the provider has to know of us, by its usual name."""
    root = settings().public_url.rstrip("/") or f"http://127.0.0.1:{settings().port}"
    own = f"{root}/auth/oidc/{provider.name}"
    return {
        "redirect URI": f"{own}/callback",
        "URI after sign-out": f"{own}/signed-out",
        "back-channel logout": f"{own}/logout",
        "front-channel logout": f"{own}/left",
    }


def check(session: Session, provider: Provider, now: datetime) -> Iterator[Finding]:
    """Everything that can be known without a person: each finding as soon as it stands."""
    yield from _here(session, provider)
    try:
        told = metadata.discover(provider)
    except Refused as refused:
        yield wrong(
            f"{provider.issuer}{metadata.PATH} cannot be used: {refused.reason}. Compare the "
            "issuer letter by letter, the slash at its end too, and try the address from here."
        )
        return
    yield right(f"The provider at {provider.issuer} answers and names itself so.")
    yield from _keys(provider, told)
    yield from _promises(provider, told)
    yield from _secret(provider, told, now)


def _here(session: Session, provider: Provider) -> Iterator[Finding]:
    try:
        linking.organisation_of(session, provider)
        yield right(f"It signs people of {provider.organisation} in.")
    except BadInput as bad:
        yield wrong(str(bad))
    root = settings().public_url
    if not root:
        yield note(
            "STEWARD_PUBLIC_URL is not set: signing in works on this machine alone. Set it to the "
            "address that people open."
        )
    elif not root.startswith("https://"):
        yield note("STEWARD_PUBLIC_URL has no TLS: most providers refuse such a redirect URI.")
    elif not settings().tls:
        yield wrong("STEWARD_PUBLIC_URL has TLS, but STEWARD_TLS is off: set it to true.")
    rules = {
        "never": "Nobody is linked by a rule: use `provider link` for each person.",
        "email": "An unknown account is linked by an address that the provider vouches for.",
        "employee-number": (
            f"An unknown account is linked by its number in {provider.employee_number_claim}."
        ),
    }
    yield right(rules[provider.link])


def _keys(provider: Provider, told: Metadata) -> Iterator[Finding]:
    try:
        found = metadata.public_keys(fetching.ask("GET", told.jwks_uri))
    except Refused as refused:
        yield wrong(f"Its keys at {told.jwks_uri} cannot be read: {refused.reason}.")
        return
    kinds = {key.key_type for key, _ in found.values()}
    wanted = {"EC" if one.startswith("ES") else "RSA" for one in provider.algorithms}
    if not kinds & wanted:
        yield wrong(f"None of its keys fits {', '.join(provider.algorithms)}.")
    else:
        yield right(f"It publishes {len(found)} keys that we can use ({', '.join(sorted(kinds))}).")


def _promises(provider: Provider, told: Metadata) -> Iterator[Finding]:
    signs = set(told.id_token_signing_alg_values_supported)
    if signs and not signs & set(provider.algorithms):
        yield wrong(
            f"It signs with {', '.join(sorted(signs))}; algorithms here allows "
            f"{', '.join(provider.algorithms)}."
        )
    if "S256" in told.code_challenge_methods_supported:
        yield right("It checks PKCE.")
    else:
        yield note("It does not say that it checks PKCE (S256). We send it all the same.")
    if told.authorization_response_iss_parameter_supported:
        yield right("Its answers say where they come from.")
    ways = told.token_endpoint_auth_methods_supported
    if provider.authentication not in ways and provider.authentication != "none":
        yield note(f"It does not list {provider.authentication}; it lists {', '.join(ways)}.")
    if lacks := sorted(set(provider.scopes) - set(told.scopes_supported)):
        yield note(f"It does not list these scopes: {', '.join(lacks)}.")
    if provider.sign_out == "both" and not told.end_session_endpoint:
        yield note("It cannot be asked to sign people out: that ends the sign-in here alone.")
    if told.backchannel_logout_supported:
        yield right(
            "It can tell us when somebody’s session there ends: register the address below."
        )
    elif told.frontchannel_logout_supported:
        yield note("It tells of ended sessions through the browser only (front-channel).")


def _secret(provider: Provider, told: Metadata, now: datetime) -> Iterator[Finding]:
    """Show who we are with a code that nobody gave out: the refusal says what was wrong."""
    try:
        form = {
            "grant_type": "authorization_code",
            "code": "steward-provider-check",
            "redirect_uri": addresses(provider)["redirect URI"],
            "code_verifier": "steward-provider-check-steward-provider-check",
        }
        flow.token_request(provider, told, form, now)
        yield wrong("It gave a token for a code that it never gave out. Do not use it.")
    except (BadInput, OSError, ValueError) as bad:
        yield wrong(f"We cannot prove who we are: {bad}")
    except Refused as refused:
        code = refused.reason.removeprefix("the provider refuses: ")
        if code in ("invalid_grant", "invalid_request"):
            yield right("It knows us by our client id and the way we prove it.")
        elif code in ("invalid_client", "unauthorized_client"):
            yield wrong(f"It does not accept our client id or secret ({code}).")
        else:
            yield note(f"Whether it knows us could not be tried: {refused.reason}.")
