"""In which language and time zone a learner reads: as her organisation, or as she chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import people
from modules import days, words
from modules.access import Viewer, require
from modules.basics import BadInput


@dataclass(frozen=True)
class Reading:
    """What she has chosen, "" where it is as her organisation has it; and what there is."""

    language: str
    zone: str
    languages: tuple[str, ...]
    zones: tuple[str, ...]


def mine(session: Session, viewer: Viewer, *, now: datetime) -> Reading:
    """How the viewer reads. One query."""
    require(viewer, "learn.reading")
    found = people.works_as(
        session, org_id=viewer.org_id, person_id=viewer.person_id, day=viewer.today(now)
    )
    return Reading(
        words.written(found.language) or "",
        days.zone(found.zone or "") or "",
        words.languages(),
        tuple(sorted(days.zones().values())),
    )


def choose(session: Session, viewer: Viewer, *, language: str, zone: str, now: datetime) -> bool:
    """Keep how the viewer reads, "" for as her organisation has it; whether that changed anything.

    Raises BadInput for a language without words and for an unknown zone.
    """
    require(viewer, "learn.reading")
    if language and language not in words.languages():
        every = ", ".join(words.languages())
        raise BadInput(f"No words are written in “{language}” yet. Choose one of: {every}.")
    if zone and days.zone(zone) is None:
        raise BadInput(f"“{zone}” is no time zone. Choose one from the list.")
    return people.read_as(
        session,
        org_id=viewer.org_id,
        person_id=viewer.person_id,
        language=language or None,
        zone=days.zone(zone) if zone else None,
        now=now,
    )
