"""Sign-outs that a provider orders: its session ends, and with it what began there."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from db import identities, sign_in_steps, sign_ins
from modules.basics import BadInput
from modules.identity import linking, metadata, tokens
from modules.identity.providers import Provider
from modules.identity.refusing import Refused, Told


def checked(provider: Provider, token: str, now: datetime) -> dict[str, object]:
    """The claims of a logout token. Raises `Refused`. Asks the provider for keys if need be."""
    return tokens.logout_token(
        token,
        provider=provider,
        keys=lambda kid: metadata.keys_of(provider, now, missing=kid),
        now=now,
    )


def ordered(session: Session, provider: Provider, claims: dict[str, object], now: datetime) -> int:
    """End what a logout token is about; how many sign-ins ended. Raises `Refused` on a replay.

    With `sid` the sign-ins of that session end, and those of the subject whose session has no
    name; with `sub` alone all that the person began at this provider.
    """
    until = now + tokens.LOGOUT_OLDEST + 2 * tokens.LEEWAY
    if not sign_in_steps.first_use(
        session, provider=provider.name, jti=str(claims["jti"]), until=until, now=now
    ):
        raise Refused(Told.WRONG, "a logout token for the second time")
    sid, ended = tokens.text(claims, "sid"), 0
    if sid:
        ended += sign_ins.end_of_provider(session, provider=provider.name, its_session=sid, now=now)
    try:
        org_id = linking.organisation_of(session, provider)
        name = tokens.subject(claims, provider)
    except (BadInput, Refused):
        # Some providers name the session only, or the person by other claims than here.
        return ended
    holder = identities.holder(session, provider=provider.name, subject=name, org_id=org_id)
    if holder is not None:
        ended += sign_ins.end_at_provider(
            session,
            org_id=org_id,
            person_id=holder,
            provider=provider.name,
            nameless=bool(sid),
            now=now,
        )
    return ended
