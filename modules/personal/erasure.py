"""Erasure: what identifies a person goes, what counts stays, and both are told beforehand."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db import attempts, grants, loosening, people, personal, striking
from db.tables import Answer, EvidenceField, Identity, Person, core
from modules.basics import BadInput
from modules.evidence import erasing, rights
from modules.evidence.rights import Right
from modules.personal.entry import Blanked, Goes, Rows, Stays, Unlinked, WithAnswers
from modules.personal.register import REGISTER, TYPED

# A number shorter than this stands in many texts without meaning her.
SHORTEST = 6


@dataclass(frozen=True)
class Erasure:
    """What went, what was unlinked or blanked, what stays: rows by the name of their part.

    ``struck`` counts texts of others in which her name stood, by table and column.
    ``namesakes`` is how many others have her name: then the name stays in what others typed.
    """

    gone: Mapping[str, int] = field(default_factory=dict)
    blanked: Mapping[str, int] = field(default_factory=dict)
    unlinked: Mapping[str, int] = field(default_factory=dict)
    stays: Mapping[str, int] = field(default_factory=dict)
    struck: Mapping[str, int] = field(default_factory=dict)
    namesakes: int = 0


def erase(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    today: date,
    now: datetime,
    by: uuid.UUID | None = None,
    by_name: str = "",
) -> Erasure:
    """Erase a person: a writing session. Roll it back, and it was a rehearsal.

    ``by`` and ``by_name`` say who decided on it; the log of evidence keeps that, and how many
    personal fields went, never whose they were; and that a role is held by nobody any more.

    She can no longer sign in. The row of `person` stays under its number, which names nobody.
    Afterwards, outside the session, `db.scrubbing.scrub` overwrites what deletion leaves behind.
    Raises BadInput for somebody who is not there or was erased before.
    """
    people.hold(session, org_id=org_id, person_id=person_id)
    person = session.get(Person, (org_id, person_id))
    if person is None or person.erased_at is not None:
        raise BadInput("This person is not here, or was erased before.")
    every = grants.listing(session, org_id=org_id, day=today, person_id=person_id, past=True)
    held = [one for one in every if one.ends is None or one.ends > today]
    names, namesakes = _names(session, person)
    found: dict[str, dict[str, int]] = {"gone": {}, "blanked": {}, "unlinked": {}, "stays": {}}
    # What hangs on attempts goes first, while they still say whose it is.
    for rows in sorted(REGISTER, key=_turn):
        if rows.table is EvidenceField:
            for one in held:
                right = Right.of(org_id, replace(one, ends=None))
                rights.taken(session, right, by=by, by_name=by_name, now=now)
            ids = {"org_id": org_id, "person_id": person_id}
            kind, number = "gone", erasing.erase(session, **ids, by=by, by_name=by_name, now=now)
        else:
            kind, number = _do(session, rows, person, today, now)
        if number:
            found[kind][rows.name] = number
    session.expire_all()
    struck = {}
    for table, column in TYPED:
        changed = striking.strike(session, table=table, column=column, org_id=org_id, names=names)
        if changed:
            struck[f"{core(table).name}.{column}"] = changed
    return Erasure(
        found["gone"],
        found["blanked"],
        found["unlinked"],
        found["stays"],
        struck,
        namesakes,
    )


def _turn(rows: Rows) -> tuple[bool, bool, bool]:
    """The log of evidence comes late, since nobody else adds to it meanwhile; her row last."""
    return not rows.through, rows.table is EvidenceField, rows.table is Person


def foresee(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID) -> Erasure:
    """What erasing a person would do to rows of hers, by the name of their part. One query."""
    wanted = {
        rows.name: (
            rows.table,
            personal.hers(
                rows.table,
                by=rows.by,
                org_id=org_id,
                person_id=person_id,
                through=rows.through,
            ),
        )
        for rows in REGISTER
    }
    found = personal.counts(session, wanted)

    def those(*kinds: type) -> dict[str, int]:
        return {
            rows.name: found[rows.name]
            for rows in REGISTER
            if isinstance(rows.erase, kinds) and found[rows.name]
        }

    return Erasure(those(Goes), those(Blanked), those(Unlinked, WithAnswers), those(Stays))


def _names(session: Session, person: Person) -> tuple[list[str], int]:
    """What others may have typed to mean her; her name only where nobody else has it."""
    same = striking.namesakes(session, org_id=person.org_id, person_id=person.id, name=person.name)
    mine = personal.hers(Identity, by="person_id", org_id=person.org_id, person_id=person.id)
    known = personal.rows(session, mine, table=Identity, columns=("subject",), looks={})
    numbers = (person.user_name, person.external_id, person.employee_number)
    ids = [one for one in (*numbers, *(row["subject"] for row in known)) if one]
    names = {person.email, *(one for one in ids if len(one) >= SHORTEST)}
    if not same and len(person.name) >= SHORTEST:
        names.add(person.name)
    return sorted(names), same


def _do(
    session: Session, rows: Rows, person: Person, today: date, now: datetime
) -> tuple[str, int]:
    """Do to the rows of one part what the register says; which kind, and how many."""
    org_id, person_id = person.org_id, person.id
    mine = personal.hers(
        rows.table, by=rows.by, org_id=org_id, person_id=person_id, through=rows.through
    )
    match rows.erase:
        case Goes():
            return "gone", personal.remove(session, mine, table=rows.table)
        case WithAnswers():
            return "unlinked", personal.count(session, mine, table=rows.table)
        case Unlinked():
            assert rows.table is Answer
            sittings = attempts.of_person(session, org_id=org_id, person_id=person_id)
            ids = [one.id for one in sittings]
            return "unlinked", loosening.unlink(session, org_id=org_id, attempt_ids=ids)
        case Blanked(values, _):
            done = dict(values)
            if rows.table is Person:
                done |= _nobody(person, today, now)
            return "blanked", personal.change(session, mine, table=rows.table, values=done)
        case Stays():
            return "stays", personal.count(session, mine, table=rows.table)


def _nobody(person: Person, today: date, now: datetime) -> dict[str, Any]:
    """What the row of an erased person says. Its address is one that nobody can have."""
    return {
        "email": f"erased-{person.id.hex}@erased.invalid",
        "name": striking.ERASED,
        "left_on": min(person.left_on, today) if person.left_on else today,
        "version": person.version + 1,
        "changed_at": now,
        "erased_at": now,
    }


def as_json(done: Erasure) -> dict[str, Any]:
    """An erasure as JSON values."""
    return {
        "deleted": dict(done.gone),
        "blanked": dict(done.blanked),
        "unlinked": dict(done.unlinked),
        "stays_without_a_name": dict(done.stays),
        "taken_out_of_what_others_typed": dict(done.struck),
        "others_of_the_same_name": done.namesakes,
    }


def tables() -> list[str]:
    """The tables that an erasure can touch, for scrubbing."""
    touched = {rows.table_name for rows in REGISTER} | {core(one).name for one, _ in TYPED}
    return sorted(touched)
