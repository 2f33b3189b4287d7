"""An import of people: the plan that a dry run shows, then all of it or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db.roster import applying, counting, kept, laying, matching, planning, trees
from db.roster.applying import Moment, Tell
from db.tables import Organisation, new_id
from modules import enrolling, words
from modules.evidence import imports
from modules.exchange import columns, verdicts
from modules.exchange.loops import rings
from modules.exchange.plans import Choices, Plan
from modules.exchange.reading import Table
from modules.exchange.rows import Checker
from modules.exchange.units import Tree, Wrong

MEANWHILE = (
    "Somebody changed the same people while the import ran. Nothing was imported: run it again."
)
# Rows on their way from the file to the database: what bounds the memory.
AT_ONCE = 20_000


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def mapping_for(
    session: Session, *, org_id: uuid.UUID, table: Table
) -> tuple[dict[str, str], bool]:
    """Column -> field as it was remembered for a file with this head, or guessed; and which."""
    if table.fixed:
        return dict(table.fixed), False
    found = kept.mapping(session, org_id=org_id, head=columns.head(table.columns))
    if found is None:
        return columns.guess(table.columns), False
    kept_ = {column.strip().casefold(): name for column, name in found.items()}
    every = ((column, kept_.get(column.strip().casefold())) for column in table.columns)
    return {column: name for column, name in every if column and name}, True


def plan(
    session: Session,
    *,
    organisation: Organisation,
    table: Table,
    choices: Choices,
    paths: Callable[[], Mapping[str, str]],
    by: uuid.UUID | None,
    now: datetime,
    tell: Tell = quiet,
) -> Plan:
    """Lay a file beside the people of one organisation. Nothing that stands is changed.

    ``paths`` gives folded names -> role path. ``by`` is who imports, who cannot leave by it. Raises
    BadInput for a file or a mapping that cannot be used.
    """
    org_id, today = organisation.id, now.astimezone(ZoneInfo(organisation.zone)).date()
    guessed, remembered = mapping_for(session, org_id=org_id, table=table)
    mine = set(choices.mapping.values())
    kept_ = {column: name for column, name in guessed.items() if name not in mine}
    mapping = columns.check(table.columns, {**kept_, **choices.mapping})
    checker = Checker(table.columns, mapping, paths, today)
    checker.look(table.rows())
    laying.make(session)
    _lay(session, checker, table, tell)
    tell("comparing", 0, 4)
    matching.match(session, org_id=org_id)
    tell("comparing", 1, 4)
    fields = set(mapping.values())
    tree = Tree(trees.units(session, org_id=org_id), organisation.name, "parent" in fields)
    nowhere = matching.homeless(session, org_id=org_id, today=today)
    homes, homeless = _homes(session, tree, table, checker, bool(nowhere))
    matching.settle(
        session,
        org_id=org_id,
        today=today,
        homes=homes,
        leavers=choices.leavers,
        homeless=homeless,
    )
    tell("comparing", 2, 4)
    planning.plan(
        session,
        org_id=org_id,
        today=today,
        leavers=choices.leavers,
        fields=fields,
    )
    tell("comparing", 3, 4)
    found = rings(planning.lines(session), planning.people(session))
    planning.rings(session, org_id=org_id, found=found)
    counts = counting.counts(session, org_id=org_id, today=today)
    used = [uuid.UUID(one) for one in counting.used(session)]
    tell("comparing", 4, 4)
    unwritten = counting.languages(session, without=words.languages())
    notes = list(verdicts.notes(table, counts, fields, tree, unwritten))
    stops = list(verdicts.stops(session, org_id, by, table, counts, choices, today))
    secret = tuple(name for name in table.columns if name and columns.secret(name))
    return Plan(
        table=table,
        mapping=mapping,
        remembered=remembered,
        ignored_columns=tuple(
            one for one in table.columns if one and one not in mapping and one not in secret
        ),
        secret_columns=secret,
        counts=counts,
        tree=tree,
        choices=choices,
        stops=tuple(stops),
        notes=tuple(notes),
        new_units=tuple(tree.made(used)),
        changed_units=tuple(tree.changed()),
    )


def _lay(session: Session, checker: Checker, table: Table, tell: Tell) -> None:
    """Bring the file's rows into the database, some at a time."""
    rows = checker.check(table.rows())
    # How far the file is read is told by its bytes: nobody knows its rows yet.
    while some := list(islice(rows, AT_ONCE)):
        laying.load(session, "arrival", laying.COLUMNS, some)
        tell("reading", table.position(), table.size)
    _note_faults(session, checker)


def _note_faults(session: Session, checker: Checker) -> None:
    laying.load(
        session,
        "trouble",
        ("n", "line", "part", "field", "code", "found", "other"),
        [(one.n, one.line, "row", one.field, one.code, one.found, None) for one in checker.faults],
    )
    checker.faults.clear()


def _homes(
    session: Session, tree: Tree, table: Table, checker: Checker, nowhere: bool
) -> tuple[dict[int, str], bool]:
    """The unit of each number; rows whose unit cannot be found are noted as wrong."""
    tree.define(table.units)
    homes: dict[int, str] = {}
    for named, found in tree.resolve(checker.units).items():
        no = checker.units[named]
        if isinstance(found, Wrong):
            matching.wrong_unit(session, no=no, code=found.code, found=found.found)
        else:
            homes[no] = found.hex
    top = tree.home() if nowhere else None
    if top is not None:
        homes[0] = top.hex
    return homes, nowhere and top is None


def apply(
    session: Session,
    *,
    organisation: Organisation,
    planned: Callable[[Session], Plan],
    by: uuid.UUID | None,
    now: datetime,
    by_name: str = "",
    tell: Tell = quiet,
    show: Callable[[Session, Plan], None] = lambda _session, _plan: None,
) -> Plan:
    """Plan and write in one writing session: all of it, or nothing.

    Writes nothing where everything stands already, and nothing when the plan has stops. What is
    written is entered in the evidence.
    ``show`` may read the plan's lists before anything is written.
    """
    kept.hold(session, org_id=organisation.id)
    found = planned(session)
    show(session, found)
    if found.stops:
        laying.unmake(session)
        return found
    today = now.astimezone(ZoneInfo(organisation.zone)).date()
    at = Moment(organisation.id, new_id(), today, now)
    if not found.table.fixed:
        every = {one: found.mapping.get(one, columns.IGNORE) for one in found.table.columns if one}
        head = columns.head(found.table.columns)
        kept.keep_mapping(session, org_id=at.org_id, head=head, mapping=every, now=now)
    if not found.nothing:
        kept.record(session, at, sha256=found.table.sha256, counts=found.counts, by=by)
        base = trees.write(session, at, made=found.new_units, changed=found.changed_units)
        applying.remember(session, at, base)
        applying.write(session, at, tell)
        applying.forget_old(session, org_id=at.org_id, now=now)
        enrolling.refresh(session, org_id=at.org_id, now=now)
        newest = kept.imports(session, org_id=at.org_id, most=1)[0]
        imports.done(session, newest, by_name=by_name, now=now)
    laying.unmake(session)
    return found
