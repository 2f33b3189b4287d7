"""What rules look at, in rows; and the plan from what they ask to what changes, in SQL."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, String, or_, select, type_coerce
from sqlmodel import Session

from db.people import DEPUTY, GRANT, PERSON, PLACEMENT, UNIT, in_force, on_day
from db.roster.laying import CACHE_KIB, load, postgres, run
from db.tables import Deputy, core, new_id

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
        grace_days = d.grace_days, window_days = d.window_days, before_access = d.before_access,
        changed_at = CASE WHEN d.what = 'reopened' OR enrolment.due_on <> d.due_on
                OR enrolment.grace_days <> d.grace_days OR enrolment.window_days <> d.window_days
            THEN :now ELSE enrolment.changed_at END
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
    run(session, CHANGE, org=org_id, now=now)
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
