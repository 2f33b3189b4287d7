"""Rows in every registered table for a few people, each with a mark of her own in every text."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON

from db.engine import insert_many
from db.tables import (
    Acknowledgement,
    Answer,
    Attempt,
    Bundle,
    Evidence,
    ModuleDraft,
    Organisation,
    PeopleGroup,
    Person,
    Policy,
    PolicyVersion,
    RecordView,
    Regrade,
    Revision,
    RosterImport,
    Unit,
    core,
    new_id,
)
from modules.personal.register import REGISTER

# Columns whose name says that they hold the id of a person.
PEOPLE = re.compile(r"(?:^|_)(?:person|viewer|helper|sender|manager|deputy)_id$|_by$")
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def mark(who: int) -> str:
    """What stands in every text of somebody, and in nobody else's."""
    return f"Zq{who:03}Mark"


@dataclass
class Body:
    """An organisation with people, and what their rows refer to."""

    org_id: uuid.UUID = field(default_factory=new_id)
    people: dict[int, uuid.UUID] = field(default_factory=dict)
    unit: uuid.UUID = field(default_factory=new_id)
    revision: uuid.UUID = field(default_factory=new_id)
    attempts: dict[int, uuid.UUID] = field(default_factory=dict)
    answers: dict[int, uuid.UUID] = field(default_factory=dict)
    regrades: dict[int, uuid.UUID] = field(default_factory=dict)
    groups: dict[int, uuid.UUID] = field(default_factory=dict)
    imports: dict[int, uuid.UUID] = field(default_factory=dict)
    policies: dict[int, uuid.UUID] = field(default_factory=dict)
    drafts: dict[int, uuid.UUID] = field(default_factory=dict)
    sha256: str = ""
    number: int = 0

    def next(self) -> int:
        """A number that nothing else has."""
        self.number += 1
        return self.number


def make(session, people, number=0, other=lambda who: None):
    """An organisation whose people each have a row in every part of the register.

    ``other(who)`` is the colleague whom her rows name beside her: who looked, helps, manages.
    """
    body = Body(number=number * 100_000)
    name = f"Body {number}"
    session.add(Organisation(id=body.org_id, name=name, invented=True, created_at=NOW))
    session.flush()
    shared = {"org_id": body.org_id}
    insert_many(session, Unit, [{**shared, "id": body.unit, "name": "Unit"}])
    sha = body.sha256 = f"sha-{number}"
    insert_many(session, Bundle, [{"sha256": sha, "body": "{}"}])
    insert_many(
        session,
        Revision,
        [
            {
                **shared,
                "id": body.revision,
                "module": "M01",
                "number": 1,
                "version": "1",
                "sha256": sha,
                "published_at": NOW,
            }
        ],
    )
    for who in people:
        body.people[who] = new_id()
        row = filled(Person, who, body, {"id": body.people[who], "org_id": body.org_id})
        insert_many(session, Person, [row | {"left_on": None, "erased_at": None}])
        body.attempts[who] = new_id()
        body.answers[who], body.regrades[who] = new_id(), new_id()
        body.groups[who] = new_id()
        body.imports[who] = new_id()
        insert_many(
            session,
            PeopleGroup,
            [
                {
                    **shared,
                    "id": body.groups[who],
                    "name": f"Group {body.next()}",
                    "created_at": NOW,
                    "changed_at": NOW,
                }
            ],
        )
        counts = dict.fromkeys(("people", "joined", "moved", "left", "changed"), 1)
        gone = {"id": body.imports[who], "sha256": "x", "imported_at": NOW, "imported_by": None}
        insert_many(session, RosterImport, [{**shared, **counts, **gone}])
        body.policies[who] = new_id()
        policy = {**shared, "id": body.policies[who], "title": "", "due_days": 1, "made_at": NOW}
        insert_many(session, Policy, [policy])
        first = {"policy_id": body.policies[who], "number": 1, "body": "", "asks_again": True}
        insert_many(session, PolicyVersion, [{**shared, **first, "published_at": NOW}])
        body.drafts[who] = new_id()
        draft = {
            "id": body.drafts[who],
            "module": f"M{body.next()}",
            "slug": "",
            "state": "writing",
        }
        times = {"made_at": NOW, "changed_at": NOW, "made_by": body.people[who]}
        insert_many(session, ModuleDraft, [{**shared, **draft, **times}])
    for who in people:
        give(session, body, who, other(who))
    return body


# What other rows hang on comes before them.
FIRST = (Attempt, Answer, Regrade)


def _turn(rows):
    return FIRST.index(rows.table) if rows.table in FIRST else len(FIRST)


