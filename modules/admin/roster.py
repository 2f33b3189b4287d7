"""Bringing a staff list on the page: looked at, imported as a whole, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlmodel import Session

from db.roster import counting, kept
from db.roster.applying import Tell
from db.roster.laying import as_day, as_id
from db.tables import Organisation
from modules import days, words
from modules.access import Viewer, require
from modules.basics import BadInput, Words
from modules.exchange import columns, roster, telling, undoing
from modules.exchange.plans import Choices, Plan
from modules.exchange.reading import Table, open_table
from modules.exchange.roster import quiet

__all__ = ["Choices", "Done", "Home", "Sight", "home", "look", "opened", "take", "undo"]

# Lines of each list that the page shows; the wrong cells can be downloaded, so many of them.
SHOWN, MOST_WRONG = 50, 20_000
FIELDS = (columns.IGNORE, *columns.FIELDS)

Lines = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Done:
    """One import that was done."""

    at: datetime
    by: str
    people: int
    joined: int
    moved: int
    changed: int
    left: int
    undone: bool


@dataclass(frozen=True)
class Home:
    """What the page shows before a file comes: the latest imports."""

    imports: tuple[Done, ...]

    @property
    def can_undo(self) -> bool:
        """Whether there is an import that was not taken back."""
        return any(not one.undone for one in self.imports)


@dataclass(frozen=True)
class Sight:
    """What an import would do, in words. Keeps nothing but what the page draws."""

    summary: tuple[tuple[str, int], ...]
    stops: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    nothing: bool
    wrong: int
    leaving: int
    # The first of each kind, as the page lists them: name of the list -> lines, and how many.
    lists: Mapping[str, Lines]
    totals: Mapping[str, int]
    wrong_csv: str

    def stopped(self, code: str) -> bool:
        """Whether this is among what stops it."""
        return any(one == f"roster.stop.{code}" for one, _ in self.stops)


def opened(body: bytes, name: str) -> Table:
    """An uploaded file. Raises BadInput for one that is no staff list."""
    return open_table(body, name)


def home(session: Session, viewer: Viewer) -> Home:
    """The latest imports of the viewer's own organisation. Two queries."""
    require(viewer, "admin.roster")
    who = kept.names(session, org_id=viewer.org_id)
    return Home(
        tuple(
            Done(
                one.imported_at,
                who.get(one.imported_by, "") if one.imported_by else "",
                *(one.people, one.joined, one.moved, one.changed, one.left),
                one.undone_at is not None,
            )
            for one in kept.imports(session, org_id=viewer.org_id)
        )
    )


def mapping(session: Session, viewer: Viewer, table: Table) -> tuple[dict[str, str], bool]:
    """What each column is taken for, and whether that was remembered from an earlier file."""
    require(viewer, "admin.roster")
    return roster.mapping_for(session, org_id=viewer.org_id, table=table)


def look(
    session: Session,
    viewer: Viewer,
    table: Table,
    choices: Choices,
    *,
    now: datetime,
    tell: Tell = quiet,
) -> Sight:
    """What the file would do to the viewer's own organisation. Nothing is changed."""
    require(viewer, "admin.roster")
    plan = _planned(session, viewer, table, choices, now, tell)(session)
    return _sight(session, viewer, plan, words.of(viewer.language))


def take(
    session: Session,
    viewer: Viewer,
    table: Table,
    choices: Choices,
    *,
    now: datetime,
    tell: Tell = quiet,
) -> Sight:
    """Import the file into the viewer's own organisation: all of it, or nothing.

    A writing session. Raises BadInput with the sentences of what stops it.
    """
    require(viewer, "admin.roster_import")
    say, seen = words.of(viewer.language), []

    def show(session: Session, plan: Plan) -> None:
        seen.append(_sight(session, viewer, plan, say))

    plan = roster.apply(
        session,
        organisation=_organisation(session, viewer),
        planned=_planned(session, viewer, table, choices, now, tell),
        by=viewer.person_id,
        by_name=viewer.name,
        now=now,
        tell=tell,
        show=show,
    )
    if plan.stops:
        raise BadInput(" ".join(text for _, text in telling.sentences(plan.stops, say)))
    return seen[0]


