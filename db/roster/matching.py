"""Who is meant by a row: by employee number first, then by address; and what stands against it."""

from __future__ import annotations

import uuid
from datetime import date

from sqlmodel import Session

from db.roster.laying import load, number, ready, run

TWICE_EMAIL = """
    INSERT INTO trouble (n, line, part, field, code, found, other)
    SELECT a.n, a.line, 'row', 'email', 'twice_email', COALESCE(a.typed, a.email),
        CAST(CASE WHEN a.line = d.low THEN d.high ELSE d.low END AS TEXT)
    FROM (SELECT email, MIN(line) AS low, MAX(line) AS high FROM arrival
          GROUP BY email HAVING COUNT(*) > 1) d
    JOIN arrival a ON a.email = d.email"""
TWICE_NUMBER = """
    INSERT INTO trouble (n, line, part, field, code, found, other)
    SELECT a.n, a.line, 'row', 'number', 'twice_number', a.number,
        CAST(CASE WHEN a.line = d.low THEN d.high ELSE d.low END AS TEXT)
    FROM (SELECT number, MIN(line) AS low, MAX(line) AS high FROM arrival
          WHERE number IS NOT NULL GROUP BY number HAVING COUNT(*) > 1) d
    JOIN arrival a ON a.number = d.number"""
# An address that belongs to another number is no match: it may have been given to somebody new,
# who must not inherit a record.
MATCH = """
    INSERT INTO matched (n, person_id, other_id, clash)
    SELECT a.n,
        COALESCE(pn.id, CASE WHEN a.number IS NULL OR pe.employee_number IS NULL THEN pe.id END),
        CASE WHEN pn.id <> pe.id THEN pe.id END,
        CASE WHEN pn.id IS NULL AND a.number IS NOT NULL AND pe.employee_number IS NOT NULL
            THEN 1 ELSE 0 END
    FROM arrival a
    LEFT JOIN person pn ON pn.org_id = :org AND pn.employee_number = a.number
        AND pn.erased_at IS NULL
    LEFT JOIN person pe ON pe.org_id = :org AND pe.email = a.email AND pe.erased_at IS NULL
    WHERE a.n NOT IN (SELECT n FROM trouble WHERE code IN ('twice_email', 'twice_number'))"""
CLASH = """
    INSERT INTO trouble (n, line, part, field, code, found, other)
    SELECT a.n, a.line, 'row', 'number', 'clash', a.number, p.employee_number
    FROM matched m JOIN arrival a ON a.n = m.n
    JOIN person p ON p.org_id = :org AND p.email = a.email
    WHERE m.clash = 1"""
TWICE_PERSON = """
    INSERT INTO trouble (n, line, part, field, code, found, other)
    SELECT a.n, a.line, 'row', 'email', 'twice_person', a.email,
        CAST(CASE WHEN a.line = d.low THEN d.high ELSE d.low END AS TEXT)
    FROM (SELECT m.person_id, MIN(b.line) AS low, MAX(b.line) AS high
          FROM matched m JOIN arrival b ON b.n = m.n WHERE m.person_id IS NOT NULL
          GROUP BY m.person_id HAVING COUNT(*) > 1) d
    JOIN matched m ON m.person_id = d.person_id JOIN arrival a ON a.n = m.n"""
# Her new address is somebody's who does not give it away in this file.
TAKEN = """
    INSERT INTO trouble (n, line, part, field, code, found, other)
    SELECT a.n, a.line, 'row', 'email', 'taken', a.email, NULL
    FROM matched m JOIN arrival a ON a.n = m.n
    WHERE m.other_id IS NOT NULL
        AND m.n NOT IN (SELECT n FROM trouble WHERE part = 'row')
        AND NOT EXISTS (SELECT 1 FROM matched o WHERE o.person_id = m.other_id
            AND o.n NOT IN (SELECT n FROM trouble WHERE part = 'row'))"""
HOMELESS = """
    INSERT INTO trouble (n, line, part, field, code, found, other)
    SELECT a.n, a.line, 'row', 'unit', 'no_unit', '', NULL
    FROM arrival a JOIN matched m ON m.n = a.n
    LEFT JOIN placement p ON p.org_id = :org AND p.person_id = m.person_id
        AND (p.ends IS NULL OR p.ends > :today)
    WHERE a.unit_no IS NULL AND a.gone = 0 AND p.id IS NULL
        AND a.n NOT IN (SELECT n FROM trouble WHERE part = 'row')"""
STANDING = """
    INSERT INTO standing (person_id, id, unit_id, boss_id, starts, job_family, grade)
    SELECT person_id, id, unit_id, line_manager_id, starts, job_family, grade FROM (
        SELECT person_id, id, unit_id, line_manager_id, starts, job_family, grade,
            ROW_NUMBER() OVER (
            PARTITION BY person_id ORDER BY starts DESC, id DESC) AS r
        FROM placement WHERE org_id = :org AND (ends IS NULL OR ends > :today)) x
    WHERE r = 1"""
STAY = """
    INSERT INTO node (person_id, n)
    SELECT COALESCE(m.person_id, a.new_id), a.n FROM arrival a JOIN matched m ON m.n = a.n
    WHERE a.gone = 0 AND a.n NOT IN (SELECT n FROM trouble WHERE part = 'row')"""
