"""What rules look at, in rows; and the plan from what they ask to what changes, in SQL."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, String, and_, func, or_, select, type_coerce, update
from sqlmodel import Session

from db.enrolments import COMPLETION, ENROLMENT
from db.people import DEPUTY, GRANT, PERSON, PLACEMENT, UNIT, in_force, on_day
from db.roster.laying import CACHE_KIB, load, postgres, run
from db.tables import Enrolment, Holiday, core, new_id
from db.tables.duties import Assignment
from db.tables.people import Deputy

WINDOW_DAYS = 30
"""Days before an expiry from which whoever is not enrolled renews her cycle."""
ASSIGNMENT, HOLIDAY = core(Assignment).c, core(Holiday).c

TABLES = {
    # Everybody concerned; `kind` says who are alike to every rule, 0 whom none asks anything.
    "duty_person": "person_id ID PRIMARY KEY, kind INTEGER NOT NULL",
    "duty_asked": """
        kind INTEGER NOT NULL, module TEXT NOT NULL, due_on DAY NOT NULL, assignment_id ID NOT NULL,
        grace_days INTEGER NOT NULL, window_days INTEGER NOT NULL, before_access BOOLEAN NOT NULL,
        PRIMARY KEY (kind, module)""",
    "duty_plan": """
        n COUNTER, what TEXT NOT NULL, enrolment_id ID, person_id ID NOT NULL, module TEXT NOT NULL,
        due_on DAY NOT NULL, assignment_id ID, grace_days INTEGER, window_days INTEGER,
        before_access BOOLEAN""",
}
WORDS = re.compile(r"\b(ID|DAY|COUNTER)\b")
KINDS = {
    "sqlite": {"ID": "CHAR(32)", "DAY": "DATE", "COUNTER": "INTEGER PRIMARY KEY"},
    "postgresql": {
        "ID": "UUID",
        "DAY": "DATE",
        "COUNTER": "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    },
}
# A hand enrolment that nobody has ended is left as it is.
ASKED = """
    INSERT INTO duty_plan (what, enrolment_id, person_id, module, due_on, assignment_id, grace_days,
        window_days, before_access)
    SELECT CASE WHEN e.id IS NULL THEN 'new' WHEN e.ended_on IS NOT NULL THEN 'reopened'
        ELSE 'changed' END, e.id, p.person_id, a.module, a.due_on, a.assignment_id, a.grace_days,
        a.window_days, a.before_access
    FROM duty_person p JOIN duty_asked a ON a.kind = p.kind
    LEFT JOIN enrolment e ON e.org_id = :org AND e.person_id = p.person_id AND e.module = a.module
    WHERE e.id IS NULL OR e.ended_on IS NOT NULL OR (e.assignment_id IS NOT NULL AND (
        e.due_on <> a.due_on OR e.assignment_id <> a.assignment_id
        OR e.grace_days <> a.grace_days OR e.window_days <> a.window_days
        OR e.before_access <> a.before_access))"""
ENDED = """
    INSERT INTO duty_plan (what, enrolment_id, person_id, module, due_on)
    SELECT 'ended', e.id, e.person_id, e.module, e.due_on
    FROM enrolment e JOIN duty_person p ON p.person_id = e.person_id
    WHERE e.org_id = :org AND e.assignment_id IS NOT NULL AND e.ended_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM duty_asked a WHERE a.kind = p.kind AND a.module = e.module)"""
# As UUIDv7: the moment, then a number that counts on, so that the table grows at its end.
MADE_ID = {
    "sqlite": ":stem || '7' || substr(printf('%08x', n), 1, 3) || '8' "
    "|| substr(printf('%08x', n), 4) || lower(hex(randomblob(5)))",
    "postgresql": "CAST(:stem || '7' || substr(lpad(to_hex(n), 8, '0'), 1, 3) || '8' "
    "|| substr(lpad(to_hex(n), 8, '0'), 4) "
    "|| substr(replace(CAST(gen_random_uuid() AS TEXT), '-', ''), 1, 10) AS UUID)",
}
ADD = """
    INSERT INTO enrolment (org_id, id, person_id, module, enrolled_at, due_on, assignment_id,
        grace_days, window_days, before_access)
    SELECT :org, MADE_ID, person_id, module, :now, due_on, assignment_id, grace_days, window_days,
        before_access
    FROM duty_plan WHERE what = 'new' ORDER BY n
    ON CONFLICT DO NOTHING"""
CHANGE = """
    UPDATE enrolment SET due_on = d.due_on, assignment_id = d.assignment_id, ended_on = NULL,
        grace_days = d.grace_days, window_days = d.window_days, before_access = d.before_access
    FROM duty_plan d
    WHERE enrolment.org_id = :org AND enrolment.id = d.enrolment_id
        AND d.what IN ('changed', 'reopened')"""
ADOPT = """
    UPDATE enrolment SET assignment_id = a.assignment_id, grace_days = a.grace_days,
        window_days = a.window_days, before_access = a.before_access
    FROM duty_person p JOIN duty_asked a ON a.kind = p.kind
    WHERE enrolment.org_id = :org AND enrolment.person_id = p.person_id
        AND enrolment.module = a.module AND enrolment.due_on = a.due_on
        AND enrolment.assignment_id IS NULL AND enrolment.ended_on IS NULL"""
END = """
    UPDATE enrolment SET ended_on = :today FROM duty_plan d
    WHERE enrolment.org_id = :org AND enrolment.id = d.enrolment_id AND d.what = 'ended'"""


@dataclass(frozen=True)
class Kept:
    """A rule as it is stored."""

    id: uuid.UUID
    title: str
    target: str
    rule: Mapping[str, Any]
    starts: date
    ends: date | None
    made_by: uuid.UUID | None
    made_at: datetime
    changed_at: datetime | None


Key = uuid.UUID | str
"""An id as the driver gives it: making objects of a hundred thousand would cost a second."""


@dataclass(frozen=True)
class Staff:
    """What rules look at, of everybody or some of an organisation, in plain rows.

    ``people`` are (id, joined_on, left_on, path); ``places`` (person, unit, starts, ends, job
    family, grade), by person and oldest first.
    """

    people: list[Any]
    places: list[Any]
    roles: dict[Key, set[str]]
    managers: set[Key]
    parents: dict[Key, Key | None]
    # Whether ids come as text.
    as_text: bool

    def key(self, id_: uuid.UUID) -> Key:
        """An id as it stands in these rows."""
        return id_.hex if self.as_text else id_


def as_uuid(key: Key) -> uuid.UUID:
    """The id behind a key."""
    return key if isinstance(key, uuid.UUID) else uuid.UUID(key)


def assignments(session: Session, *, org_id: uuid.UUID) -> list[Kept]:
    """Every rule of an organisation by title: those in force, those to begin, those that ended."""
    columns = (ASSIGNMENT[one.name] for one in fields(Kept))
    query = select(*columns).where(ASSIGNMENT.org_id == org_id)
    rows = session.connection().execute(query.order_by(ASSIGNMENT.title, ASSIGNMENT.id))
    return [Kept(**row._mapping) for row in rows]


def staff(
    session: Session, *, org_id: uuid.UUID, day: date, person_ids: Collection[uuid.UUID] | None
) -> Staff:
    """What rules look at on a day: of everybody, or of some. Six queries."""
    connection = session.connection()

    def some(query: Select[Any], column: Any) -> Any:
        return connection.execute(
            query if person_ids is None else query.where(column.in_(person_ids))
        )

    people = some(
        select(_key(PERSON.id), PERSON.joined_on, PERSON.left_on, PERSON.path)
        .where(PERSON.org_id == org_id)
        .order_by(PERSON.id),
        PERSON.id,
    ).all()
    places = some(
        select(
            _key(PLACEMENT.person_id),
            _key(PLACEMENT.unit_id),
            PLACEMENT.starts,
            PLACEMENT.ends,
            PLACEMENT.job_family,
            PLACEMENT.grade,
        )
        .where(PLACEMENT.org_id == org_id, PLACEMENT.starts <= day)
        .order_by(PLACEMENT.person_id, PLACEMENT.starts, PLACEMENT.id),
        PLACEMENT.person_id,
    ).all()
    roles: dict[Key, set[str]] = {}
    for person_id, role in some(
        select(_key(GRANT.person_id), GRANT.role).where(GRANT.org_id == org_id, in_force(day)),
        GRANT.person_id,
    ):
        roles.setdefault(person_id, set()).add(role)
    held = select(PLACEMENT.line_manager_id).where(
        PLACEMENT.org_id == org_id, PLACEMENT.line_manager_id.is_not(None), on_day(day)
    )
    managing = held.with_only_columns(_key(PLACEMENT.line_manager_id)).distinct()
    managers = set(some(managing, PLACEMENT.line_manager_id).scalars())
    acting = (
        select(_key(DEPUTY.deputy_id))
        .distinct()
        .select_from(core(Deputy))
        .where(
            DEPUTY.org_id == org_id,
            DEPUTY.starts <= day,
            or_(DEPUTY.ends.is_(None), DEPUTY.ends > day),
            DEPUTY.manager_id.in_(held),
        )
    )
    managers |= set(some(acting, DEPUTY.deputy_id).scalars())
    above = select(_key(UNIT.id), _key(UNIT.parent_id)).where(UNIT.org_id == org_id)
    parents = {row[0]: row[1] for row in connection.execute(above)}
    return Staff(
        list(people), list(places), roles, managers, parents, as_text=not postgres(session)
    )


def _key(column: Any) -> Any:
    return type_coerce(column, String)


Asked = tuple[int, str, date, uuid.UUID, int, int, bool]
"""Kind, module, due day, assignment, days of grace, days of the window, before access."""


def plan(
    session: Session,
    *,
    org_id: uuid.UUID,
    people: Iterable[tuple[Key, int]],
    asked: Iterable[Asked],
) -> dict[str, int]:
    """Lay what is asked beside what stands; how many rows are new, changed, reopened and ended.

    Nothing that stands is changed: a reading session will do. `apply` writes it.
    """
    _make(session)
    load(session, "duty_person", ("person_id", "kind"), people)
    if postgres(session):
        load(session, "duty_asked", ASKED_COLUMNS, asked)
        run(session, "ANALYZE duty_person")
        run(session, "ANALYZE duty_asked")
    else:
        plain = ((*row[:2], row[2].isoformat(), row[3].hex, *row[4:]) for row in asked)
        load(session, "duty_asked", ASKED_COLUMNS, plain)
    run(session, ASKED, org=org_id)
    run(session, ENDED, org=org_id)
    counted = run(session, "SELECT what, COUNT(*) FROM duty_plan GROUP BY what")
    return {what: int(count) for what, count in counted}


ASKED_COLUMNS = (
    *("kind", "module", "due_on", "assignment_id", "grace_days", "window_days", "before_access"),
)


def apply(session: Session, *, org_id: uuid.UUID, today: date, now: datetime) -> None:
    """Write what was planned in this session."""
    dialect = session.connection().dialect.name
    # The first 48 bits of a UUIDv7 are the moment.
    stem = new_id().hex[:12]
    run(session, ADD.replace("MADE_ID", MADE_ID[dialect]), org=org_id, stem=stem, now=now)
    run(session, CHANGE, org=org_id)
    run(session, END, org=org_id, today=today)


def adopt(session: Session, *, org_id: uuid.UUID) -> int:
    """Let what was enrolled by hand with just the day of a rule follow from it; how many rows."""
    return int(run(session, ADOPT, org=org_id).rowcount)


def unmake(session: Session) -> None:
    """Let go of what a plan needed."""
    for name in TABLES:
        run(session, f"DROP TABLE IF EXISTS {place(session)}.{name}")
    if not postgres(session):
        run(session, "PRAGMA main.cache_size=-2000")


def _make(session: Session) -> None:
    unmake(session)
    kinds = KINDS[session.connection().dialect.name]
    end = " ON COMMIT DROP" if postgres(session) else ""
    if not end:
        run(session, f"PRAGMA main.cache_size=-{CACHE_KIB}")
        run(session, f"PRAGMA temp.cache_size=-{CACHE_KIB // 4}")
    for name, columns in TABLES.items():
        typed = WORDS.sub(lambda found: kinds[found[0]], columns)
        run(session, f"CREATE TEMPORARY TABLE {name} ({typed}){end}")


def place(session: Session) -> str:
    """The schema of temporary tables."""
    return "pg_temp" if postgres(session) else "temp"


def store(
    session: Session,
    *,
    org_id: uuid.UUID,
    assignment_id: uuid.UUID | None,
    title: str,
    target: str,
    rule: Mapping[str, Any],
    starts: date,
    by: uuid.UUID | None,
    now: datetime,
) -> uuid.UUID:
    """Keep a new rule, or another state of one; gives its id."""
    values = {"title": title, "target": target, "rule": dict(rule), "starts": starts}
    if assignment_id is not None:
        session.connection().execute(
            update(core(Assignment))
            .where(ASSIGNMENT.org_id == org_id, ASSIGNMENT.id == assignment_id)
            .values(**values, changed_at=now)
        )
        return assignment_id
    made = new_id()
    row = {"org_id": org_id, "id": made, "made_by": by, "made_at": now, **values}
    session.connection().execute(core(Assignment).insert().values(row))
    return made


def end(
    session: Session, *, org_id: uuid.UUID, assignment_id: uuid.UUID, today: date, now: datetime
) -> bool:
    """Let a rule ask nothing from a day on; whether it still did, or was to."""
    done = session.connection().execute(
        update(core(Assignment))
        .where(
            ASSIGNMENT.org_id == org_id,
            ASSIGNMENT.id == assignment_id,
            or_(ASSIGNMENT.ends.is_(None), ASSIGNMENT.ends > today),
        )
        .values(ends=today, changed_at=now)
    )
    return bool(done.rowcount)


def holidays(session: Session, *, org_id: uuid.UUID) -> set[date]:
    """The days on which an organisation does not work beside its weekly ones."""
    query = select(HOLIDAY.day).where(HOLIDAY.org_id == org_id)
    return set(session.connection().execute(query).scalars())


@dataclass(frozen=True)
class Held:
    """What renews somebody's module: the rule behind her enrolment, and what she holds already."""

    window_days: int
    rule: Mapping[str, Any] | None
    starts: date | None
    valid_until: date | None


