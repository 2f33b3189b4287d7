"""Entries about rules: which was published, changed or ended, when, and by whom.

Its audience can name people and its title is typed, so an entry holds neither: it has the hash of
all of it, by which the rule as it was kept is known again.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlmodel import Session

from modules import evidence
from modules.enrolling.wanted import Ruling
from modules.evidence.chain import canonical, sha256


def record(
    session: Session,
    kind: str,
    ruling: Ruling,
    *,
    org_id: uuid.UUID,
    by: uuid.UUID | None,
    by_name: str,
    now: datetime,
    ends: date | None = None,
) -> None:
    """Enter that a rule was published, changed or ended; ``by`` is None for a command."""
    facts: dict[str, str | date] = {"target": ruling.target, "sha256": print_of(ruling)}
    facts["starts"] = ruling.starts
    if ends is not None:
        facts["ends"] = ends
    evidence.record(
        session,
        org_id=org_id,
        kind=kind,
        about=ruling.id,
        facts=facts,
        by=by,
        by_name=by_name,
        now=now,
    )


def print_of(ruling: Ruling) -> str:
    """The SHA-256 of a rule: title, target, first day and terms."""
    whole = {
        "title": ruling.title,
        "target": ruling.target,
        "starts": ruling.starts.isoformat(),
        "rule": ruling.rule.kept(),
    }
    return sha256(canonical(whole))
