"""What the trust pack knows of one organisation and of this installation. Read, never typed in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import agreements, counts, local, people
from db.engine import database_url
from modules.agreement import current
from modules.agreement.signing import Signed, Verdict, verify
from modules.basics import BadInput


@dataclass(frozen=True)
class Known:
    """One organisation on one day."""

    organisation: str
    # eu, uk or neutral: whose law its people read.
    law: str
    invented: bool
    people: int
    units: int
    # The smallest group shown: the organisation's own number, or the agreed one if that is higher.
    least: int
    # How many hold a granted role today, by role.
    holders: Mapping[str, int]
    # As an administrator filled it in; "" when nobody did.
    dpo: str
    database: str
    day: date
    agreement: Signed
    verdict: Verdict
    # The day from which this organisation ran under it; None before the first start.
    since: date | None


def chosen(session: Session, name: str) -> uuid.UUID:
    """The organisation of this name; it may be left out where there is one alone.

    Raises BadInput when there is none or the name fits none.
    """
    every = people.organisations(session)
    found = [one for one in every if not name or one.name == name]
    if len(found) == 1:
        return found[0].id
    names = ", ".join(f"“{one.name}”" for one in every) or "none"
    if name and not found:
        raise BadInput(f"There is no organisation “{name}” here. There is: {names}.")
    raise BadInput(f"Say which organisation, with --organisation. There is: {names}.")


def known(session: Session, *, org_id: uuid.UUID, now: datetime) -> Known:
    """Everything about one organisation. Six queries. Raises BadInput when it is gone."""
    body = people.organisation(session, org_id=org_id)
    if body is None:
        raise BadInput("This organisation is gone.")
    zone = ZoneInfo(body.zone)
    today = now.astimezone(zone).date()
    of = current.in_force()
    states = agreements.of_organisation(session, org_id=body.id)
    since = next((one.since for one in reversed(states) if one.sha256 == of.sha256), None)
    own = local.own(session, org_id=body.id, module="").values
    return Known(
        organisation=body.name,
        law=body.jurisdiction,
        invented=body.invented,
        people=counts.people(session, org_id=body.id, day=today),
        units=counts.units(session, org_id=body.id, day=today),
        least=current.at_least(body.least),
        holders=counts.holders(session, org_id=body.id, day=today),
        dpo=own.get("data-protection-officer", ""),
        database="PostgreSQL" if database_url().startswith("postgresql") else "SQLite",
        day=today,
        agreement=of,
        verdict=verify(of),
        since=since.astimezone(zone).date() if since else None,
    )