def held(session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, module: str) -> Held:
    """What somebody's completion of a module goes by. Two queries."""
    query = (
        select(ENROLMENT.window_days, ASSIGNMENT.rule, ASSIGNMENT.starts)
        .select_from(core(Enrolment))
        .outerjoin(
            core(Assignment),
            and_(ASSIGNMENT.org_id == ENROLMENT.org_id, ASSIGNMENT.id == ENROLMENT.assignment_id),
        )
        .where(
            ENROLMENT.org_id == org_id,
            ENROLMENT.person_id == person_id,
            ENROLMENT.module == module,
            ENROLMENT.ended_on.is_(None),
        )
    )
    row = session.connection().execute(query).first()
    latest = select(func.max(COMPLETION.valid_until)).where(
        COMPLETION.org_id == org_id,
        COMPLETION.person_id == person_id,
        COMPLETION.module == module,
    )
    until = session.connection().execute(latest).scalar()
    window, rule, starts = row or (WINDOW_DAYS, None, None)
    return Held(window, rule, starts, until)


def first_day(
    session: Session, *, org_id: uuid.UUID, person_id: uuid.UUID, today: date
) -> date | None:
    """The first day from today on that somebody works: today itself, or when she is to begin."""
    query = select(func.min(PLACEMENT.starts)).where(
        PLACEMENT.org_id == org_id,
        PLACEMENT.person_id == person_id,
        or_(PLACEMENT.ends.is_(None), PLACEMENT.ends > today),
        or_(PLACEMENT.ends.is_(None), PLACEMENT.ends > PLACEMENT.starts),
    )
    found: date | None = session.connection().execute(query).scalar()
    return found
