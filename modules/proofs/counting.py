"""Until when training that took place elsewhere counts, by the rule that asks for the module."""

from __future__ import annotations

import uuid
from datetime import date

from sqlmodel import Session

from db import enrolments
from modules.progress.standing import months_after
from modules.settings import settings


def counts_until(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str, on: date
) -> date:
    """The last day on which it counts; never shorter than what she has already."""
    found = enrolments.completions(session, org_id=org_id, person_ids=[person_id], module=module)
    held = [one.valid_until for one in found]
    return max([months_after(on, settings().valid_months), *held])
