"""A body of a million people in a database, written in bulk: for `make bench-dashboard` only.

Fifty departments with teams of about four hundred; ten modules, each completed once by everybody
on some day of 24 months and counting for a year; all month-ends of 24 months with their breakdowns,
counted from those days and hidden by the house's own suppression. Nobody comes, goes or moves, so
nothing is hidden because of a change. The first module is asked of everybody, one manager has ten
thousand people and another two thousand. Attempts and answers are left out.
"""

from __future__ import annotations

import sqlite3
import sys
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np
import psycopg
from sqlalchemy.engine import make_url
from sqlmodel import Session

from db import migrating, recounting
from db.engine import make_engine
from modules.progress.standing import month_ends
from modules.suppress import Cell, protect
from modules.suppress.ranges import holding

TODAY = datetime.now(UTC).date()
DAYS, VALID = 730, 365
BEGAN = TODAY - timedelta(days=DAYS)
MODULES = tuple(f"M{number:02}" for number in range(1, 11))
DEPARTMENTS, MOST_TEAMS = 50, 49
PATHS, FAMILIES = "ABCD", ("advice", "care", "clerical", "field", "finance", "technical")
YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
GIVEN = ("Ada", "Ben", "Cora", "Dev", "Ella", "Finn", "Grace", "Hana", "Ivor", "Jo")
FAMILY = ("Ash", "Brook", "Carr", "Dale", "East", "Ford", "Gray", "Hill", "Ivey", "Jones", "Khan")
AT_ONCE = 50_000


def ident(kind: int, number: int) -> uuid.UUID:
    """An id that tells in which order rows were made, as UUIDv7 does."""
    return uuid.UUID(int=(0x0190 << 112) | (7 << 76) | (2 << 62) | (kind << 48) | number)


ORG = ident(1, 0)
TOP = ident(2, 0)


class Bar:
    """How far it is and how long it takes yet, on one line of stderr."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.began, self.told = what, total, time.monotonic(), 0.0

    def at(self, done: int) -> None:
        """So much is done."""
        now = time.monotonic()
        if now - self.told < 0.5 and done < self.total:
            return
        self.told = now
        left = (now - self.began) * (self.total - done) / max(1, done)
        share = done / max(1, self.total)
        drawn = "█" * round(30 * share)
        text = f"\r{self.what:<14} {drawn:<30} {share:4.0%}, {left:4.0f} s left"
        if done >= self.total:
            text = f"\r{self.what:<14} {drawn:<30} {done:>12,} in {now - self.began:.0f} s\n"
        print(text, end="", file=sys.stderr, flush=True)


class Writer:
    """Rows into a table: COPY on PostgreSQL, many at a time on SQLite."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.postgres = parsed.get_backend_name() != "sqlite"
        self.driver: Any
        if self.postgres:
            self.driver = psycopg.connect(url.replace("+psycopg", ""))
            self.driver.execute("SET session_replication_role = replica")
        else:
            self.driver = sqlite3.connect(str(parsed.database), isolation_level=None)
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
                self.driver.execute(f"PRAGMA {pragma}")
            self.driver.execute("BEGIN")

    def many(self, table: str, columns: str, rows: Iterable[Sequence[Any]], total: int) -> None:
        """Write rows. Ids are hex, days and moments text, and None is nothing."""
        bar, done, rows = Bar(table, total), 0, iter(rows)
        marks = ", ".join("?" * (columns.count(",") + 1))
        insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        while some := list(islice(rows, AT_ONCE)):
            if self.postgres:
                text = "".join(
                    "\t".join("\\N" if cell is None else str(cell) for cell in row) + "\n"
                    for row in some
                )
                copy = f"COPY {table} ({columns}) FROM STDIN"
                with self.driver.cursor() as cursor, cursor.copy(copy) as into:
                    into.write(text)
            else:
                self.driver.executemany(insert, some)
            done += len(some)
            bar.at(done)

    def close(self) -> None:
        """Keep everything; let the planner know how much there is."""
        if self.postgres:
            self.driver.commit()
            self.driver.autocommit = True
            self.driver.execute("ANALYZE")
        else:
            self.driver.execute("COMMIT")
            self.driver.execute("PRAGMA journal_mode=WAL")
        self.driver.close()


