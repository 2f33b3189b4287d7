"""What was planned, counted and listed: how many join, move, leave; which rows are wrong."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from db.roster.laying import as_day, number, run

COUNTS = """
    SELECT COUNT(*), COALESCE(SUM(1 - known), 0), COALESCE(SUM(back), 0), COALESCE(SUM(moved), 0),
        COALESCE(SUM(CASE WHEN changed = 1 THEN 1 ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN known = 1 AND changed = 0 AND moved = 0 AND back = 0
            AND leaves = 0 THEN 1 ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN regraded = 1 AND unit_id = old_unit
            AND boss_id IS NOT DISTINCT FROM old_boss THEN 1 ELSE 0 END), 0)
    FROM planned"""
PRESENT = """
    SELECT COUNT(*) FROM person WHERE org_id = :org AND erased_at IS NULL
        AND (left_on IS NULL OR left_on > :today)"""
ROLES = """
    SELECT COUNT(DISTINCT g.person_id) FROM role_grant g JOIN departing d
        ON d.person_id = g.person_id
    WHERE g.org_id = :org AND (g.ends IS NULL OR g.ends > :today)"""
LEFT_ALONE = """
    SELECT COUNT(*) FROM node x JOIN standing s ON s.person_id = x.person_id
        JOIN departing d ON d.person_id = s.boss_id WHERE x.n IS NULL"""
ADMINISTRATORS = """
    SELECT COUNT(*) FROM role_grant g JOIN person p ON p.org_id = g.org_id AND p.id = g.person_id
    WHERE g.org_id = :org AND g.role = 'administrator' AND g.unit_id IS NULL
        AND (g.ends IS NULL OR g.ends > :today) AND (p.left_on IS NULL OR p.left_on > :today)"""
STAYING = """
    SELECT COUNT(*) FROM role_grant g JOIN person p ON p.org_id = g.org_id AND p.id = g.person_id
    WHERE g.org_id = :org AND g.role = 'administrator' AND g.unit_id IS NULL
        AND (g.ends IS NULL OR g.ends > :today) AND (p.left_on IS NULL OR p.left_on > :today)
        AND NOT EXISTS (SELECT 1 FROM departing d WHERE d.person_id = p.id)"""
TROUBLES = """
    SELECT line, part, field, code, found, other, n FROM trouble
    ORDER BY line, n, field LIMIT :most"""
BY_CODE = (
    "SELECT part, code, COUNT(*) FROM trouble GROUP BY part, code ORDER BY COUNT(*) DESC, code"
)
JOINERS = """
    SELECT p.line, p.email, p.name, p.number, p.joined, p.unit_id, COALESCE(b.email, q.email)
    FROM planned p LEFT JOIN planned b ON b.person_id = p.boss_id
    LEFT JOIN person q ON q.org_id = :org AND q.id = p.boss_id
    WHERE p.known = 0 ORDER BY p.n LIMIT :most"""
RETURNING = """
    SELECT p.line, p.email, p.name, q.left_on
    FROM planned p JOIN person q ON q.org_id = :org AND q.id = p.person_id
    WHERE p.back = 1 ORDER BY p.n LIMIT :most"""
MOVERS = """
    SELECT p.line, p.email, p.name, p.old_unit, p.unit_id, COALESCE(ob.email, ''),
        COALESCE(nb.email, nq.email, ''), COALESCE(p.old_family, ''), COALESCE(p.job_family, ''),
        COALESCE(p.old_grade, ''), COALESCE(p.grade, '')
    FROM planned p
    LEFT JOIN person ob ON ob.org_id = :org AND ob.id = p.old_boss
    LEFT JOIN planned nb ON nb.person_id = p.boss_id
    LEFT JOIN person nq ON nq.org_id = :org AND nq.id = p.boss_id
    WHERE p.moved = 1 AND p.back = 0 ORDER BY p.n LIMIT :most"""
LEAVERS = """
    SELECT p.line, q.email, q.name, d.left_on FROM departing d
    JOIN person q ON q.org_id = :org AND q.id = d.person_id
    LEFT JOIN planned p ON p.n = d.n
    ORDER BY CASE WHEN d.n IS NULL THEN 1 ELSE 0 END, d.n, q.email LIMIT :most"""
CHANGES = """
    SELECT p.line, q.email, q.name, p.email, p.name, p.given, p.family, p.number, p.title, p.path,
        p.joined, p.left_on, p.language, p.zone, p.job_family, p.grade,
        q.email, q.name, q.given_name, q.family_name, q.employee_number,
        q.job_title, q.path, q.joined_on, q.left_on, q.language, q.zone,
        CASE WHEN p.filled = 1 THEN p.old_family ELSE p.job_family END,
        CASE WHEN p.filled = 1 THEN p.old_grade ELSE p.grade END, p.leaves + p.back
    FROM planned p JOIN person q ON q.org_id = :org AND q.id = p.person_id
    WHERE p.changed = 1 ORDER BY p.n LIMIT :most"""
TOPS = """
    SELECT line, email, name FROM planned WHERE boss_id IS NULL AND leaves = 0
    ORDER BY n LIMIT :most"""
# No limit, as SQL has it.
EVERY = 2_000_000_000
FIELDS = (
    *("email", "name", "given", "family", "number", "title", "path", "joined", "last"),
    *("language", "zone", "job_family", "grade"),
)


@dataclass(frozen=True)
class Counts:
    """How many people; ``rows`` of the file are taken in, ``ignored`` had left already."""

    rows: int
    joined: int
    returned: int
    moved: int
    changed: int
    same: int
    left: int
    present: int
    wrong: int
    ignored: int
    lineless: int
    roles_ended: int
    left_alone: int
    tops: int
    # Of those who move: who stays in the unit under the same manager, as something else.
    regraded: int = 0

    @property
    def nothing(self) -> bool:
        """Whether the import would change nobody."""
        return not (self.joined or self.returned or self.moved or self.changed or self.left)


def counts(session: Session, *, org_id: uuid.UUID, today: date) -> Counts:
    """Everything counted once."""
    rows, joined, back, moved, changed, same, regraded = run(session, COUNTS).one()
    wrong = number(session, "SELECT COUNT(DISTINCT n) FROM trouble WHERE part = 'row'")
    read = number(session, "SELECT COUNT(*) FROM matched")
    held = number(
        session,
        "SELECT COUNT(*) FROM matched WHERE n IN (SELECT n FROM trouble WHERE part = 'row')",
    )
    return Counts(
        rows=int(rows),
        joined=int(joined),
        returned=int(back),
        moved=int(moved) - number(session, "SELECT SUM(back * moved) FROM planned"),
        changed=int(changed),
        same=int(same),
        left=number(session, "SELECT COUNT(*) FROM departing"),
        present=number(session, PRESENT, org=org_id, today=today),
        wrong=wrong,
        ignored=read - held - int(rows),
        lineless=number(session, "SELECT COUNT(DISTINCT n) FROM trouble WHERE part = 'line'"),
        roles_ended=number(session, ROLES, org=org_id, today=today),
        left_alone=number(session, LEFT_ALONE),
        tops=number(session, "SELECT COUNT(*) FROM planned WHERE boss_id IS NULL AND leaves = 0"),
        regraded=int(regraded),
    )


def administrators(session: Session, *, org_id: uuid.UUID, today: date) -> tuple[int, int]:
    """Administrators of the whole organisation: how many there are, how many stay."""
    values = {"org": org_id, "today": today}
    return number(session, ADMINISTRATORS, **values), number(session, STAYING, **values)


def leaves(session: Session, person_id: uuid.UUID) -> bool:
    """Whether somebody would leave."""
    sql = "SELECT COUNT(*) FROM departing WHERE person_id = :id"
    return number(session, sql, id=person_id) > 0


def listed(session: Session, sql: str, *, org_id: uuid.UUID, most: int) -> list[tuple[Any, ...]]:
    """The first rows of one of the lists above."""
    return list(each(session, sql, org_id=org_id, most=most))


def each(
    session: Session, sql: str, *, org_id: uuid.UUID, most: int = EVERY
) -> Iterator[tuple[Any, ...]]:
    """The rows of one of the lists above, one after the other."""
    more = {"org": org_id} if ":org" in sql else {}
    found = run(session, sql, most=most, **more)
    while some := found.fetchmany(5_000):
        yield from (tuple(row) for row in some)


def differences(
    session: Session, *, org_id: uuid.UUID, most: int = EVERY
) -> Iterator[tuple[int, str, str, str, str, str]]:
    """Row, address, name, field, before, after: field by field, for those whose data change."""
    for row in each(session, CHANGES, org_id=org_id, most=most):
        many = len(FIELDS)
        after, before, dated = row[3 : 3 + many], row[3 + many : 3 + 2 * many], row[-1]
        for place, field in enumerate(FIELDS):
            old, new = before[place], after[place]
            if field in ("joined", "last"):
                old, new = as_day(old), as_day(new)
            if old != new and not (field == "last" and dated):
                yield row[0], row[1], row[2], field, _told(old), _told(new)


def _told(value: object) -> str:
    return "" if value is None else str(value)


def languages(session: Session, *, without: Collection[str]) -> dict[str, int]:
    """How many rows name each language, but for those that words are written in."""
    found = run(
        session,
        "SELECT language, COUNT(*) FROM arrival WHERE language IS NOT NULL GROUP BY language",
    )
    every = {str(name): int(many) for name, many in found}
    return {name: many for name, many in every.items() if name.split("-")[0] not in without}


def used(session: Session) -> frozenset[str]:
    """The ids of the units in which somebody will be, as 32 hexadecimal digits."""
    found = run(session, "SELECT DISTINCT unit_id FROM planned WHERE leaves = 0")
    return frozenset(str(one).replace("-", "") for (one,) in found if one is not None)
