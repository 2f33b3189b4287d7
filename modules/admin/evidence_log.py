"""What an auditor sees of the log of evidence: as far as she reaches, with names if granted."""

from __future__ import annotations

import gzip
import io
import json
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from db import audit, people
from db import evidence as stored
from db.evidence import Kept
from modules.access import ACTIONS, Viewer, reach, require
from modules.basics import BadInput, Denied
from modules.evidence import checkpoints, exporting, verifying
from modules.evidence.checking import Report

MOST = 200
"""The newest entries that the page shows."""

MOST_EXPORTED = 200_000
"""Entries that the page hands out, some fifty megabytes; of more the operator makes the file."""

PLACE = "evidence"
Units = frozenset[uuid.UUID] | None


@dataclass(frozen=True)
class Line:
    """An entry. ``who`` and ``by`` are names where the viewer may see them, else pseudonyms.

    Each is None where the entry has no such person, and "" where the field has been erased.
    """

    number: int
    at: datetime
    kind: str
    facts: Mapping[str, Any]
    who: str | None
    by: str | None


@dataclass(frozen=True)
class State:
    """Where the log stands: its last entry, and the checkpoint up to which it was verified."""

    last: int
    checkpoint: Kept | None


@dataclass(frozen=True)
class Sheet:
    """What the page shows. ``names`` says whether names are shown to this viewer anywhere."""

    state: State
    lines: tuple[Line, ...]
    names: bool


def evidence(
    session: Session, viewer: Viewer, *, kind: str = "", days: int = 0, now: datetime
) -> Sheet:
    """The newest entries of a kind ("" for all) of the last ``days`` (0 for all).

    Whose names the viewer sees have it logged: a writing session. Seven queries at most.
    """
    require(viewer, "admin.evidence")
    units, named = reach(session, viewer, "admin.evidence"), _named(session, viewer)
    rows = stored.latest(
        session,
        org_id=viewer.org_id,
        units=units,
        kind=kind,
        since=now - timedelta(days=days) if days else None,
        most=MOST,
    )
    fields: dict[int, dict[str, tuple[str, uuid.UUID]]] = defaultdict(dict)
    numbers = [row.number for row in rows]
    for number, name, value, person in stored.opened(
        session, org_id=viewer.org_id, numbers=numbers
    ):
        fields[number][name] = (value, person)
    known = _people(session, viewer, named)
    seen: set[uuid.UUID] = set()
    lines = tuple(_line(row, fields[row.number], known, seen) for row in rows)
    _saw(session, viewer, seen, now)
    head = stored.head(session, org_id=viewer.org_id)
    state = State(head.number if head else 0, stored.last_checkpoint(session, org_id=viewer.org_id))
    return Sheet(state, lines, names=named is None or bool(named))


def check(session: Session, viewer: Viewer) -> Report:
    """Verify the whole log now. A session that has read nothing yet; takes a second in 50,000."""
    require(viewer, "admin.evidence")
    stored.steady(session)
    return verifying.verify(session, org_id=viewer.org_id, organisation=viewer.organisation)


def export(session: Session, viewer: Viewer, *, names: bool, now: datetime) -> bytes:
    """The log as a compressed file, everybody else's entries sealed. A writing session.

    A checkpoint is made, and whoever is named in the file has it logged. Raises Denied when names
    are asked for and not granted, and BadInput for a log that is too long or does not hold.
    """
    require(viewer, "admin.evidence_export")
    units, named = reach(session, viewer, "admin.evidence_export"), _named(session, viewer)
    if names and named is not None:
        if not named:
            raise Denied("names in the evidence")
        units = named
    head = stored.head(session, org_id=viewer.org_id)
    if head and head.number > MOST_EXPORTED:
        raise BadInput("This log is too long for a page: ask the operator for an export.")
    checkpoints.make(session, org_id=viewer.org_id, now=now)
    inside = None
    if units is not None:
        inside = stored.placed(session, org_id=viewer.org_id, units=units)
    out = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=3) as packed:
        exporting.write(
            session,
            packed,
            org_id=viewer.org_id,
            organisation=viewer.organisation,
            wish=exporting.Wish(names=names, people=inside),
            now=now,
        )
    if names:
        every = stored.named(session, org_id=viewer.org_id)
        _saw(session, viewer, set(every if inside is None else every & inside), now)
    return out.getvalue()


def _named(session: Session, viewer: Viewer) -> Units:
    """The units whose people's names the viewer may see; None for the whole organisation."""
    roles = ACTIONS["admin.evidence"] & viewer.roles
    units = [one.unit_id for one in viewer.grants if one.role in roles and one.names]
    if None in units:
        return None
    some = frozenset(unit for unit in units if unit is not None)
    return people.subtree(session, org_id=viewer.org_id, units=some) if some else frozenset()


def _people(session: Session, viewer: Viewer, units: Units) -> frozenset[uuid.UUID] | None:
    if units is None:
        return None
    return stored.placed(session, org_id=viewer.org_id, units=units) if units else frozenset()


def _line(
    row: Any,
    fields: Mapping[str, tuple[str, uuid.UUID]],
    known: frozenset[uuid.UUID] | None,
    seen: set[uuid.UUID],
) -> Line:
    body = json.loads(row.body)

    def told(pseudonym: str, name: str) -> str | None:
        if pseudonym not in body["fields"]:
            return None
        if pseudonym not in fields:
            return ""
        value, person = fields[pseudonym]
        if name in fields and (known is None or person in known):
            seen.add(person)
            return fields[name][0]
        return value[:8]

    who, by = told("person", "name"), told("by", "by_name")
    return Line(row.number, row.at, row.kind, body["facts"], who, by)


def _saw(session: Session, viewer: Viewer, seen: set[uuid.UUID], now: datetime) -> None:
    if seen:
        audit.saw(
            session,
            org_id=viewer.org_id,
            viewer_id=viewer.person_id,
            person_ids=sorted(seen),
            place=PLACE,
            day=viewer.today(now),
            now=now,
        )