@dataclass
class Body:
    """Who works where, and on which day each completed what."""

    people: int
    teams: int = field(init=False)

    def __post_init__(self) -> None:
        # Below a million there are fewer teams, so that they stay teams.
        self.teams = DEPARTMENTS * min(MOST_TEAMS, max(2, self.people // 5000))
        numbers = np.arange(self.people, dtype=np.int64)
        self.team = numbers * self.teams // self.people
        self.numbers = numbers

    @property
    def managed(self) -> dict[int, range]:
        """The people of each manager, both by number: ten thousand and two thousand."""
        many, some = min(10_000, self.people // 2), min(2_000, self.people // 10)
        return {2: range(10, 10 + many), 3: range(10 + many, 10 + many + some)}

    def department(self, team: int) -> int:
        """The department of a team."""
        return team * DEPARTMENTS // self.teams

    def days(self, module: int) -> Any:
        """The day, from 0 on, on which each person completed a module."""
        mixed = self.numbers * 7919 + (module + 1) * 104_729 + ((self.numbers * (module + 3)) >> 3)
        # Teams differ in how early they are.
        return (mixed % DAYS * (60 + self.team * 31 % 41) // 100).astype(np.int64)

    def months(self) -> list[date]:
        """The month-ends that are over."""
        return month_ends(BEGAN, TODAY - timedelta(days=1))[-24:]

    def units(self) -> Iterator[tuple[uuid.UUID, uuid.UUID | None, str]]:
        """The top, the departments, the teams."""
        yield TOP, None, "Million"
        for number in range(DEPARTMENTS):
            yield ident(3, number), TOP, f"Department {number + 1:02}"
        for number in range(self.teams):
            above = self.department(number)
            yield ident(4, number), ident(3, above), f"Team {number + 1:04} of {above + 1:02}"


def build(url: str, people: int) -> float:
    """Write it all into an empty database; gives the seconds in which the roll-up was counted."""
    engine = make_engine(url)
    migrating.migrate(engine)
    engine.dispose()
    body, out = Body(people), Writer(url)
    for table, columns, rows, total in (*_people(body), _completions(body), *_figures(body)):
        out.many(table, columns, rows, total)
    out.close()
    began = time.monotonic()
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        recounting.catch_up(session, org_id=ORG, today=TODAY)
        session.commit()
    engine.dispose()
    return time.monotonic() - began


Table = tuple[str, str, Iterable[Sequence[Any]], int]


def _people(body: Body) -> Iterator[Table]:
    org, made = ORG.hex, f"{BEGAN} 08:00:00.000000"
    yield (
        "organisation",
        "id, name, zone, language, jurisdiction, invented, target, trained_from, least, created_at",
        [(org, "Million", "Europe/London", "en", "neutral", 1, 0.8, 0.5, 10, made)],
        1,
    )
    units = [
        (org, one.hex, above.hex if above else None, name) for one, above, name in body.units()
    ]
    yield "unit", "org_id, id, parent_id, name", units, len(units)
    places = [
        (org, ident(5, number).hex, one, above, name, "2019-01-01")
        for number, (_, one, above, name) in enumerate(units)
    ]
    yield "unit_place", "org_id, id, unit_id, parent_id, name, starts", places, len(places)

    def person(number: int) -> tuple[Any, ...]:
        given, family = GIVEN[number % len(GIVEN)], FAMILY[number // 7 % len(FAMILY)]
        joined = f"{YEARS[number % len(YEARS)]}-03-01"
        email = f"p{number}@million.example"
        name = f"{given} {family} {number}"
        return org, ident(6, number).hex, email, name, given, PATHS[number % 4], joined, made

    columns = "org_id, id, email, name, given_name, path, joined_on, created_at"
    yield "person", columns, map(person, range(body.people)), body.people

    teams = [ident(4, number).hex for number in range(body.teams)]

    boss = {who: ident(6, at).hex for at, numbers in body.managed.items() for who in numbers}

    def place(number: int) -> tuple[Any, ...]:
        team, family = teams[body.team[number]], FAMILIES[number % len(FAMILIES)]
        ids = ident(7, number).hex, ident(6, number).hex, team, boss.get(number)
        return org, *ids, "2019-01-01", family

    columns = "org_id, id, person_id, unit_id, line_manager_id, starts, job_family"
    yield "placement", columns, map(place, range(body.people)), body.people
    grants = [
        (org, ident(8, at).hex, ident(6, at).hex, role, unit.hex if unit else None, 0, made)
        for at, (role, unit) in enumerate(
            (("lead", None), ("lead", ident(3, 0)), ("administrator", ident(3, 0)))
        )
    ]
    columns = "org_id, id, person_id, role, unit_id, names, granted_at"
    yield "role_grant", columns, grants, len(grants)

    due, asked = str(BEGAN + timedelta(days=90)), MODULES[0]

    def enrolment(number: int) -> tuple[Any, ...]:
        return org, ident(10, number).hex, ident(6, number).hex, asked, made, due

    columns = "org_id, id, person_id, module, enrolled_at, due_on"
    yield "enrolment", columns, map(enrolment, range(body.people)), body.people


def _completions(body: Body) -> Table:
    org, sha = ORG.hex, "0" * 64
    dated = [BEGAN + timedelta(days=day) for day in range(DAYS)]
    earned = [f"{day} 10:00:00.000000" for day in dated]
    lasts = [str(day + timedelta(days=VALID)) for day in dated]
    days = [body.days(module).tolist() for module in range(len(MODULES))]
    attempt, hers = f"{ident(9, 0).hex[:20]}", f"{ident(6, 0).hex[:20]}"

    def rows() -> Iterator[tuple[Any, ...]]:
        number = 0
        for person in range(body.people):
            who = f"{hers}{person:012x}"
            for at, module in enumerate(MODULES):
                day = days[at][person]
                name = f"{attempt}{number:012x}"
                yield org, name, who, module, "1", sha, "A", earned[day], lasts[day]
                number += 1

    columns = (
        "org_id, attempt_id, person_id, module, version, sha256, path, completed_at, valid_until"
    )
    return "completion", columns, rows(), body.people * len(MODULES)


def _figures(body: Body) -> Iterator[Table]:
    months = body.months()
    units = list(body.units())
    above = np.array([body.department(team) for team in range(body.teams)])
    size = np.bincount(body.team, minlength=body.teams)

    def summed(direct: Any) -> list[int]:
        """The top's, the departments' and the teams' numbers."""
        departments = np.bincount(above, weights=direct, minlength=DEPARTMENTS).astype(int)
        return [int(direct.sum()), *departments.tolist(), *direct.tolist()]

    people = summed(size)
    parents = [None if parent is None else str(parent) for _, parent, _ in units]

    def counts(module: int, end: date) -> Any:
        at = (end - BEGAN).days
        day = body.days(module)
        return (day <= at) & (at <= day + VALID)

    def snapshots() -> Iterator[tuple[Any, ...]]:
        for number, module in enumerate(MODULES):
            for end in months:
                counting = counts(number, end)
                value = summed(np.bincount(body.team[counting], minlength=body.teams))
                cells = [
                    Cell(str(unit[0]), parent, *both)
                    for unit, parent, both in zip(
                        units, parents, zip(people, value, strict=True), strict=True
                    )
                ]
                hidden = protect(cells, 10)
                for (unit, parent, name), cell in zip(units, cells, strict=True):
                    why = hidden[cell.node]
                    up = parent.hex if parent else None
                    told = (unit.hex, up, name, cell.people, cell.value, why)
                    yield (ORG.hex, module, str(end), *told)

    columns = "org_id, module, month_end, unit_id, parent_id, name, people, in_date, hidden"
    yield "snapshot", columns, snapshots(), len(units) * len(months) * len(MODULES)

    kinds = {
        "family": (body.numbers % len(FAMILIES), FAMILIES),
        "path": (body.numbers % 4, tuple(PATHS)),
        "cohort": (body.numbers % len(YEARS), tuple(map(str, YEARS))),
    }

    def parts() -> Iterator[tuple[Any, ...]]:
        for number, module in enumerate(MODULES):
            for end in months:
                counting = counts(number, end)
                for by, (label, names) in kinds.items():
                    whole = np.bincount(label, minlength=len(names))
                    value = np.bincount(label[counting], minlength=len(names))
                    for name, all_, some in zip(names, whole, value, strict=True):
                        # Numbers of Python's own: SQLite would keep numpy's as bytes.
                        low, high = holding(int(some), int(all_), 0)
                        told = (by, name, int(all_), low, high, "")
                        yield (ORG.hex, module, str(end), TOP.hex, *told)

    columns = "org_id, module, month_end, unit_id, by, category, people, low, high, hidden"
    each = sum(len(names) for _, names in kinds.values())
    yield "breakdown", columns, parts(), each * len(months) * len(MODULES)
