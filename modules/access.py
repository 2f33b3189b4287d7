"""The one table of rights: who may open which page, do which action and call which route.

Deny by default: what is not listed here is refused to everybody. Navigation only hides; every
page, action, command and route calls `require` with its own name.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import people
from modules.basics import NEUTRAL, BadInput, Denied


class Role(StrEnum):
    """What somebody is to the organisation. Learner and manager follow from where people work."""

    LEARNER = "learner"
    MANAGER = "manager"
    LEAD = "lead"
    TRAINER = "trainer"
    ADMINISTRATOR = "administrator"


EVERYONE = frozenset(Role)
MANAGER = frozenset({Role.MANAGER})
LEAD = frozenset({Role.LEAD})
TRAINER = frozenset({Role.TRAINER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

# Page (its address) -> the roles that may open it.
PAGES: Mapping[str, frozenset[Role]] = {
    "home": EVERYONE,
    "lesson": EVERYONE,
    "completion": EVERYONE,
    "review": EVERYONE,
    "receipts": EVERYONE,
    "citizen": EVERYONE,
    "search": EVERYONE,
    "aids": EVERYONE,
    "aid": EVERYONE,
    "glossary": EVERYONE,
    "read": EVERYONE,
    "team": MANAGER,
    "organisation": LEAD,
    "modules": TRAINER,
    "preview": TRAINER,
    "reports": TRAINER,
    "people": ADMINISTRATOR,
    "log": ADMINISTRATOR,
    "local": ADMINISTRATOR,
    "examples": ADMINISTRATOR,
    "me": EVERYONE,
}

# Action -> the roles that may do it. Scope is the action's own affair: a learner acts on herself,
# a manager on the people who report to him, everybody inside one organisation.
ACTIONS: Mapping[str, frozenset[Role]] = {
    "learn.path": EVERYONE,
    "learn.open": EVERYONE,
    "learn.save": EVERYONE,
    "learn.submit": EVERYONE,
    "learn.answers": EVERYONE,
    "learn.review": EVERYONE,
    "learn.delayed": EVERYONE,
    "learn.test_out": EVERYONE,
    "learn.receipts": EVERYONE,
    "learn.citizen": EVERYONE,
    "learn.certificate": EVERYONE,
    "learn.share": EVERYONE,
    "learn.help": EVERYONE,
    "learn.note": EVERYONE,
    "learn.calibration": EVERYONE,
    "learn.aids": EVERYONE,
    "learn.glossary": EVERYONE,
    "learn.search": EVERYONE,
    "learn.report": EVERYONE,
    "manage.team": MANAGER,
    "manage.remind": MANAGER,
    "manage.statistics": LEAD,
    "manage.define": LEAD,
    "author.modules": TRAINER,
    "author.preview": TRAINER,
    "author.reports": TRAINER,
    "author.answer": TRAINER,
    "admin.people": ADMINISTRATOR,
    "admin.person": ADMINISTRATOR,
    "admin.log": ADMINISTRATOR,
    "admin.local": ADMINISTRATOR,
    "admin.examples": ADMINISTRATOR,
    "admin.law": ADMINISTRATOR,
    "me.record": EVERYONE,
}

# Route -> the roles that may call it; None is for everybody, signed in or not.
ROUTES: Mapping[str, frozenset[Role] | None] = {
    "GET /healthz": None,
    "GET /sign-in": None,
    "POST /auth/demo": None,
    "GET /auth/sign-out": None,
    "POST /auth/sign-out": None,
    "GET /favicon.ico": None,
    "GET /steward.js": None,
    "GET /verify/{code}": None,
}


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

    def today(self, now: datetime) -> date:
        """The date in the organisation's zone: what due dates are compared with."""
        return now.astimezone(ZoneInfo(self.zone)).date()


def viewer_of(person: people.Known) -> Viewer:
    """A person with the roles she has today."""
    granted = {Role(role) for role in person.roles if role in set(Role)}
    manages = {Role.MANAGER} if person.has_reports else set()
    return Viewer(
        org_id=person.org_id,
        person_id=person.person_id,
        name=person.name,
        given_name=person.given_name,
        email=person.email,
        roles=frozenset({Role.LEARNER} | granted | manages),
        organisation=person.organisation,
        zone=person.zone,
        language=person.language,
        invented=person.invented,
        path=person.path,
        jurisdiction=person.jurisdiction,
    )


def by_token(session: Session, *, token_hash: str, now: datetime) -> Viewer | None:
    """The viewer behind a sign-in; None when it ended or expired, or the person has left."""
    person = people.by_token(session, token_hash=token_hash, now=now)
    return viewer_of(person) if person else None


def by_email(session: Session, *, email: str, now: datetime) -> Viewer:
    """The viewer with this address, for commands. Raises `BadInput` when there is none."""
    person = people.by_email(session, email=email, now=now)
    if person is None:
        raise BadInput(f"Nobody here has the address {email}. Check the spelling.")
    return viewer_of(person)


def may(viewer: Viewer, table: Mapping[str, frozenset[Role]], name: str) -> bool:
    """Whether one of the viewer's roles is listed for this page or action."""
    return bool(viewer.roles & table.get(name, frozenset()))


def require_page(viewer: Viewer, page: str) -> None:
    """Raise `Denied` unless the viewer may open the page."""
    if not may(viewer, PAGES, page):
        raise Denied(f"page {page}")


def require(viewer: Viewer, action: str) -> None:
    """Raise `Denied` unless the viewer may do the action."""
    if not may(viewer, ACTIONS, action):
        raise Denied(f"action {action}")
