"""What stops an import of people, and what is only worth knowing: codes of sentences."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlmodel import Session

from db.roster import counting
from db.roster.counting import Counts
from modules.exchange.plans import Choices
from modules.exchange.reading import Table
from modules.exchange.units import Tree

# More leavers than this share of everybody, in one import, have to be confirmed.
MANY, AT_LEAST = 0.10, 5


def notes(
    table: Table,
    counts: Counts,
    fields: Iterable[str],
    tree: Tree,
    unwritten: Mapping[str, int],
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What is worth knowing and stops nothing; ``unwritten``: languages without words, people."""
    for code, many in table.notes.items():
        yield code, {"n": many}
    for wrong in tree.told:
        yield "roster.note.unit_ring", {"unit": wrong.found}
    if counts.ignored:
        yield "roster.note.ignored", {"n": counts.ignored}
    if counts.roles_ended:
        yield "roster.note.roles", {"n": counts.roles_ended}
    if counts.left_alone:
        yield "roster.note.left_alone", {"n": counts.left_alone}
    if "manager" in fields and counts.tops != 1 and counts.rows:
        yield "roster.note.tops", {"n": counts.tops}
    if "manager" not in fields:
        yield "roster.note.no_managers", {}
    if counts.regraded:
        yield "roster.note.regraded", {"n": counts.regraded}
    if unwritten:
        named = ", ".join(sorted(unwritten))
        yield "roster.note.language", {"n": sum(unwritten.values()), "languages": named}


def stops(
    session: Session,
    org_id: uuid.UUID,
    by: uuid.UUID | None,
    table: Table,
    counts: Counts,
    choices: Choices,
    today: date,
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Why this import cannot be done as it is."""
    if counts.wrong + counts.lineless and not choices.skip_wrong:
        yield "roster.stop.wrong", {"n": counts.wrong + counts.lineless}
    if choices.leavers and table.partial:
        yield "roster.stop.partial", {}
    if choices.leavers and choices.skip_wrong and counts.wrong:
        yield "roster.stop.wrong_leavers", {"n": counts.wrong}
    many = counts.left > max(AT_LEAST - 1, MANY * counts.present)
    if many and choices.leaving != counts.left:
        yield "roster.stop.many", {"n": counts.left, "of": counts.present}
    if by is not None and counting.leaves(session, by):
        yield "roster.stop.yourself", {}
    now_there, stay = counting.administrators(session, org_id=org_id, today=today)
    if now_there and not stay:
        yield "roster.stop.administrator", {}
