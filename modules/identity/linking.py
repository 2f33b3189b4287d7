"""From a provider's claims to a person: by (provider, subject), and by a rule the first time.

Nobody is made here. Who works for the organisation is for its staff list or directory to say; an
account at the provider may be a guest's, a supplier's or a test's, and would have no manager, no
unit and no duties.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import identities, people, sign_ins, whois
from db.tables import Person
from modules.basics import BadInput
from modules.evidence import ways
from modules.evidence.ways import Whose
from modules.identity.providers import Provider
from modules.identity.refusing import Refused, Told
from modules.identity.tokens import subject, text


def organisation_of(session: Session, provider: Provider) -> uuid.UUID:
    """The organisation that a provider is for. Raises `BadInput`."""
    found = [
        one.id
        for one in people.organisations(session)
        if provider.organisation in (one.name, str(one.id))
    ]
    if len(found) != 1:
        what = "is not here" if not found else "is the name of several: write its id"
        raise BadInput(
            f"The organisation “{provider.organisation}” of provider {provider.name} {what}."
        )
    return found[0]


def needs(provider: Provider, claims: Mapping[str, Any]) -> bool:
    """Whether the rule needs a claim that the ID token does not carry."""
    wanted = {"email": "email", "employee-number": provider.employee_number_claim}
    return provider.link in wanted and wanted[provider.link] not in claims


def vouched(provider: Provider, claims: Mapping[str, Any]) -> str:
    """The address that the provider vouches for; "" when it does not.

    Either it says that it has verified it, or the address is in a domain that it owns. An address
    that it calls unverified is none, whatever its domain.
    """
    email = text(claims, "email").casefold()
    said = claims.get("email_verified")
    if said is True and (not provider.owns_addresses or owned(provider, email)):
        return email
    return email if said is None and owned(provider, email) else ""


def owned(provider: Provider, email: str) -> bool:
    """Whether an address is in one of the provider's own domains."""
    return email.count("@") == 1 and email.partition("@")[2] in provider.owns_addresses


def person(
    session: Session, provider: Provider, claims: Mapping[str, Any], now: datetime
) -> whois.Known:
    """Who this is, today. Raises `Refused` for an unknown subject and for who has left alike.

    Needs a writing session: the first time, the identity is written down.
    """
    try:
        org_id = organisation_of(session, provider)
    except BadInput as bad:
        raise Refused(Told.DOWN, "the provider's organisation is not here") from bad
    name = subject(claims, provider)
    holder = identities.holder(session, provider=provider.name, subject=name, org_id=org_id)
    if holder is None:
        holder = _first_time(session, provider, claims, org_id)
        known = whois.by_id(session, org_id=org_id, person_id=holder, now=now)
        if known:
            _link(session, provider, name, known, now)
    else:
        known = whois.by_id(session, org_id=org_id, person_id=holder, now=now)
    if known is None:
        raise Refused(Told.UNKNOWN, "the person has left")
    return known


def _link(
    session: Session, provider: Provider, name: str, known: whois.Known, now: datetime
) -> None:
    """Write an identity down. Raises `Refused` when it is somebody else's."""
    if identities.link(
        session,
        provider=provider.name,
        subject=name,
        org_id=known.org_id,
        person_id=known.person_id,
        now=now,
    ):
        whose = Whose(known.org_id, known.person_id, known.name, known.email)
        ways.linked(session, whose, provider=provider.name, now=now)
        return
    # Another tab of hers may have been a moment earlier.
    holder = identities.holder(session, provider=provider.name, subject=name, org_id=known.org_id)
    if holder != known.person_id:
        raise Refused(Told.UNKNOWN, "the subject stands for somebody else")


def _first_time(
    session: Session, provider: Provider, claims: Mapping[str, Any], org_id: uuid.UUID
) -> uuid.UUID:
    """The person whom the provider's rule finds. Raises `Refused`."""
    if provider.link == "email":
        email = vouched(provider, claims)
        if not email:
            raise Refused(Told.UNKNOWN, "unknown subject, and no address that can be trusted")
        found = identities.candidates(session, org_id=org_id, email=email)
    elif provider.link == "employee-number":
        number = text(claims, provider.employee_number_claim)
        found = identities.candidates(session, org_id=org_id, employee_number=number)
    else:
        raise Refused(Told.UNKNOWN, "unknown subject, to be linked by an administrator")
    if len(found) != 1:
        raise Refused(Told.UNKNOWN, "unknown subject, and the rule finds nobody")
    if identities.known_at(session, provider=provider.name, org_id=org_id, person_id=found[0]):
        # An address that was given to somebody new must not open the old one's record.
        raise Refused(Told.UNKNOWN, "another subject stands for this person already")
    return found[0]


def forget(
    session: Session, provider: Provider, *, org_id: uuid.UUID, person_id: uuid.UUID, now: datetime
) -> int:
    """Take a person's identities at a provider away with the sign-ins from there; how many."""
    sign_ins.end_at_provider(
        session,
        org_id=org_id,
        person_id=person_id,
        provider=provider.name,
        nameless=False,
        now=now,
    )
    gone = identities.unlink(session, provider=provider.name, org_id=org_id, person_id=person_id)
    if gone:
        whose = whose_of(session, org_id=org_id, person_id=person_id)
        ways.unlinked(session, whose, provider=provider.name, now=now)
    return gone


def whose_of(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> Whose:
    """Who somebody is for the evidence, whether she works here or has left."""
    person = session.get_one(Person, (org_id, person_id))
    return Whose(org_id, person_id, person.name, person.email)
