"""A plan in words and as JSON: counts, what stops it, which rows are wrong and what to do."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session

from db.roster import counting
from db.roster.counting import EVERY
from db.roster.laying import as_day, as_id
from modules.basics import Words
from modules.exchange.cells import inert
from modules.exchange.plans import Plan
from modules.settings import settings

SHAPE = 1
"""The number of the JSON's shape; it grows when something in it changes its meaning."""


@dataclass(frozen=True)
class Wrong:
    """One wrong cell: where, what was found, what is expected, what to do."""

    file: str
    row: int
    column: str
    code: str
    found: str
    expected: str
    do: str


def role_paths() -> dict[str, str]:
    """How a staff list may name a role path, folded -> its letter."""
    # Only a list that names role paths needs the course, which brings every lab with it.
    from modules.course.files import read_course

    found: dict[str, str] = {}
    for one in read_course(settings().content).paths:
        found |= {one.id.casefold(): one.id, one.title.casefold(): one.id}
    return found


def wrong(
    session: Session, plan: Plan, say: Words, *, org_id: uuid.UUID, most: int = EVERY
) -> Iterator[Wrong]:
    """Every wrong cell in the order of the file."""
    names = {name: column for column, name in plan.mapping.items()}
    for line, _, name, code, found, other, _n in counting.each(
        session, counting.TROUBLES, org_id=org_id, most=most
    ):
        column = names.get(name) or say(f"roster.field.{name}")
        expected = say(f"roster.expected.{code}", other=other or "", found=found)
        done = say(f"roster.do.{code}", other=other or "", found=found)
        yield Wrong(plan.table.name, line, column, code, found, expected, done)


def sentences(
    told: Iterable[tuple[str, Mapping[str, object]]], say: Words
) -> list[tuple[str, str]]:
    """(code, sentence) of stops or notes."""
    return [(code, say(code, **{k: number(v) for k, v in values.items()})) for code, values in told]


def number(value: object) -> object:
    """A number with its thousands parted; anything else as it is."""
    return f"{value:,}" if isinstance(value, int) else value


def as_csv(rows: Iterable[Wrong], say: Words) -> str:
    """The wrong cells as CSV. A cell that a spreadsheet would compute gets an apostrophe."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(
        [
            *(say("roster.column.file"), say("roster.column.row"), say("roster.column.column")),
            *(say("roster.column.found"), say("roster.column.expected"), say("roster.column.do")),
        ]
    )
    for one in rows:
        cells = (one.file, str(one.row), one.column, one.found, one.expected, one.do)
        write.writerow([inert(cell) for cell in cells])
    return out.getvalue()


def summary(plan: Plan, say: Words) -> list[tuple[str, int]]:
    """The counts that matter, with their words."""
    counts = plan.counts
    return [
        (say("roster.count.rows"), counts.rows),
        (say("roster.count.joined"), counts.joined),
        (say("roster.count.returned"), counts.returned),
        (say("roster.count.moved"), counts.moved),
        (say("roster.count.changed"), counts.changed),
        (say("roster.count.left"), counts.left),
        (say("roster.count.same"), counts.same),
        (say("roster.count.units"), len(plan.new_units)),
        (say("roster.count.wrong"), counts.wrong + counts.lineless),
    ]


def as_text(
    session: Session, plan: Plan, say: Words, *, org_id: uuid.UUID, most: int = 20
) -> Iterator[str]:
    """The plan for somebody at a terminal, line by line; at most ``most`` of each kind."""
    read = ", ".join(f"{column} → {name}" for column, name in plan.mapping.items())
    yield say("roster.told.columns", columns=read)
    if plan.ignored_columns:
        yield say("roster.told.ignored", columns=", ".join(plan.ignored_columns))
    if plan.secret_columns:
        yield say("roster.told.secret", columns=", ".join(plan.secret_columns))
    yield ""
    for words_, count in summary(plan, say):
        yield f"{count:>11,}  {words_}"
    many = plan.counts.wrong + plan.counts.lineless
    if many:
        yield ""
        for one in wrong(session, plan, say, org_id=org_id, most=most):
            found = f" “{one.found}”" if one.found else ""
            yield f"{one.file}, row {one.row}, {one.column}:{found} {one.expected} {one.do}"
        if many > most:
            yield say("roster.told.more", n=f"{many - most:,}")
    notes = sentences(plan.notes, say)
    if notes:
        yield ""
        yield from (sentence for _, sentence in notes)
    stops = sentences(plan.stops, say)
    if stops:
        yield ""
        yield from (sentence for _, sentence in stops)


def as_json(session: Session, plan: Plan, say: Words, *, org_id: uuid.UUID) -> Iterator[str]:
    """The whole plan as pieces of one JSON object without its end: nothing is held in memory.

    Whoever writes it ends it with ``"done": true`` or false and a brace. See docs/people.md.
    """
    head = {
        "shape": SHAPE,
        "file": plan.table.name,
        "kind": plan.table.kind,
        "sha256": plan.table.sha256,
        "mapping": dict(plan.mapping),
        "mapping_remembered": plan.remembered,
        "ignored_columns": list(plan.ignored_columns),
        "password_columns": list(plan.secret_columns),
        "counts": asdict(plan.counts),
        "stops": [{"code": code, "sentence": text} for code, text in sentences(plan.stops, say)],
        "notes": [{"code": code, "sentence": text} for code, text in sentences(plan.notes, say)],
        "units_made": [plan.tree.path(one.id) for one in plan.new_units],
        "units_changed": [
            {"before": {"name": old.name, "code": old.code}, "after": plan.tree.path(new.id)}
            for old, new in plan.changed_units
        ],
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ",\n"
    unit = plan.tree.path

    def rows(sql: str, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        for row in counting.each(session, sql, org_id=org_id):
            made = dict(zip(names, row, strict=True))
            for name in made:
                if name in ("unit", "unit_before"):
                    made[name] = unit(as_id(made[name]))
                elif name in ("joined", "left"):
                    made[name] = as_day(made[name])
            yield made

    every: tuple[tuple[str, Iterator[Any]], ...] = (
        ("wrong", (asdict(one) for one in wrong(session, plan, say, org_id=org_id))),
        ("joins", rows(counting.JOINERS, JOINS)),
        ("returns", rows(counting.RETURNING, ("row", "email", "name", "left"))),
        ("moves", rows(counting.MOVERS, MOVES)),
        ("leaves", rows(counting.LEAVERS, ("row", "email", "name", "left"))),
        (
            "changes",
            (
                dict(zip(("row", "email", "name", "field", "before", "after"), one, strict=True))
                for one in counting.differences(session, org_id=org_id)
            ),
        ),
    )
    for name, found in every:
        yield f' "{name}": ['
        mark = "\n  "
        for one in found:
            yield mark + json.dumps(one, ensure_ascii=False, default=str)
            mark = ",\n  "
        yield "],\n"


JOINS = ("row", "email", "name", "employee_number", "joined", "unit", "manager")
MOVES = (
    *("row", "email", "name", "unit_before", "unit", "manager_before", "manager"),
    *("job_family_before", "job_family", "grade_before", "grade"),
)
