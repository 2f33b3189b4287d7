"""The one table of rights: who may open which page, do which action and call which route.

Deny by default: what is not listed here is refused to everybody. Navigation only hides; every
page, action, command and route calls `require` with its own name.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import people
from modules.agreement.current import agreed
from modules.basics import NEUTRAL, BadInput, Denied


class Role(StrEnum):
    """What somebody is to the organisation. Learner and manager follow from where people work."""

    LEARNER = "learner"
    MANAGER = "manager"
    LEAD = "lead"
    TRAINER = "trainer"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class By(StrEnum):
    """Who else may call a route or a command."""

    ANYBODY = "anybody"  # signed in or not
    CLIENT = "client"  # a program with a bearer token of its own, within its scopes
    OPERATOR = "operator"  # whoever may run programs on the server


Rule = frozenset[Role] | By

EVERYONE = frozenset(Role)
MANAGER = frozenset({Role.MANAGER})
LEAD = frozenset({Role.LEAD})
TRAINER = frozenset({Role.TRAINER})
REVIEWER = frozenset({Role.REVIEWER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
AUDITOR = frozenset({Role.AUDITOR})

# The roles that can be given, each for the whole organisation; these also for one unit's subtree.
GRANTED = (Role.LEAD, Role.TRAINER, Role.REVIEWER, Role.ADMINISTRATOR, Role.AUDITOR)
BY_UNIT = frozenset({Role.LEAD, Role.ADMINISTRATOR, Role.AUDITOR})

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
    "modules": TRAINER | REVIEWER,
    "preview": TRAINER | REVIEWER,
    "reports": TRAINER,
    "people": ADMINISTRATOR,
    "log": ADMINISTRATOR,
    "requests": ADMINISTRATOR,
    "roster": ADMINISTRATOR,
    "evidence": AUDITOR,
    "local": ADMINISTRATOR,
    "examples": ADMINISTRATOR,
    "roles": ADMINISTRATOR,
    "units": ADMINISTRATOR,
    "assign": ADMINISTRATOR,
    "trust": ADMINISTRATOR,
    "directory": ADMINISTRATOR,
    "me": EVERYONE,
    "agreement": EVERYONE,
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
    "manage.person": MANAGER,
    "manage.statistics": LEAD,
    "manage.learning": LEAD,
    "manage.define": LEAD,
    "author.modules": TRAINER | REVIEWER,
    "author.preview": TRAINER | REVIEWER,
    "author.reports": TRAINER,
    "author.answer": TRAINER,
    "admin.people": ADMINISTRATOR,
    "admin.person": ADMINISTRATOR,
    "admin.log": ADMINISTRATOR,
    "admin.requests": ADMINISTRATOR,
    "admin.decide": ADMINISTRATOR,
    "admin.roster": ADMINISTRATOR,
    "admin.roster_import": ADMINISTRATOR,
    "admin.roster_undo": ADMINISTRATOR,
    "admin.evidence": AUDITOR,
    "admin.evidence_export": AUDITOR,
    "admin.local": ADMINISTRATOR,
    "admin.examples": ADMINISTRATOR,
    "admin.law": ADMINISTRATOR,
    "admin.roles": ADMINISTRATOR,
    "admin.deputies": ADMINISTRATOR,
    "admin.units": ADMINISTRATOR,
    "admin.assign": ADMINISTRATOR,
    "admin.trust": ADMINISTRATOR,
    "admin.directory": ADMINISTRATOR,
    "me.record": EVERYONE,
    "me.export": EVERYONE,
    "me.request": EVERYONE,
    "me.agreement": EVERYONE,
    "account.own": EVERYONE,
    "account.invite": ADMINISTRATOR,
}

# What concerns the whole organisation: a role that reaches one unit only does not do here.
WHOLE = frozenset(
    {
        "manage.learning",
        "manage.define",
        "admin.roster",
        "admin.roster_import",
        "admin.roster_undo",
        "admin.local",
        "admin.examples",
        "admin.law",
        "admin.roles",
        "admin.deputies",
        "admin.units",
        "admin.assign",
        "admin.trust",
        "admin.directory",
    }
)

# What a directory sends (RFC 7644, 3.2).
SCIM_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")

# Route -> who may call it.
ROUTES: Mapping[str, Rule] = {
    "GET /healthz": By.ANYBODY,
    "GET /sign-in": By.ANYBODY,
    "POST /auth/demo": By.ANYBODY,
    "POST /auth/local": By.ANYBODY,
    "GET /sign-in/code": By.ANYBODY,
    "POST /auth/code": By.ANYBODY,
    "POST /auth/second-factor": By.ANYBODY,
    "GET /sign-in/forgotten": By.ANYBODY,
    "POST /auth/forgotten": By.ANYBODY,
    "GET /sign-in/choose/{link}": By.ANYBODY,
    "POST /auth/choose": By.ANYBODY,
    "GET /account": EVERYONE,
    "POST /account/passphrase": EVERYONE,
    "GET /account/second-factor": EVERYONE,
    "POST /account/second-factor": EVERYONE,
    "POST /account/second-factor/begin": EVERYONE,
    "POST /account/second-factor/remove": EVERYONE,
    "POST /account/recovery": EVERYONE,
    "POST /account/end": EVERYONE,
    "POST /account/others": EVERYONE,
    "GET /auth/sign-out": By.ANYBODY,
    "POST /auth/sign-out": By.ANYBODY,
    "GET /auth/oidc/{provider}": By.ANYBODY,
    "GET /auth/oidc/{provider}/callback": By.ANYBODY,
    "POST /auth/oidc/{provider}/logout": By.ANYBODY,
    "GET /auth/oidc/{provider}/left": By.ANYBODY,
    "GET /auth/oidc/{provider}/signed-out": By.ANYBODY,
    "GET /auth/still": EVERYONE,
    "GET /favicon.ico": By.ANYBODY,
    "GET /steward.js": By.ANYBODY,
    "GET /steward-forms.js": By.ANYBODY,
    "GET /verify/{code}": By.ANYBODY,
    # How a directory authenticates, which is told before it does (RFC 7643, 5).
    "GET /scim/v2/ServiceProviderConfig": By.ANYBODY,
    **{f"{verb} /scim/v2/{{path:path}}": By.CLIENT for verb in SCIM_VERBS},
    **{f"{verb} /scim/{{path:path}}": By.ANYBODY for verb in SCIM_VERBS},  # a SCIM 404
}

# Command -> who may run it: the operator, or with `--as` somebody with one of these roles.
COMMANDS: Mapping[str, Rule] = {
    "migrate": By.OPERATOR,
    "seed": By.OPERATOR,
    "synth": By.OPERATOR,
    "serve": By.OPERATOR,
    "rights": By.OPERATOR,
    "register": By.OPERATOR,
    "person export": By.OPERATOR,
    "person erase": By.OPERATOR,
    "retention": By.OPERATOR,
    "scrub": By.OPERATOR,
    "organisation add": By.OPERATOR,
    "organisation list": By.OPERATOR,
    "administrator add": By.OPERATOR,
    "account invite": By.OPERATOR,
    "account reset": By.OPERATOR,
    "account sign-out": By.OPERATOR,
    "statistics": By.OPERATOR,
    "trust-pack": By.OPERATOR,
    "agreement key": By.OPERATOR,
    "agreement show": By.OPERATOR,
    "agreement diff": By.OPERATOR,
    "agreement sign": By.OPERATOR,
    "agreement verify": By.OPERATOR,
    "attempt show": By.OPERATOR,
    "attempt replay": By.OPERATOR,
    "content check": By.OPERATOR,
    "content sync": By.OPERATOR,
    "content affected-by": By.OPERATOR,
    "content stats": By.OPERATOR,
    "content guess": By.OPERATOR,
    "provider list": By.OPERATOR,
    "provider check": By.OPERATOR,
    "provider link": By.OPERATOR,
    "provider unlink": By.OPERATOR,
    "people import": By.OPERATOR,
    "people imports": By.OPERATOR,
    "people undo": By.OPERATOR,
    "lab list": By.OPERATOR,
    "lab run": By.OPERATOR,
    "audit key": By.OPERATOR,
    "audit checkpoint": By.OPERATOR,
    "audit export": By.OPERATOR,
    "audit verify": By.OPERATOR,
    "scim client add": By.OPERATOR,
    "scim client list": By.OPERATOR,
    "scim client revoke": By.OPERATOR,
    "answers": EVERYONE,
    "report completion": MANAGER | LEAD,
    "report learning": LEAD,
}


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

    def scope(self, roles: frozenset[Role]) -> Scope:
        """How far the viewer's grants of these roles reach together; nowhere without a grant."""
        held = [one.unit_id for one in self.grants if one.role in roles & self.roles]
        return Scope(None in held, frozenset(unit for unit in held if unit is not None))

    def today(self, now: datetime) -> date:
        """The date in the organisation's zone: what due dates are compared with."""
        return now.astimezone(ZoneInfo(self.zone)).date()


def viewer_of(person: people.Known) -> Viewer:
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
        language=person.language,
        invented=person.invented,
        path=person.path,
        jurisdiction=person.jurisdiction,
        grants=grants,
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
    """Raise `Denied` unless the viewer may do the action, as far as it reaches."""
    if not may(viewer, ACTIONS, action):
        raise Denied(f"action {action}")
    if action in WHOLE and not viewer.scope(ACTIONS[action]).whole:
        raise Denied(f"action {action} for the whole organisation")


def reach(session: Session, viewer: Viewer, action: str) -> frozenset[uuid.UUID] | None:
    """The units whose people the viewer may see by an action; None for the whole organisation.

    Empty when her roles reach nowhere. Units below a granted one are found as the tree is today.
    """
    scope = viewer.scope(ACTIONS.get(action, frozenset()))
    if scope.whole:
        return None
    return people.subtree(session, org_id=viewer.org_id, units=scope.units)
