"""What an import would do: everybody's state afterwards beside the state that stands."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from sqlmodel import Session

from db.roster.laying import load, number, ready, run

# A column that the file lacks keeps what stands; a blank cell empties title, manager, last day, job
# family and grade. Language and zone stay: she may have chosen them herself.
# Another job family or grade is a move (regraded); one that nobody had told yet is filled in where
# it stands (filled): otherwise the first list that has the column would move everybody.
PLAN = """
    INSERT INTO planned (n, line, person_id, known, back, leaves, email, name, given, family,
        number, title, path, joined, left_on, unit_id, boss_id, new_place, place_id, old_unit,
        old_boss, old_starts, changed, ends_otherwise, moved, job_family, grade, language, zone,
        old_family, old_grade, regraded, filled)
    SELECT y.n, y.line, y.person_id, y.known, y.back, y.leaves, y.email, y.name, y.given, y.family,
        y.number, y.title, y.path, y.joined, y.left_on, y.unit_id, y.boss_id, y.new_place,
        y.place_id, y.old_unit, y.old_boss, y.old_starts,
        CASE WHEN y.differs = 1 OR (y.told = 1 AND y.moved = 0) THEN 1 ELSE 0 END,
        y.ends_otherwise, y.moved, y.job_family, y.grade, y.language, y.zone, y.old_family,
        y.old_grade, y.regraded, CASE WHEN y.moved = 0 THEN y.told ELSE 0 END
    FROM (
    SELECT x.n, x.line, x.person_id, x.known, x.back, x.leaves, x.email, x.name, x.given, x.family,
        x.number, x.title, x.path, x.joined, x.left_on, x.unit_id, x.boss_id, x.new_place,
        x.place_id, x.old_unit, x.old_boss, x.old_starts,
        CASE WHEN x.known = 1 AND (x.email <> x.p_email OR x.name <> x.p_name
            OR x.given <> x.p_given OR x.family IS DISTINCT FROM x.p_family
            OR x.number IS DISTINCT FROM x.p_number OR x.title IS DISTINCT FROM x.p_title
            OR x.path <> x.p_path OR x.joined <> x.p_joined
            OR x.language IS DISTINCT FROM x.p_language OR x.zone IS DISTINCT FROM x.p_zone
            OR (x.back = 0 AND x.leaves = 0 AND x.left_on IS DISTINCT FROM x.p_left))
            THEN 1 ELSE 0 END AS differs,
        CASE WHEN x.known = 1 AND x.back = 0 AND x.leaves = 0
            AND x.left_on IS DISTINCT FROM x.p_left THEN 1 ELSE 0 END AS ends_otherwise,
        CASE WHEN x.known = 1 AND x.leaves = 0 AND (x.place_id IS NULL
            OR x.unit_id <> x.old_unit OR x.boss_id IS DISTINCT FROM x.old_boss
            OR x.regraded = 1)
            THEN 1 ELSE 0 END AS moved,
        x.job_family, x.grade, x.language, x.zone, x.p_language, x.p_zone, x.old_family,
        x.old_grade, x.regraded,
        CASE WHEN x.known = 1 AND x.leaves = 0 AND x.place_id IS NOT NULL
            AND (x.job_family IS DISTINCT FROM x.old_family
                OR x.grade IS DISTINCT FROM x.old_grade) THEN 1 ELSE 0 END AS told
    FROM (
    SELECT w.*,
        CASE WHEN w.known = 1 AND w.leaves = 0 AND w.place_id IS NOT NULL AND (
            (w.old_family IS NOT NULL AND w.job_family IS DISTINCT FROM w.old_family)
            OR (w.old_grade IS NOT NULL AND w.grade IS DISTINCT FROM w.old_grade))
            THEN 1 ELSE 0 END AS regraded
    FROM (
        SELECT a.n, a.line, COALESCE(p.id, a.new_id) AS person_id,
            CASE WHEN p.id IS NULL THEN 0 ELSE 1 END AS known,
            CASE WHEN a.gone = 0 AND p.left_on <= :today THEN 1 ELSE 0 END AS back,
            a.gone AS leaves,
            a.email, p.email AS p_email, a.name, p.name AS p_name,
            CASE WHEN a.derived = 1 AND a.name = p.name THEN p.given_name ELSE a.given END
                AS given, p.given_name AS p_given,
            CASE WHEN a.derived = 1 AND a.name = p.name THEN p.family_name ELSE a.family END
                AS family, p.family_name AS p_family,
            COALESCE(a.number, p.employee_number) AS number, p.employee_number AS p_number,
            CASE WHEN :titles = 1 THEN a.title ELSE p.job_title END AS title,
            p.job_title AS p_title,
            COALESCE(a.path, p.path, 'A') AS path, p.path AS p_path,
            COALESCE(a.joined, p.joined_on, :today) AS joined, p.joined_on AS p_joined,
            CASE WHEN a.left_on IS NOT NULL OR :lasts = 1 OR p.left_on <= :today
                THEN a.left_on ELSE p.left_on END AS left_on, p.left_on AS p_left,
            COALESCE(h.unit_id, s.unit_id) AS unit_id,
            CASE WHEN :bosses = 0 THEN sb.person_id
                WHEN a.boss IS NULL THEN NULL
                WHEN b.person_id IS NULL OR b.person_id = p.id THEN sb.person_id
                WHEN b.person_id = a.new_id THEN NULL
                ELSE b.person_id END AS boss_id,
            a.new_place, s.id AS place_id, s.unit_id AS old_unit, s.boss_id AS old_boss,
            s.starts AS old_starts,
            CASE WHEN :families = 1 THEN a.job_family ELSE s.job_family END AS job_family,
            s.job_family AS old_family,
            CASE WHEN :grades = 1 THEN a.grade ELSE s.grade END AS grade, s.grade AS old_grade,
            COALESCE(a.language, p.language) AS language, p.language AS p_language,
            COALESCE(a.zone, p.zone) AS zone, p.zone AS p_zone
        FROM arrival a JOIN matched m ON m.n = a.n
        LEFT JOIN person p ON p.org_id = :org AND p.id = m.person_id
        LEFT JOIN standing s ON s.person_id = m.person_id
        LEFT JOIN node sb ON sb.person_id = s.boss_id
        LEFT JOIN home h ON h.no = COALESCE(a.unit_no, CASE WHEN s.person_id IS NULL THEN 0 END)
        LEFT JOIN boss b ON b.word = a.boss
        WHERE a.n NOT IN (SELECT n FROM trouble WHERE part = 'row')
            AND (a.gone = 0 OR (p.id IS NOT NULL AND (p.left_on IS NULL OR p.left_on > :today)))
    ) w ) x ) y"""
FLAGS = {
    "titles": "title",
    "lasts": "last",
    "bosses": "manager",
    "families": "job_family",
    "grades": "grade",
}
DEPART = """
    INSERT INTO departing (person_id, left_on, n)
    SELECT person_id, left_on, n FROM planned WHERE leaves = 1"""
DEPART_TOO = """
    INSERT INTO departing (person_id, left_on, n)
    SELECT p.id, :today, NULL FROM person p
    WHERE p.org_id = :org AND p.erased_at IS NULL AND p.left_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM matched m WHERE m.person_id = p.id)
        AND NOT EXISTS (SELECT 1 FROM arrival a WHERE a.email = p.email)
        AND NOT EXISTS (SELECT 1 FROM arrival a WHERE a.number = p.employee_number)"""
LINES = """
    SELECT x.k, y.k FROM planned p JOIN node x ON x.person_id = p.person_id
        JOIN node y ON y.person_id = p.boss_id WHERE p.leaves = 0
    UNION ALL
    SELECT x.k, y.k FROM node x JOIN standing s ON s.person_id = x.person_id
        JOIN node y ON y.person_id = s.boss_id WHERE x.n IS NULL"""
NAMED = """
    SELECT x.k, COALESCE(p.email, q.email) FROM ring r JOIN node x ON x.k = r.k
    LEFT JOIN planned p ON p.person_id = x.person_id
    LEFT JOIN person q ON q.org_id = :org AND q.id = x.person_id"""
RINGS = """
    INSERT INTO trouble (n, line, part, field, code, found, other)
    SELECT a.n, a.line, 'line', 'manager', 'ring', a.boss, r.words
    FROM ring r JOIN node x ON x.k = r.k JOIN arrival a ON a.n = x.n
    WHERE a.boss IS NOT NULL
        AND a.n NOT IN (SELECT n FROM trouble WHERE part = 'line')"""
UNBOUND = """
    UPDATE planned SET boss_id = NULL, moved = CASE WHEN known = 1 AND (place_id IS NULL
        OR unit_id <> old_unit OR old_boss IS NOT NULL OR regraded = 1) THEN 1 ELSE 0 END
    WHERE person_id IN (SELECT x.person_id FROM ring r JOIN node x ON x.k = r.k)"""


def plan(
    session: Session,
    *,
    org_id: uuid.UUID,
    today: date,
    leavers: bool,
    fields: Collection[str],
) -> None:
    """Work out everybody's state afterwards; ``fields``: which ones the file has a column of."""
    flags = {flag: int(field in fields) for flag, field in FLAGS.items()}
    run(session, PLAN, org=org_id, today=today, **flags)
    ready(session, "planned")
    run(session, DEPART)
    if leavers:
        run(session, DEPART_TOO, org=org_id, today=today)
    ready(session, "departing")


def lines(session: Session) -> Iterator[tuple[int, int]]:
    """Who reports to whom afterwards, as pairs of numbers, one after the other."""
    found = run(session, LINES)
    while some := found.fetchmany(50_000):
        yield from ((row[0], row[1]) for row in some)


def people(session: Session) -> int:
    """The largest number in `lines`: how many people are there afterwards."""
    return number(session, "SELECT MAX(k) FROM node")


def rings(session: Session, *, org_id: uuid.UUID, found: Iterable[list[int]]) -> None:
    """Report those who go round in circles, each with her circle, and cut it."""
    every = [one for one in found if one]
    if not every:
        return
    load(session, "ring", ("k",), [(k,) for one in every for k in one])
    names: dict[int, Any] = {row[0]: row[1] for row in run(session, NAMED, org=org_id)}
    for one in every:
        told = [str(names.get(k, "")) for k in one[:6]]
        words = " → ".join([*told, "…" if len(one) > 6 else told[0]])
        for k in one:
            run(session, "UPDATE ring SET words = :words WHERE k = :k", words=words, k=k)
    run(session, RINGS)
    run(session, UNBOUND)
