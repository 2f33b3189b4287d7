"""Everything that is held on one person, and nothing of anybody else's: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import uuid
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db import personal
from db.tables import Answer, Attempt, Regraded, RosterUndo
from modules.exchange.cells import inert
from modules.personal.entry import Rows
from modules.personal.register import REGISTER, kept

# What an attempt whose form is not finished says only when it is: its key, and the grades.
WITHHELD: Mapping[type, tuple[str, ...]] = {
    Attempt: ("seed", "paper"),
    Answer: ("score", "correct", "tags"),
    Regraded: (
        *("score_before", "correct_before", "tags_before"),
        *("score", "correct", "tags"),
    ),
}
LATER = "told when the form is finished"


@dataclass(frozen=True)
class Part:
    """One kind of rows of hers, with why they are kept and how long."""

    name: str
    table: str
    purpose: str
    basis: str
    kept: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Export:
    """What an organisation holds on one person at a moment. Parts without rows are in it too."""

    organisation: str
    made_at: datetime
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        """The part of this name."""
        return next(one for one in self.parts if one.name == name)


def export(
    session: Session,
    *,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    organisation: str,
    now: datetime,
    later: Collection[uuid.UUID] = (),
) -> Export:
    """Every registered row of a person. One query a part, however many rows.

    ``later`` names the attempts whose grades are told when their form is finished: their answers
    are in it, their grades and their key are not.
    """
    parts = (_part(session, rows, org_id, person_id, later) for rows in REGISTER)
    return Export(organisation, now, tuple(parts))


def _part(
    session: Session,
    rows: Rows,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    later: Collection[uuid.UUID],
) -> Part:
    condition = personal.hers(
        rows.table, by=rows.by, org_id=org_id, person_id=person_id, through=rows.through
    )
    looks = {name: (look.table, look.column) for name, look in rows.looks.items()}
    found = personal.rows(session, condition, table=rows.table, columns=rows.shown, looks=looks)
    names = {name: rows.looks[name].shown_as if name in rows.looks else name for name in rows.shown}
    made = []
    for one in found:
        attempt = one.get("attempt_id") or one.get("id")
        values = {names[column]: _value(rows, column, value) for column, value in one.items()}
        if attempt in later:
            values |= dict.fromkeys(WITHHELD.get(rows.table, ()), LATER)
        made.append(values)
    return Part(
        rows.name,
        rows.table_name,
        rows.purpose,
        rows.basis,
        kept(rows),
        tuple(names.values()),
        tuple(made),
    )


def _value(rows: Rows, column: str, value: Any) -> Any:
    """A value as JSON; what a staff list changed is shown without the ids of others."""
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if rows.table is RosterUndo and column == "before" and value:
        return _without_ids(json.loads(value))
    return value


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_ids(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if not key.endswith("_id") and key != "id"}
    return value


def as_json(made: Export) -> dict[str, Any]:
    """An export as JSON values: each part with its purpose, its period and its rows."""
    return {
        "organisation": made.organisation,
        "made_at": made.made_at.isoformat(),
        "held": {
            one.name: {
                "why": one.purpose,
                "basis": one.basis,
                "kept": one.kept,
                "rows": list(one.rows),
            }
            for one in made.parts
        },
    }


def as_text(made: Export) -> str:
    """An export as the text of a JSON file."""
    return json.dumps(as_json(made), indent=1, ensure_ascii=False)


def cell(value: Any) -> str:
    """A value as the text of a cell; one that a spreadsheet would compute gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return inert(value) if isinstance(value, str) else str(value)


def as_zip(made: Export) -> bytes:
    """An export as a ZIP of CSV files: one for each part with rows, and one that says why."""
    out = io.BytesIO()
    when = made.made_at.timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:

        def add(name: str, head: tuple[str, ...], lines: list[list[str]]) -> None:
            text = io.StringIO()
            write = csv.writer(text)
            write.writerow(head)
            write.writerows(lines)
            # With the mark, a spreadsheet reads the letters as they are.
            pack.writestr(zipfile.ZipInfo(f"{name}.csv", when), "\ufeff" + text.getvalue())

        about = [
            [one.name, one.purpose, one.basis, one.kept, str(len(one.rows))] for one in made.parts
        ]
        add("about", ("part", "why", "basis", "kept", "rows"), about)
        for one in made.parts:
            if one.rows:
                lines = [[cell(row[name]) for name in one.columns] for row in one.rows]
                add(one.name, one.columns, lines)
    return out.getvalue()
