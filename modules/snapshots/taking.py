"""Take the month-end figures: roll up the tree, hide what must be hidden, store."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from sqlmodel import Session

from db import headcounts, reports, snapshots
from db import people as everybody
from db.snapshots import Part, Row
from db.tables import Organisation
from modules.progress.standing import month_ends
from modules.snapshots import parts
from modules.snapshots.book import Book, Month, cell, opened
from modules.snapshots.change import flow, groups, telling
from modules.suppress import protect
from modules.suppress.moves import beside, together

MOST_MONTHS = 24


@dataclass(frozen=True)
class Ready:
    """Missing months of a module as they were decided, and what was stored when they were."""

    org_id: uuid.UUID
    module: str
    state: tuple[int, ...]
    rows: dict[date, list[Row]]
    parts: dict[date, list[Part]]


def catch_up(session: Session, *, now: datetime) -> int:
    """Take every missing month-end of every organisation and module; how many were taken.

    Needs a writing session, for as long as it takes: in a large body, half a minute for each
    module. Whoever serves people meanwhile uses `missing` and `keep`.
    """
    return sum(keep(session, ready) for ready in missing(session, now=now))


def missing(session: Session, *, now: datetime) -> Iterator[Ready]:
    """Decide the missing month-ends, one module after the other; a reading session will do.

    From the first day on which anybody enrolled was placed, to the last month that is over in the
    organisation's zone, 24 at the most.
    """
    for organisation in everybody.organisations(session):
        today = now.astimezone(ZoneInfo(organisation.zone)).date()
        staff = None
        for module in reports.modules(session, org_id=organisation.id):
            if not _missing(session, organisation, module, today):
                continue
            state = snapshots.state(session, org_id=organisation.id, module=module)
            # A million people are read for a month that is missing, not at every start.
            staff = staff or headcounts.staff(session, org_id=organisation.id)
            book = opened(session, organisation, module, staff)
            begun = np.maximum(staff.first, book.asked.first[staff.person])
            begun = begun[begun < headcounts.NEVER]
            first = date.fromordinal(int(begun.min())) if len(begun) else today
            days = month_ends(first, today - timedelta(days=1))[-MOST_MONTHS:]
            if ready := _ready(book, organisation.id, module, state, days):
                yield ready


def keep(session: Session, ready: Ready) -> int:
    """Store months that were decided; how many. Needs a writing session.

    None where something was stored or hidden since: what stays hidden was decided without it, and
    the next time decides again. So two processes at once take each month once.
    """
    org_id, module = ready.org_id, ready.module
    snapshots.hold(session, org_id=org_id)
    if snapshots.state(session, org_id=org_id, module=module) != ready.state:
        return 0
    for day, rows in ready.rows.items():
        snapshots.store(session, org_id=org_id, module=module, rows=rows)
        snapshots.store_parts(session, org_id=org_id, module=module, parts=ready.parts[day])
    return len(ready.rows)


def _ready(
    book: Book, org_id: uuid.UUID, module: str, state: tuple[int, ...], days: Sequence[date]
) -> Ready | None:
    wanted = [day for day in days if day not in book.months]
    for day in wanted:
        decide(book, day)
    if not wanted:
        return None
    rows = {day: book.months[day] for day in wanted}
    parts = {day: book.parts[day] for day in wanted}
    return Ready(org_id, module, state, rows, parts)


def _missing(session: Session, organisation: Organisation, module: str, today: date) -> bool:
    """Whether a month-end may be missing, as far as the database tells without any person."""
    org_id = organisation.id
    first = reports.earliest(session, org_id=org_id, module=module, zone=organisation.zone)
    if first is None:
        return False
    wanted = month_ends(first, today - timedelta(days=1))[-MOST_MONTHS:]
    return not snapshots.months(session, org_id=org_id, module=module).issuperset(wanted)


def take(session: Session, *, organisation: Organisation, module: str, month_end: date) -> bool:
    """Take one month-end; False when it was taken before. Needs a writing session."""
    state = snapshots.state(session, org_id=organisation.id, module=module)
    staff = headcounts.staff(session, org_id=organisation.id)
    book = opened(session, organisation, module, staff)
    ready = _ready(book, organisation.id, module, state, [month_end])
    return ready is not None and bool(keep(session, ready))


def tighten(session: Session, *, organisation: Organisation) -> int:
    """Hide in stored months what a raised threshold hides; how many figures. A writing session.

    What was hidden stays hidden, for its own reason. Nothing is ever shown that was not before.
    """
    done = 0
    org_id = organisation.id
    snapshots.hold(session, org_id=org_id)
    staff = headcounts.staff(session, org_id=org_id)
    for module in snapshots.modules(session, org_id=org_id):
        book = opened(session, organisation, module, staff)
        for day, rows in sorted(book.months.items()):
            already = {str(row.unit_id): row.hidden for row in rows if row.hidden}
            month = book.month(day)
            new = _hide(book, month, rows, already)
            more = [row for row, old in zip(new, rows, strict=True) if row.hidden != old.hidden]
            snapshots.hide(session, org_id=org_id, module=module, rows=more)
            book.months[day] = new
            book.forget(day)
            done += len(more)
            lowest = parts.floor(int((month.unit >= 0).sum()), book.least)
            gone = [
                replace(one, hidden="small")
                for one in book.parts.get(day, [])
                if not one.hidden and one.people < lowest
            ]
            snapshots.hide_parts(session, org_id=org_id, module=module, parts=gone)
            done += len(gone)
    return done


def _hide(book: Book, month: Month, rows: list[Row], already: dict[str, str]) -> list[Row]:
    """The rows with what stays hidden and why.

    Units are hidden by size and value (`protect`), and as "change" where this month beside any
    other shown one would tell about fewer than ``least`` people. Each such hiding is followed by
    `protect` again, so that it opens no new subtraction, until nothing tells any more.
    """
    least = book.least
    units = len(book.tree.ids)
    cells = [cell(row) for row in rows]
    size = {one.node: one.people for one in cells}
    others = {day: book.moment(day) for day in book.months if day != month.day}
    flows = {day: flow(month.unit, book.month(day).unit) for day in others}
    while True:
        hidden = protect(cells, least, already=already)
        now = groups(cells, hidden, book.tree.place)
        told = {
            group
            for day, then in others.items()
            for group in telling(now, then, flows[day], least, units)
        }
        if told:
            # Units that changed themselves go at once; what only subtraction shows, one at a time.
            whole = [group.unit for group in told if group.whole]
            already |= dict.fromkeys(whole or [min(told).unit], "change")
            continue
        found = [replace(row, hidden=hidden[str(row.unit_id)]) for row in rows]
        at = _crossing(book, month, found)
        if at is None:
            return found
        shown = [str(book.tree.ids[unit]) for unit in at if unit >= 0]
        shown = shown or [node for node in hidden if not hidden[node]]
        already[min(shown, key=lambda node: (size[node], node))] = "change"


def _crossing(book: Book, month: Month, rows: list[Row]) -> set[int] | None:
    """The regions by which unions of groups of some months isolate a few people; None: nobody.

    Each two months, and in a body that is not too large all of them at once.
    """
    here = book.in_regions(month, rows)
    if (here < 0).all():
        return None
    others = [book.sight(day) for day in sorted(book.months) if day != month.day]
    for then in others:
        told = beside(here, then, book.least)
        if told is not None:
            return {unit for column, unit in told if column == 0}
    if len(others) > 1:
        told = together([here, *others], book.least)
        if told is not None:
            return {unit for column, unit in told if column == 0}
    return None


def decide(book: Book, month_end: date) -> None:
    """Write a month into the book: its rows and its breakdowns, with what stays hidden and why."""
    month = book.month(month_end)
    rows = _hide(book, month, _tally(book, month), {})
    last = max((day for day in book.parts if book.parts[day]), default=month_end)
    book.parts[month_end] = parts.decide(book, month, rows, book.parts.get(last, []))
    book.months[month_end] = rows


def _tally(book: Book, month: Month) -> list[Row]:
    """Every unit's figures with its subtree's, under one top."""
    tree = book.tree
    units = len(tree.ids)
    people = np.bincount(month.unit[month.unit >= 0], minlength=units)
    in_date = np.bincount(month.unit[month.in_date], minlength=units)
    for unit in range(units - 1, 0, -1):
        people[tree.parent[unit]] += people[unit]
        in_date[tree.parent[unit]] += in_date[unit]
    return [
        Row(
            month.day,
            unit,
            tree.ids[tree.parent[at]] if tree.parent[at] >= 0 else None,
            tree.names[at],
            int(people[at]),
            int(in_date[at]),
            "",
        )
        for at, unit in enumerate(tree.ids)
    ]
