"""Training elsewhere, entered by hand: a classroom, the printed pack, earlier learning.

It stands in the other modules, so that the year of the first one stays as it was drawn.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import proofs
from db.engine import insert_many
from db.tables import HandRecord, new_id
from modules.demo.days import ZONE, dawn, working, working_before
from modules.demo.rows import Pinned, Rows, Turns
from modules.demo.worker import MAREK, TOM, Body, Worker, mail
from modules.evidence import Deed
from modules.progress.standing import months_after


@dataclass(frozen=True)
class Held:
    """What took place for some people of a unit, and who entered it how many days later."""

    module: str
    kind: str
    reason: str
    unit: str
    people: int
    days_ago: int
    entered_after: int
    document: str
    by: str = MAREK
    # One more was entered, who had not been there: the entry was withdrawn.
    mistaken: bool = False


ENTERED = (
    Held("M05", "printed", "tested", "Waste and recycling", 10, 27, 4, "Depot office, folder DP-3"),
    Held(
        "M05",
        "classroom",
        "covered",
        "Parks and open spaces",
        6,
        34,
        1,
        "Attendance list HR-2026-114",
        mistaken=True,
    ),
    Held("M02", "prior", "certified", "Revenues", 1, 40, 9, "Personnel file, tab 7", by=TOM),
)


@dataclass
class Desk:
    """What all entries share, and what they come to."""

    ids: Mapping[str, uuid.UUID]
    turns: Mapping[str, Turns]
    rows: Rows
    records: list[dict[str, Any]]
    deeds: list[Deed]


def enter(
    body: Body,
    *,
    ids: Mapping[str, uuid.UUID],
    turns: Mapping[str, Turns],
    pinned: Mapping[str, Pinned],
    rows: Rows,
    today: date,
) -> tuple[list[dict[str, Any]], list[Deed]]:
    """Add attempts and completions to ``rows``; gives the records, and what the log holds."""
    desk = Desk(ids, turns, rows, [], [])
    for one in ENTERED:
        if one.module not in pinned:
            continue
        done = {row["person_id"] for row in rows.completions if row["module"] == one.module}
        happened = working_before(today - timedelta(days=one.days_ago))
        there = list(_without(body, one.unit, happened, ids, done))
        for place, worker in enumerate(there[: one.people + one.mistaken]):
            _enter(desk, worker, one, pinned[one.module], happened, place == one.people)
    return desk.records, desk.deeds


def write(session: Session, records: list[dict[str, Any]]) -> None:
    """Keep the records beside their attempts, which stand already."""
    insert_many(session, HandRecord, records)


def _without(
    body: Body,
    unit: str,
    on: date,
    ids: Mapping[str, uuid.UUID],
    done: set[uuid.UUID],
) -> Iterator[Worker]:
    """Who has worked in a unit since before a day, heads nothing, and has no completion yet."""
    heads = {stay.manager for one in body.people for stay in one.stays}
    for one in body.people:
        stays = one.unit == unit and one.left_on is None and len(one.stays) == 1
        if (
            stays
            and one.joined_on < on
            and one.email not in heads
            and not one.roles
            and ids[one.email] not in done
        ):
            yield one


def _enter(
    desk: Desk, worker: Worker, one: Held, pinned: Pinned, happened: date, mistaken: bool
) -> None:
    noon = datetime.combine(happened, time(12), ZoneInfo(ZONE)).astimezone(dawn(happened).tzinfo)
    given_at = dawn(working(happened + timedelta(days=one.entered_after))) + timedelta(hours=3)
    person_id, by, attempt_id = desk.ids[worker.email], desk.ids[mail(one.by)], new_id()
    scope = {"org_id": pinned.org_id, "person_id": person_id, "module": one.module}
    turn = desk.turns[worker.email].next()
    desk.rows.attempts.append(
        {
            **scope,
            "id": attempt_id,
            "form": proofs.HAND,
            "number": 1,
            "revision_id": pinned.revision_id,
            "seed": "",
            "paper": {},
            "turn": turn,
            "language": pinned.module.language,
            "jurisdiction": pinned.module.jurisdiction,
            "started_at": given_at,
            "ended_at": given_at,
        }
    )
    told = {"module": one.module, "kind": one.kind, "reason": one.reason, "happened_on": happened}
    withdrawn = given_at + timedelta(days=1, hours=2) if mistaken else None
    desk.records.append(
        {
            **scope,
            **told,
            "id": new_id(),
            "attempt_id": attempt_id,
            "document": one.document,
            "given_by": by,
            "given_at": given_at,
            "withdrawn_by": by if mistaken else None,
            "withdrawn_at": withdrawn,
        }
    )
    version = {"version": pinned.module.version, "sha256": pinned.sha256}
    until = {"valid_until": months_after(happened, pinned.valid_months)}
    name = {"name": f"{worker.given} {worker.family}", "email": worker.email}
    personal = name | {"document": one.document, "by_name": one.by}
    facts = told | version | until
    desk.deeds.append(Deed("completion_by_hand", given_at, person_id, facts, personal, by))
    if withdrawn:
        gone = {"module": one.module, "happened_on": happened}
        deed = Deed("completion_withdrawn", withdrawn, person_id, gone, personal, by)
        desk.deeds.append(deed)
        return
    completion = {**scope, **version, **until, "attempt_id": attempt_id, "path": worker.path}
    desk.rows.completions.append({**completion, "completed_at": noon, "turn": turn})
