"""The invented year as evidence: what the log would hold, had it been kept from the first day."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from db.proofs import HAND
from modules import evidence
from modules.demo.rows import Rows
from modules.demo.worker import Body

FACTS = ("module", "version", "sha256", "path", "valid_until")


def write(
    session: Session,
    *,
    org_id: uuid.UUID,
    body: Body,
    ids: Mapping[str, uuid.UUID],
    rows: Rows,
    founded: datetime,
    others: Iterable[evidence.Deed] = (),
) -> None:
    """Roles given when the body began, then everything in the order it happened. All at once."""
    names = {
        ids[one.email]: {"name": f"{one.given} {one.family}", "email": one.email}
        for one in body.people
    }
    # What was entered by hand is evidence of its own kind, among the others.
    by_hand = {row["id"] for row in rows.attempts if row["form"] == HAND}
    right = {"unit": None, "names": False, "ends": None}
    given = [
        evidence.Deed(
            "right_given",
            founded,
            ids[one.email],
            {"role": role, **right},
            names[ids[one.email]],
        )
        for one in body.people
        for role in one.roles
    ]
    earned = [
        evidence.Deed(
            "completion",
            row["completed_at"],
            row["person_id"],
            {name: row[name] for name in FACTS},
            names[row["person_id"]],
        )
        for row in rows.completions
        if row["attempt_id"] not in by_hand
    ]
    year = sorted([*earned, *others], key=lambda deed: deed.at)
    evidence.record_all(session, org_id=org_id, deeds=given + year)
