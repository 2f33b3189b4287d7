"""A unit's month-end figures as a lead may see them: only what one part of the page draws."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from db import figures as stored
from db import people, snapshots
from db.snapshots import Row
from modules.access import Viewer, reach, require
from modules.agreement.current import at_least
from modules.basics import Denied
from modules.manage.ahead import loads
from modules.manage.panels import Group, Line, Past, figures, lines
from modules.manage.seen import Choice, Statistics, Trained

EVERY = "every"
"""A part that stands for all of them: what the command line tells."""
BY = ("family", "path", "cohort")
PAGE = 50
"""Units on one page: so many bars, rows and names at the most, however many there are."""
MOST_FOUND = 20
LEAST_DEPARTMENTS = 5
"""Shown departments under which it is not said how many of them count as having trained."""


@dataclass(frozen=True)
class Where:
    """The unit looked at with those above it, and how far the viewer reaches. Newest month."""

    chain: list[Row]
    tops: list[Row]
    reached: frozenset[uuid.UUID] | None

    @property
    def chosen(self) -> Row:
        """The unit itself."""
        return self.chain[-1]

    @property
    def above(self) -> list[Row]:
        """Those above it that the viewer may see, the highest first."""
        return [row for row in self.chain[:-1] if self.open(row)]

    def open(self, row: Row) -> bool:
        """Whether the viewer may see this unit."""
        return self.reached is None or row.unit_id in self.reached


def statistics(
    session: Session,
    viewer: Viewer,
    *,
    now: datetime,
    module: str = "",
    node: str = "",
    part: str = "share",
    by: str = "",
    page: int = 1,
    find: str = "",
) -> Statistics:
    """The figures of a unit ("" for the whole body) for a module ("" for the first one).

    ``part`` is the part of the page that is drawn; of the others nothing is read. ``by`` is the
    one breakdown of the part "groups", "" for the first that is shown. Eight queries at most,
    however large the body. A unit or module without figures in the viewer's organisation, or
    outside the units that her role reaches, is Denied, whether it exists elsewhere or not.
    """
    require(viewer, "manage.statistics")
    reached = reach(session, viewer, "manage.statistics")
    body = people.organisation(session, org_id=viewer.org_id)
    if body is None:
        raise Denied("statistics of an organisation that is gone")
    modules = tuple(stored.modules(session, org_id=viewer.org_id))
    if module and module not in modules:
        raise Denied(f"statistics of module {module}")
    least = at_least(body.least)
    if not modules:
        return Statistics(body.name, body.target, body.trained_from, least)
    module = module or modules[0]
    where = _where(session, viewer, module, node, reached)
    top, chosen = where.chain[0], where.chosen
    series = stored.months(
        session, org_id=viewer.org_id, module=module, unit_ids=[chosen.unit_id, top.unit_id]
    )
    months = [row for row in series if row.unit_id == chosen.unit_id]
    told = _told(months)
    total = _told([row for row in series if row.unit_id == top.unit_id])
    under = _under(session, viewer, module, told)
    pages = max(1, -(-len(under) // PAGE))
    page = min(max(page, 1), pages)
    here = under[(page - 1) * PAGE : page * PAGE]
    past = _past(
        session,
        viewer,
        module,
        where,
        part=part,
        by=by,
        months=months,
        here=here,
        now=now,
        least=least,
    )
    whole = _line(total)
    departments = under if chosen.unit_id == top.unit_id else []
    if part in ("share", EVERY) and reached is None and chosen.unit_id != top.unit_id:
        departments = _under(session, viewer, module, total)
    found = _found(session, viewer, module, where, find) if find.strip() else here
    return Statistics(
        organisation=body.name,
        target=body.target,
        trained_from=body.trained_from,
        least=least,
        modules=modules,
        module=module,
        unit=str(chosen.unit_id),
        name=chosen.name,
        headline=_line(told),
        newest=top.month_end,
        held=months[-1].hidden,
        counts=None if whole.share is None else whole.share >= body.trained_from,
        departments=_departments(departments, body.trained_from),
        figures=figures(past),
        units=_choices(where, found),
        below=len(under),
        page=page,
        pages=pages,
        whole=reached is None and chosen.parent_id is None,
    )


def _where(
    session: Session,
    viewer: Viewer,
    module: str,
    node: str,
    reached: frozenset[uuid.UUID] | None,
) -> Where:
    """Where the viewer stands; Denied for a unit that is not there or not hers to see."""
    org_id = viewer.org_id
    tops = _tops(session, org_id, module, reached)
    unit = _id(node) if node else tops[0].unit_id if tops else None
    if node and unit is None:
        raise Denied(f"statistics of unit {node}")
    if reached is not None and (unit is None or unit not in reached):
        raise Denied(f"statistics of unit {node or 'any'}")
    chain = stored.place(session, org_id=org_id, module=module, unit_id=unit)
    if not chain:
        raise Denied(f"statistics of unit {node or 'any'}")
    return Where(chain, tops or chain[:1], reached)


def _tops(
    session: Session, org_id: uuid.UUID, module: str, reached: frozenset[uuid.UUID] | None
) -> list[Row]:
    """The highest units of a reader who sees a part of the body, by name; none for the whole."""
    if reached is None:
        return []
    rows = stored.some(session, org_id=org_id, module=module, unit_ids=reached)
    return [row for row in rows if row.parent_id not in reached]


def _past(
    session: Session,
    viewer: Viewer,
    module: str,
    where: Where,
    *,
    part: str,
    by: str,
    months: list[Row],
    here: list[Row],
    now: datetime,
    least: int,
) -> Past:
    """What the panels of a part read; of one breakdown at a time, and all of them for EVERY."""
    org_id, unit = viewer.org_id, where.chosen.unit_id
    every = part == EVERY
    past = Past()
    if part == "share" or every:
        past = replace(past, months=tuple(months), units=tuple(here))
    if part == "months" or every:
        ids = [unit, *(row.unit_id for row in here)]
        rows = stored.months(session, org_id=org_id, module=module, unit_ids=ids)
        # The unit itself first, then those below it by name.
        rows.sort(key=lambda row: (row.unit_id != unit, row.name, str(row.unit_id), row.month_end))
        past = replace(past, grid=tuple(rows))
    if (part == "groups" or every) and where.chosen.parent_id is None:
        parts = snapshots.parts_shown(session, org_id=org_id, module=module, unit_id=unit)
        by = by or next((name for name in BY if any(one.by == name for one in parts)), BY[0])
        past = replace(past, parts=tuple(one for one in parts if every or one.by == by))
    if part == "modules" or every:
        found = stored.of_modules(session, org_id=org_id, unit_id=unit)
        past = replace(past, modules={one: _told(rows) for one, rows in found.items()})
    if (part == "ahead" or every) and where.reached is None and where.chosen.parent_id is None:
        expiring = stored.expiring(session, org_id=org_id, module=module)
        past = replace(past, ahead=loads(expiring, viewer.today(now), least))
    return past


def _under(session: Session, viewer: Viewer, module: str, of: Row) -> list[Row]:
    return stored.under(
        session,
        org_id=viewer.org_id,
        module=module,
        parent_id=of.unit_id,
        month_end=of.month_end,
    )


def _departments(rows: list[Row], share: float) -> Trained | None:
    """How many departments have that share, of those that are shown: nothing else is counted."""
    shown = [row for row in rows if not row.hidden and row.people]
    if len(shown) < LEAST_DEPARTMENTS:
        return None
    return Trained(sum(row.in_date >= share * row.people for row in shown), len(shown))


def _found(session: Session, viewer: Viewer, module: str, where: Where, find: str) -> list[Row]:
    """Units that the viewer may see whose name holds what she typed."""
    most = MOST_FOUND if where.reached is None else 10 * MOST_FOUND
    rows = stored.named(session, org_id=viewer.org_id, module=module, like=find.strip(), most=most)
    return [row for row in rows if where.open(row)][:MOST_FOUND]


def _choices(where: Where, found: list[Row]) -> tuple[Choice, ...]:
    """Where one can go: other tops of hers, the units above, this one, and those found."""
    path = [*where.above, where.chosen]
    others = [row for row in where.tops if row.unit_id != path[0].unit_id]
    named = {row.unit_id for row in path}
    rows = [(row, 0) for row in others]
    rows += [(row, depth) for depth, row in enumerate(path)]
    rows += [(row, len(path)) for row in found if row.unit_id not in named]
    return tuple(Choice(str(row.unit_id), row.name, depth) for row, depth in rows)


def _told(months: list[Row]) -> Row:
    """The newest shown month; the newest of all when none is shown."""
    return next((row for row in reversed(months) if not row.hidden), months[-1])


def _line(row: Row) -> Line:
    group = Group(str(row.unit_id), row.name, row.month_end, row.people, row.in_date, row.hidden)
    return lines([group])[0]


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