def undo(session: Session, viewer: Viewer, *, now: datetime) -> datetime:
    """Take the latest import back; gives its moment. Raises BadInput when that is impossible."""
    require(viewer, "admin.roster_undo")
    done = undoing.undo(
        session, org_id=viewer.org_id, now=now, by=viewer.person_id, by_name=viewer.name
    )
    return done.imported_at


def _organisation(session: Session, viewer: Viewer) -> Organisation:
    found = session.get(Organisation, viewer.org_id)
    assert found is not None
    return found


def _planned(
    session: Session, viewer: Viewer, table: Table, choices: Choices, now: datetime, tell: Tell
) -> Callable[[Session], Plan]:
    organisation = _organisation(session, viewer)
    return lambda session: roster.plan(
        session,
        organisation=organisation,
        table=table,
        choices=choices,
        paths=telling.role_paths,
        by=viewer.person_id,
        now=now,
        tell=tell,
    )


def _sight(session: Session, viewer: Viewer, plan: Plan, say: Words) -> Sight:
    """The plan as the page draws it, read while its tables stand."""
    org_id, counts, unit = viewer.org_id, plan.counts, plan.tree.path
    wrong = list(telling.wrong(session, plan, say, org_id=org_id, most=MOST_WRONG))

    def rows(sql: str) -> list[tuple[object, ...]]:
        return counting.listed(session, sql, org_id=org_id, most=SHOWN)

    def day(value: object) -> str:
        found = as_day(value)
        return days.short(found) if found else ""

    def both(before: object, after: object) -> str:
        return say("roster.from_to", before=before or "–", after=after or "–")

    def work(told: Sequence[object]) -> str:
        """Job family and grade; before and after where one of them changes."""
        before, after = (", ".join(str(one) for one in told[n::2] if one) for n in (0, 1))
        return both(before, after) if before != after else after

    lists: dict[str, Lines] = {
        "wrong": tuple(
            (str(one.row), one.column, one.found, f"{one.expected} {one.do}")
            for one in wrong[:SHOWN]
        ),
        "joins": tuple(
            (str(r[2]), str(r[1]), unit(as_id(r[5])), str(r[6] or ""))
            for r in rows(counting.JOINERS)
        ),
        "returns": tuple((str(r[2]), str(r[1]), day(r[3])) for r in rows(counting.RETURNING)),
        "moves": tuple(
            (
                str(r[2]),
                both(unit(as_id(r[3])), unit(as_id(r[4]))) if r[3] != r[4] else unit(as_id(r[4])),
                both(r[5], r[6]) if r[5] != r[6] else str(r[6]),
                work(r[7:11]),
            )
            for r in rows(counting.MOVERS)
        ),
        "changes": tuple(
            (name, say(f"roster.field.{field}"), both(before, after))
            for _, _, name, field, before, after in islice(
                counting.differences(session, org_id=org_id, most=SHOWN), SHOWN
            )
        ),
        "leaves": tuple((str(r[2]), str(r[1]), day(r[3])) for r in rows(counting.LEAVERS)),
        "units": tuple((unit(one.id),) for one in plan.new_units[:SHOWN]),
    }
    totals = {
        "wrong": counts.wrong + counts.lineless,
        "joins": counts.joined,
        "returns": counts.returned,
        "moves": counts.moved,
        "changes": counts.changed,
        "leaves": counts.left,
        "units": len(plan.new_units),
    }
    return Sight(
        summary=tuple(telling.summary(plan, say)),
        stops=tuple(telling.sentences(plan.stops, say)),
        notes=tuple(text for _, text in telling.sentences(plan.notes, say)),
        nothing=plan.nothing,
        wrong=counts.wrong + counts.lineless,
        leaving=counts.left,
        lists=lists,
        totals=totals,
        wrong_csv=telling.as_csv(wrong, say) if wrong else "",
    )
