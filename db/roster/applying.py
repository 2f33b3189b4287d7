"""Writing what was planned: people, placements, leavers; and what each row was before."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from db import recounting
from db.roster.laying import number, run

# Rows of one statement: between two the progress is told.
AT_ONCE = 50_000
# How long an import can be undone.
KEPT = timedelta(days=30)

PERSON_BEFORE = """
    INSERT INTO roster_undo (org_id, import_id, number, thing, thing_id, person_id, before)
    SELECT :org, :id, :base + ROW_NUMBER() OVER (ORDER BY p.id), 'person', p.id, p.id,
        CAST(json_object('email', p.email, 'name', p.name, 'given_name', p.given_name,
            'family_name', p.family_name, 'employee_number', p.employee_number,
            'job_title', p.job_title, 'path', p.path, 'joined_on', p.joined_on,
            'left_on', p.left_on, 'language', p.language, 'zone', p.zone) AS TEXT)
    FROM person p WHERE p.org_id = :org AND (
        p.id IN (SELECT person_id FROM planned WHERE known = 1 AND (changed = 1 OR back = 1
            OR moved = 1))
        OR p.id IN (SELECT person_id FROM departing))"""
PERSON_MADE = """
    INSERT INTO roster_undo (org_id, import_id, number, thing, thing_id, person_id, before)
    SELECT :org, :id, :base + ROW_NUMBER() OVER (ORDER BY n), 'person', person_id, person_id, ''
    FROM planned WHERE known = 0"""
PLACE_BEFORE = """
    INSERT INTO roster_undo (org_id, import_id, number, thing, thing_id, person_id, before)
    SELECT :org, :id, :base + ROW_NUMBER() OVER (ORDER BY p.id), 'placement', p.id, p.person_id,
        CAST(json_object('unit_id', p.unit_id, 'line_manager_id', p.line_manager_id,
            'starts', p.starts, 'ends', p.ends, 'job_family', p.job_family, 'grade', p.grade)
            AS TEXT)
    FROM placement p WHERE p.org_id = :org AND (
        ((p.ends IS NULL OR p.ends > :today) AND p.person_id IN (
            SELECT person_id FROM planned WHERE known = 1
                AND (moved = 1 OR ends_otherwise = 1 OR filled = 1)))
        OR EXISTS (SELECT 1 FROM departing d WHERE d.person_id = p.person_id
            AND (p.ends IS NULL OR p.ends > d.left_on)))"""
PLACE_MADE = """
    INSERT INTO roster_undo (org_id, import_id, number, thing, thing_id, person_id, before)
    SELECT :org, :id, :base + ROW_NUMBER() OVER (ORDER BY n), 'placement', new_place, person_id, ''
    FROM planned WHERE known = 1 AND moved = 1 AND (place_id IS NULL OR old_starts < :today)"""
GRANT_BEFORE = """
    INSERT INTO roster_undo (org_id, import_id, number, thing, thing_id, person_id, before)
    SELECT :org, :id, :base + ROW_NUMBER() OVER (ORDER BY g.id), 'role_grant', g.id, g.person_id,
        CAST(json_object('ends', g.ends) AS TEXT)
    FROM role_grant g JOIN departing d ON d.person_id = g.person_id
    WHERE g.org_id = :org AND (g.ends IS NULL OR g.ends > d.left_on)"""
DEPUTY_BEFORE = """
    INSERT INTO roster_undo (org_id, import_id, number, thing, thing_id, person_id, before)
    SELECT :org, :id, :base + ROW_NUMBER() OVER (ORDER BY a.id), 'deputy', a.id, a.deputy_id,
        CAST(json_object('ends', a.ends) AS TEXT)
    FROM deputy a JOIN departing d ON d.person_id = a.deputy_id
    WHERE a.org_id = :org AND (a.ends IS NULL OR a.ends > d.left_on)"""
BEFORE = (PERSON_BEFORE, PERSON_MADE, PLACE_BEFORE, PLACE_MADE, GRANT_BEFORE, DEPUTY_BEFORE)

# An address can pass from one to another in one import: the old ones are laid aside first.
ASIDE = """
    UPDATE person SET email = 'moving/' || CAST(person.id AS TEXT) FROM planned p
    WHERE person.org_id = :org AND person.id = p.person_id AND p.known = 1
        AND person.email <> p.email"""
CHANGE = """
    UPDATE person SET email = p.email, name = p.name, given_name = p.given,
        family_name = p.family, employee_number = p.number, job_title = p.title, path = p.path,
        joined_on = p.joined, left_on = p.left_on, language = p.language, zone = p.zone,
        version = person.version + 1, changed_at = :now
    FROM planned p
    WHERE person.org_id = :org AND person.id = p.person_id AND p.known = 1
        AND (p.changed = 1 OR p.back = 1 OR p.moved = 1 OR p.leaves = 1)
        AND p.n > :low AND p.n <= :high"""
ADD = """
    INSERT INTO person (org_id, id, email, name, given_name, family_name, employee_number,
        job_title, path, joined_on, left_on, language, zone, version, created_at, changed_at)
    SELECT :org, person_id, email, name, given, family, number, title, path, joined, left_on,
        language, zone, 1, :now, :now
    FROM planned WHERE known = 0 AND n > :low AND n <= :high"""
# What began today or begins later is corrected where it stands: nobody was there before.
CORRECT = """
    UPDATE placement SET unit_id = p.unit_id, line_manager_id = p.boss_id, ends = p.left_on,
        job_family = p.job_family, grade = p.grade
    FROM planned p
    WHERE placement.org_id = :org AND placement.id = p.place_id AND p.moved = 1
        AND p.old_starts >= :today AND p.n > :low AND p.n <= :high"""
CLOSE = """
    UPDATE placement SET ends = :today FROM planned p
    WHERE placement.org_id = :org AND placement.person_id = p.person_id AND p.moved = 1
        AND placement.starts < :today AND (placement.ends IS NULL OR placement.ends > :today)
        AND p.n > :low AND p.n <= :high"""
OPEN = """
    INSERT INTO placement (org_id, id, person_id, unit_id, line_manager_id, starts, ends,
        job_family, grade)
    SELECT :org, new_place, person_id, unit_id, boss_id,
        CASE WHEN known = 0 AND joined > :today THEN joined ELSE :today END, left_on, job_family,
        grade
    FROM planned
    WHERE (known = 0 OR (moved = 1 AND (place_id IS NULL OR old_starts < :today)))
        AND n > :low AND n <= :high"""
# What nobody had told yet is no move: it is filled in where it stands.
FILL_IN = """
    UPDATE placement SET job_family = p.job_family, grade = p.grade FROM planned p
    WHERE placement.org_id = :org AND placement.id = p.place_id AND p.filled = 1
        AND p.moved = 0"""
STAY_UNTIL = """
    UPDATE placement SET ends = p.left_on FROM planned p
    WHERE placement.org_id = :org AND placement.id = p.place_id AND p.ends_otherwise = 1
        AND p.moved = 0"""
LEAVE = """
    UPDATE person SET left_on = d.left_on, version = person.version + 1, changed_at = :now
    FROM departing d
    WHERE person.org_id = :org AND person.id = d.person_id AND d.n IS NULL"""
LEAVE_PLACE = """
    UPDATE placement SET ends = CASE WHEN placement.starts > d.left_on THEN placement.starts
        ELSE d.left_on END
    FROM departing d
    WHERE placement.org_id = :org AND placement.person_id = d.person_id
        AND (placement.ends IS NULL OR placement.ends > d.left_on)"""
SIGN_OUT = """
    UPDATE sign_in SET ended_at = :now FROM departing d
    WHERE sign_in.org_id = :org AND sign_in.person_id = d.person_id AND sign_in.ended_at IS NULL"""
# Somebody who comes back is given no role that nobody has decided on.
LAY_DOWN = """
    UPDATE role_grant SET ends = d.left_on FROM departing d
    WHERE role_grant.org_id = :org AND role_grant.person_id = d.person_id
        AND (role_grant.ends IS NULL OR role_grant.ends > d.left_on)"""
# Whoever acts for her goes on: that is what somebody in her place is for.
ACT_NO_MORE = """
    UPDATE deputy SET ends = CASE WHEN deputy.starts > d.left_on THEN deputy.starts
        ELSE d.left_on END
    FROM departing d
    WHERE deputy.org_id = :org AND deputy.deputy_id = d.person_id
        AND (deputy.ends IS NULL OR deputy.ends > d.left_on)"""
# Where anybody came, went, or was changed: their completions are counted anew.
TOUCHED = """
    SELECT unit_id FROM planned WHERE known = 0 OR changed = 1 OR back = 1 OR moved = 1
        OR leaves = 1 OR ends_otherwise = 1
    UNION SELECT old_unit FROM planned WHERE old_unit IS NOT NULL AND (changed = 1 OR moved = 1)
    UNION SELECT p.unit_id FROM placement p JOIN departing d ON d.person_id = p.person_id
        WHERE p.org_id = :org"""
STEPS = (CHANGE, ADD, CORRECT, CLOSE, OPEN)

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Moment:
    """Whose import this is, which one, on which day and at which moment."""

    org_id: uuid.UUID
    import_id: uuid.UUID
    today: date
    now: datetime


def remember(session: Session, at: Moment, base: int) -> int:
    """Write down what each row was, from number ``base`` on; gives the last number."""
    values = {"org": at.org_id, "id": at.import_id}
    for sql in BEFORE:
        more = {"today": at.today} if ":today" in sql else {}
        base += run(session, sql, base=base, **values, **more).rowcount
    return base


def write(session: Session, at: Moment, tell: Tell) -> None:
    """Write everybody's planned state. All of it, or nothing once the session fails."""
    run(session, ASIDE, org=at.org_id)
    last = number(session, "SELECT MAX(n) FROM planned")
    total, done = len(STEPS) * last, 0
    values = {"today": at.today, "now": at.now}
    for sql in STEPS:
        more = {name: one for name, one in values.items() if f":{name}" in sql}
        for low in range(0, last, AT_ONCE):
            high = min(low + AT_ONCE, last)
            run(session, sql, org=at.org_id, low=low, high=high, **more)
            done += high - low
            tell("writing", done, total)
    run(session, FILL_IN, org=at.org_id)
    run(session, STAY_UNTIL, org=at.org_id)
    run(session, LEAVE, org=at.org_id, now=at.now)
    run(session, LEAVE_PLACE, org=at.org_id)
    run(session, SIGN_OUT, org=at.org_id, now=at.now)
    run(session, LAY_DOWN, org=at.org_id)
    run(session, ACT_NO_MORE, org=at.org_id)
    recounting.rebuild_units(session, org_id=at.org_id, units=TOUCHED)


def forget_old(session: Session, *, org_id: uuid.UUID, now: datetime) -> None:
    """Let go of what imports of more than thirty days ago would need to be undone."""
    sql = """
        DELETE FROM roster_undo WHERE org_id = :org AND import_id IN (
            SELECT id FROM roster_import WHERE org_id = :org AND imported_at < :limit)"""
    run(session, sql, org=org_id, limit=now - KEPT)