# Who is not in the file stays, unless whoever is missing leaves.
STAY_TOO = """
    INSERT INTO node (person_id, n)
    SELECT p.id, NULL FROM person p
    WHERE p.org_id = :org AND p.erased_at IS NULL AND (p.left_on IS NULL OR p.left_on > :today)
        AND (:leavers = 0 OR p.left_on IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM matched m WHERE m.person_id = p.id)"""
# Whoever is meant by a wrong row stays as she is.
STAY_WRONG = """
    INSERT INTO node (person_id, n)
    SELECT DISTINCT p.id, CAST(NULL AS INTEGER)
    FROM matched m JOIN person p ON p.org_id = :org AND p.id = m.person_id
    WHERE (p.left_on IS NULL OR p.left_on > :today)
        AND m.n IN (SELECT n FROM trouble WHERE part = 'row')
        AND NOT EXISTS (SELECT 1 FROM node o WHERE o.person_id = p.id)"""
BOSSES = "INSERT INTO boss (word) SELECT DISTINCT boss FROM arrival WHERE boss IS NOT NULL"
BOSS = """
    UPDATE boss SET person_id = COALESCE(
        (SELECT x.person_id FROM arrival a JOIN node x ON x.n = a.n WHERE a.email = boss.word),
        (SELECT x.person_id FROM arrival a JOIN node x ON x.n = a.n WHERE a.number = boss.word),
        (SELECT x.person_id FROM person p JOIN node x ON x.person_id = p.id
            WHERE p.org_id = :org AND p.email = boss.word),
        (SELECT x.person_id FROM person p JOIN node x ON x.person_id = p.id
            WHERE p.org_id = :org AND p.employee_number = boss.word))"""
BOSS_GONE = """
    UPDATE boss SET gone = 1 WHERE person_id IS NULL AND (
        EXISTS (SELECT 1 FROM arrival a WHERE a.gone = 1
            AND (a.email = boss.word OR a.number = boss.word))
        OR EXISTS (SELECT 1 FROM person p WHERE p.org_id = :org
            AND (p.email = boss.word OR p.employee_number = boss.word)))"""
BOSS_WRONG = """
    INSERT INTO trouble (n, line, part, field, code, found, other)
    SELECT a.n, a.line, 'line', 'manager',
        CASE WHEN b.person_id IS NOT NULL THEN 'own_boss'
             WHEN b.gone = 1 THEN 'boss_left' ELSE 'unknown_boss' END, a.boss, NULL
    FROM arrival a JOIN node x ON x.n = a.n JOIN boss b ON b.word = a.boss
    WHERE b.person_id IS NULL OR b.person_id = x.person_id"""


def match(session: Session, *, org_id: uuid.UUID) -> None:
    """Find the person behind each row, and the rows that contradict each other or the records."""
    ready(session, "arrival", "trouble")
    run(session, TWICE_EMAIL)
    run(session, TWICE_NUMBER)
    run(session, MATCH, org=org_id)
    ready(session, "matched")
    run(session, CLASH, org=org_id)
    run(session, TWICE_PERSON)


def settle(
    session: Session,
    *,
    org_id: uuid.UUID,
    today: date,
    homes: dict[int, str],
    leavers: bool,
    homeless: bool,
) -> None:
    """Say who is there afterwards, and who each row's manager is.

    ``homes`` is the unit of each number that rows have; ``homeless``: a row without one is wrong.
    """
    load(session, "home", ("no", "unit_id"), homes.items())
    if homeless:
        run(session, HOMELESS, org=org_id, today=today)
    # Leaving one row out can take away the reason for which another's address became free.
    while run(session, TAKEN).rowcount > 0:
        pass
    run(session, STANDING, org=org_id, today=today)
    run(session, STAY)
    run(session, STAY_TOO, org=org_id, today=today, leavers=int(leavers))
    ready(session, "standing", "node")
    run(session, STAY_WRONG, org=org_id, today=today)
    run(session, BOSSES)
    ready(session, "boss")
    run(session, BOSS, org=org_id)
    run(session, BOSS_GONE, org=org_id)
    run(session, BOSS_WRONG)


def wrong_unit(session: Session, *, no: int, code: str, found: str) -> None:
    """Note the rows that name a unit which cannot be found or made."""
    sql = """
        INSERT INTO trouble (n, line, part, field, code, found, other)
        SELECT n, line, 'row', 'unit', :code, :found, NULL FROM arrival WHERE unit_no = :no"""
    run(session, sql, no=no, code=code, found=found)


def homeless(session: Session, *, org_id: uuid.UUID, today: date) -> int:
    """How many rows name no unit, for somebody who has none."""
    sql = """
        SELECT COUNT(*) FROM arrival a JOIN matched m ON m.n = a.n
        LEFT JOIN placement p ON p.org_id = :org AND p.person_id = m.person_id
            AND (p.ends IS NULL OR p.ends > :today)
        WHERE a.unit_no IS NULL AND a.gone = 0 AND p.id IS NULL"""
    return number(session, sql, org=org_id, today=today)