def give(session, body, who, colleague=None):
    """One row in every part of the register but her own."""
    for rows in sorted(REGISTER, key=_turn):
        if rows.table is Person:
            continue
        table = core(rows.table)
        given = {"org_id": body.org_id}
        for column in table.columns:
            target = next(iter(column.foreign_keys), None)
            name = column.name
            if name == rows.by:
                given[name] = body.attempts[who] if rows.through else body.people[who]
            elif (target and target.target_fullname == "person.id") or name in (
                "viewer_id",
                "sender_id",
                "granted_by",
                "given_by",
                "decided_by",
                "person_id",
                "changed_by",
                "made_by",
                "imported_by",
                "ended_by",
                "withdrawn_by",
                "published_by",
                "agreed_by",
                "asked_by",
                "approved_by",
                "planned_by",
                "said_by",
                "settled_by",
            ):
                needed = not column.nullable
                given[name] = (
                    body.people[who if colleague is None else colleague] if needed else None
                )
        if rows.table is Attempt:
            given["id"] = body.attempts[who]
        if rows.table is Answer:
            given["id"] = body.answers[who]
        if rows.table is Regrade:
            given["id"] = body.regrades[who]
        if rows.table.__name__ == "EvidenceField":
            given["number"] = body.next()
            entry = {"number": given["number"], "at": NOW, "kind": "x", "body": "{}"}
            rest = {"previous": "", "hash": "", "org_id": body.org_id}
            insert_many(session, Evidence, [entry | rest])
        row = filled(rows.table, who, body, given)
        insert_many(session, rows.table, [row])


def filled(model, who, body, given) -> dict[str, Any]:
    """A row with a value in every column: her mark in texts, what was ``given`` where it was."""
    row = dict(given)
    for column in core(model).columns:
        name = column.name
        if name in row:
            continue
        if name == "unit_id":
            row[name] = body.unit
        elif name in ("revision_id", "from_revision_id", "to_revision_id"):
            row[name] = body.revision
        elif name == "answer_id":
            row[name] = body.answers[who]
        elif name == "regrade_id":
            row[name] = body.regrades[who]
        elif name == "attempt_id":
            row[name] = body.attempts[who]
        elif name == "group_id":
            row[name] = body.groups[who]
        elif name == "policy_id":
            row[name] = body.policies[who]
        elif name == "draft_id":
            row[name] = body.drafts[who]
        elif name == "sha256" and core(model).c[name].foreign_keys:
            row[name] = body.sha256
        elif name == "number" and model is Acknowledgement:
            row[name] = 1
        elif name == "import_id":
            row[name] = body.imports[who]
        elif name == "before":
            row[name] = json.dumps(
                {"name": f"{mark(who)} before", "line_manager_id": f"{mark(998)}"}
            )
        else:
            sign = mark(owner(model, name, row, body, who)) if single(model, name) else "shared"
            row[name] = value(column, f"{sign} {core(model).name}.{name} {body.next()}", body)
    return row


def single(model, name):
    """The one part in which a column is hers; None for one that two people share."""
    parts = [one for one in REGISTER if one.table is model and name in (*one.shown, *one.held)]
    return parts[0] if len(parts) == 1 else None


def owner(model, name, row, body, who):
    """Whose a column of a row is: not always hers for whom the row was made."""
    part = single(model, name)
    key = row.get(part.by)
    ids = body.attempts if part.through else body.people
    return next((one for one, id_ in ids.items() if id_ == key), who)


def python_of(column):
    """The Python type of a column."""
    kind = column.type
    return getattr(kind, "impl_instance", kind).python_type


def value(column, text, body):
    """A value of a column's type."""
    kind = column.type
    if isinstance(kind, JSON):
        return [text] if column.name in ("tags", "tags_before", "shares") else {"x": text}
    made = {
        bool: lambda: True,
        uuid.UUID: new_id,
        date: lambda: date(2026, 5, 4),
        int: body.next,
        float: lambda: 0.5,
        datetime: lambda: NOW - timedelta(minutes=body.next()),
        str: lambda: text.casefold() if column.name == "email" else text,
    }
    return made[python_of(column)]()


def texts(rows):
    """The columns of a part in which the mark of their owner stands, as the export names them."""
    columns = core(rows.table).c
    named = [one for one in rows.shown if one not in rows.looks and single(rows.table, one)]
    return [one for one in named if python_of(columns[one]) in (str, dict)]


def give_seen(session, body, viewer, person):
    """A colleague looked at somebody's record once more."""
    if viewer == person:
        return
    given = {"viewer_id": body.people[viewer], "person_id": body.people[person]}
    row = filled(RecordView, viewer, body, given | {"org_id": body.org_id})
    insert_many(session, RecordView, [row])
