"""Take the month-end figures: roll up the tree, hide what must be hidden, store."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import people as everybody
from db import reports, snapshots
from db.snapshots import Row
from db.tables import Organisation
from modules.agreement.current import at_least
from modules.progress.standing import month_ends
from modules.snapshots.change import Bits, Moment, groups, telling
from modules.suppress import Cell, protect

MOST_MONTHS = 24


@dataclass
class Book:
    """All that a module's months are decided from, read once for any number of them."""

    organisation: Organisation
    module: str
    nodes: list[reports.Node]
    stays: list[reports.Stay]
    valid: list[reports.Valid]
    months: dict[date, list[Row]]
    bits: Bits = field(default_factory=Bits)
    moments: dict[date, Moment] = field(default_factory=dict)

    def where(self, day: date) -> dict[uuid.UUID, str]:
        """Who counts in which unit on a day."""
        return {one: str(unit) for one, unit in reports.placed(self.stays, day).items()}

    def moment(self, day: date) -> Moment:
        """A stored month as a reader has it before her."""
        if day not in self.moments:
            rows = self.months[day]
            hidden = {str(row.unit_id): row.hidden for row in rows}
            shown = groups([_cell(row) for row in rows], hidden, self.bits)
            self.moments[day] = Moment(self.where(day), shown)
        return self.moments[day]


def catch_up(session: Session, *, now: datetime) -> int:
    """Take every missing month-end of every organisation and module; how many were taken.

    From the first day on which anybody enrolled was placed, to the last month that is over in the
    organisation's zone, 24 at the most. Needs a writing session. Doing it twice changes nothing;
    two processes at once take each month once.
    """
    done = 0
    for organisation in everybody.organisations(session):
        today = now.astimezone(ZoneInfo(organisation.zone)).date()
        snapshots.hold(session, org_id=organisation.id)
        for module in reports.modules(session, org_id=organisation.id):
            book = _open(session, organisation, module)
            first = min((stay.first for stay in book.stays), default=today)
            for day in month_ends(first, today - timedelta(days=1))[-MOST_MONTHS:]:
                done += _take(session, book, day)
    return done


def take(session: Session, *, organisation: Organisation, module: str, month_end: date) -> bool:
    """Take one month-end; False when it was taken before. Needs a writing session."""
    snapshots.hold(session, org_id=organisation.id)
    return _take(session, _open(session, organisation, module), month_end)


def decide(book: Book, month_end: date) -> list[Row]:
    """The rows of a month with what stays hidden and why. Pure.

    Units are hidden by size and value (`protect`), and as "change" where this month beside any
    other shown one would tell about fewer than ``least`` people. Each such hiding is followed by
    `protect` again, so that it opens no new subtraction, until nothing tells any more.
    """
    return _hide(book, month_end, _tally(book, month_end), {})


def tighten(session: Session, *, organisation: Organisation) -> int:
    """Hide in stored months what a raised threshold hides; how many figures. A writing session.

    What was hidden stays hidden, for its own reason. Nothing is ever shown that was not before.
    """
    done = 0
    snapshots.hold(session, org_id=organisation.id)
    for module in snapshots.modules(session, org_id=organisation.id):
        book = _open(session, organisation, module)
        for day, rows in sorted(book.months.items()):
            already = {str(row.unit_id): row.hidden for row in rows if row.hidden}
            new = _hide(book, day, rows, already)
            more = [row for row, old in zip(new, rows, strict=True) if row.hidden != old.hidden]
            snapshots.hide(session, org_id=organisation.id, module=module, rows=more)
            book.months[day] = new
            book.moments.pop(day, None)
            done += len(more)
    return done


def _hide(book: Book, month_end: date, rows: list[Row], already: dict[str, str]) -> list[Row]:
    least = at_least(book.organisation.least)
    cells = [_cell(row) for row in rows]
    where = book.where(month_end)
    others = [book.moment(day) for day in book.months if day != month_end]
    while True:
        hidden = protect(cells, least, already=already)
        now = Moment(where, groups(cells, hidden, book.bits))
        told = {group for then in others for group in telling(now, then, least, book.bits)}
        if not told:
            break
        # Units that changed themselves go at once; what only subtraction shows, one at a time.
        whole = [group.unit for group in told if group.whole]
        already |= dict.fromkeys(whole or [min(told).unit], "change")
    return [replace(row, hidden=hidden[str(row.unit_id)]) for row in rows]


def _open(session: Session, organisation: Organisation, module: str) -> Book:
    org_id, zone = organisation.id, organisation.zone
    months: dict[date, list[Row]] = defaultdict(list)
    for row in snapshots.taken(session, org_id=org_id, module=module):
        months[row.month_end].append(row)
    return Book(
        organisation,
        module,
        reports.units(session, org_id=org_id),
        reports.stays(session, org_id=org_id, module=module, zone=zone),
        reports.valid(session, org_id=org_id, module=module, zone=zone),
        dict(months),
    )


def _take(session: Session, book: Book, month_end: date) -> bool:
    if month_end in book.months:
        return False
    rows = decide(book, month_end)
    snapshots.store(session, org_id=book.organisation.id, module=book.module, rows=rows)
    book.months[month_end] = rows
    return True


def _tally(book: Book, month_end: date) -> list[Row]:
    """Every unit's figures with its subtree's, under one top."""
    known = {node.unit_id for node in book.nodes}
    parents = {
        node.unit_id: node.parent_id if node.parent_id in known else None for node in book.nodes
    }
    names = {node.unit_id: node.name for node in book.nodes}
    if list(parents.values()).count(None) > 1:
        # Several units at the top: the organisation itself is the one above them.
        top = book.organisation.id
        parents = {unit: parent or top for unit, parent in parents.items()} | {top: None}
        names[top] = book.organisation.name
    people: Counter[uuid.UUID] = Counter()
    in_date: Counter[uuid.UUID] = Counter()
    for unit, direct in reports.direct(book.stays, book.valid, month_end).items():
        for above in _upwards(unit, parents):
            people[above] += len(direct.people)
            in_date[above] += len(direct.in_date)
    return [
        Row(month_end, unit, parent, names[unit], people[unit], in_date[unit], "")
        for unit, parent in parents.items()
    ]


def _upwards(unit: uuid.UUID, parents: Mapping[uuid.UUID, uuid.UUID | None]) -> list[uuid.UUID]:
    """The unit and those above it; ends where parents run in a circle, which `protect` refuses."""
    chain: list[uuid.UUID] = []
    at: uuid.UUID | None = unit
    while at is not None and at not in chain:
        chain.append(at)
        at = parents[at]
    return chain


def _cell(row: Row) -> Cell:
    parent = None if row.parent_id is None else str(row.parent_id)
    return Cell(str(row.unit_id), parent, row.people, row.in_date)
