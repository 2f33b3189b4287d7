"""Who is asking: a person with the roles she has today, and how far each reaches."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import whois
from modules import days, words
from modules.access.roles import GRANTED, Role
from modules.agreement.current import agreed
from modules.basics import NEUTRAL, BadInput


@dataclass(frozen=True)
class Grant:
    """A role that somebody was given, and how far it reaches."""

    role: Role
    # The top of the subtree that it reaches; None for the whole organisation.
    unit_id: uuid.UUID | None = None
    # For an auditor: whether names stand beside the evidence. Never, where it is not agreed.
    names: bool = False


@dataclass(frozen=True)
class Scope:
    """How far a viewer's right reaches: everywhere, or into the subtrees of these units."""

    whole: bool = False
    units: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Viewer:
    """Who is asking. Read from the database at every run, never remembered."""

    org_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    given_name: str
    email: str
    roles: frozenset[Role]
    organisation: str
    zone: str
    language: str
    invented: bool
    # The role path she follows.
    path: str = "A"
    # The law whose notes her organisation reads: neutral, eu or uk.
    jurisdiction: str = NEUTRAL
    grants: tuple[Grant, ...] = ()
    # Her own time zone; "" where she has her organisation's.
    own_zone: str = ""
    # How many revisions of modules her organisation has: when it grows, its course has changed.
    revisions: int = 0

    @property
    def clock(self) -> str:
        """The zone in which she reads times of day. Days are those of her organisation."""
        return self.own_zone or self.zone

    def scope(self, roles: frozenset[Role]) -> Scope:
        """How far the viewer's grants of these roles reach together; nowhere without a grant."""
        held = [one.unit_id for one in self.grants if one.role in roles & self.roles]
        return Scope(None in held, frozenset(unit for unit in held if unit is not None))

    def today(self, now: datetime) -> date:
        """The date in the organisation's zone: what due dates are compared with."""
        return now.astimezone(ZoneInfo(self.zone)).date()


def viewer_of(person: whois.Known) -> Viewer:
    """A person with the roles she has today."""
    grants = tuple(
        Grant(Role(one.role), one.unit_id, one.names and agreed().names.auditors_see_names)
        for one in person.grants
        if one.role in set(GRANTED)
    )
    granted = {one.role for one in grants}
    manages = {Role.MANAGER} if person.has_reports else set()
    return Viewer(
        org_id=person.org_id,
        person_id=person.person_id,
        name=person.name,
        # A directory may know a name without its parts.
        given_name=person.given_name or person.name.split()[0],
        email=person.email,
        roles=frozenset({Role.LEARNER} | granted | manages),
        organisation=person.organisation,
        zone=person.zone,
        # Her own where words are written in it, otherwise her organisation's.
        language=words.written(person.own_language) or person.language,
        invented=person.invented,
        path=person.path,
        jurisdiction=person.jurisdiction,
        grants=grants,
        # Zones come and go; one that is no longer known would stop every page.
        own_zone=days.zone(person.own_zone or "") or "",
        revisions=person.revisions,
    )


def rights_of(viewer: Viewer) -> str:
    """The viewer's rights in a few characters: when they change, so does her token.

    SHA-256 over her roles and how far each reaches, in order.
    """
    held = sorted(f"{one.role} {one.unit_id} {one.names}" for one in viewer.grants)
    text = "\n".join([*sorted(viewer.roles), "", *held])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def by_token(session: Session, *, token_hash: str, now: datetime) -> Viewer | None:
    """The viewer behind a sign-in; None when it ended or expired, or the person has left."""
    person = whois.by_token(session, token_hash=token_hash, now=now)
    return viewer_of(person) if person else None


def by_email(session: Session, *, email: str, now: datetime) -> Viewer:
    """The viewer with this address, for commands. Raises `BadInput` when there is none."""
    person = whois.by_email(session, email=email, now=now)
    if person is None:
        raise BadInput(f"Nobody here has the address {email}. Check the spelling.")
    return viewer_of(person)
