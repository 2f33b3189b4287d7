"""The rules behind the year: what everybody's duties follow from, and who keeps a day by hand."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from db import reports
from db.engine import insert_many
from db.tables import Assignment, new_id
from modules import enrolling
from modules.course.model import ModuleCard, Path
from modules.demo.days import beginning, dawn, working, working_before
from modules.demo.history import DAYS_FOR_JOINERS, FIRST, WEEKS_TO_FINISH, due_days
from modules.demo.rollout import opening, weeks_for
from modules.duties import After, Audience, Case, Clause, On, Rolling, Rule
from modules.duties.model import EVERYBODY, Calendar, Cycle, Never, Yearly

STARTERS = Audience(clauses=(Clause(starters=True),))


@dataclass(frozen=True)
class Made:
    """A rule of the demo."""

    title: str
    target: str
    rule: Rule
    starts: date


def write(
    session: Session,
    *,
    org_id: uuid.UUID,
    rules: Collection[Made],
    by: uuid.UUID,
    made_at: datetime,
    now: datetime,
) -> None:
    """Keep rules, and let those enrolments follow from them that have just their days.

    Who has another day keeps it: she was enrolled by hand. What nobody was enrolled in yet follows.
    """
    rows = [
        {
            "org_id": org_id,
            "id": new_id(),
            "title": one.title,
            "target": one.target,
            "rule": one.rule.kept(),
            "starts": one.starts,
            "made_by": by,
            "made_at": max(made_at, dawn(one.starts)),
        }
        for one in rules
    ]
    insert_many(session, Assignment, rows)
    enrolling.adopt(session, org_id=org_id, now=now)
    enrolling.refresh(session, org_id=org_id, now=now)


def fernleigh(
    session: Session,
    *,
    org_id: uuid.UUID,
    today: date,
    months: int,
    cards: Collection[ModuleCard],
    paths: Collection[Path],
) -> Iterator[Made]:
    """Fernleigh's: the first module department by department, the others since this autumn."""
    start, year = beginning(today), Rolling(months=months)
    units = {one.name: one.unit_id for one in reports.units(session, org_id=org_id)}
    yield Made(
        f"Everybody: {FIRST} every year",
        FIRST,
        Rule(
            audience=EVERYBODY,
            due=On(day=start + timedelta(weeks=WEEKS_TO_FINISH), least_days=DAYS_FOR_JOINERS),
            renewal=year,
            cases=tuple(_openings(today, units, year)),
        ),
        start,
    )
    yield Made(
        f"New starters: {FIRST} before access to citizens’ data",
        FIRST,
        Rule(
            audience=STARTERS,
            due=After(days=0, of="joining"),
            renewal=year,
            before_access=True,
        ),
        start,
    )
    written = {card.id for card in cards if not card.planned and card.id != FIRST}
    opens = opening(today)
    for module in sorted(written):
        on = [path for path in paths if module in path.modules]
        weeks = {weeks_for(path, module, written) for path in on}
        for each in sorted(weeks):
            ways = tuple(path.id for path in on if weeks_for(path, module, written) == each)
            everybody = len(ways) == len(paths)
            whom = "Everybody" if everybody else f"Path {', '.join(ways)}"
            clause = Clause() if everybody else Clause(paths=ways)
            due = On(day=working(opens + timedelta(weeks=each)), least_days=each * 7)
            yield Made(
                f"{whom}: {module}",
                module,
                Rule(audience=Audience(clauses=(clause,)), due=due, renewal=year),
                opens,
            )
    for made in _of_few(today, units):
        if made.target in written:
            yield made


def _of_few(today: date, units: Mapping[str, uuid.UUID]) -> Iterator[Made]:
    """This week's: of people on whose path the module is not, each with another kind of day."""
    begins = working_before(today - timedelta(days=3))
    january = Yearly(month=1, day=31)
    yield Made(
        "Human resources: M08 every January",
        "M08",
        Rule(
            audience=Audience(clauses=(Clause(units=(units["Human resources"],)),)),
            exceptions=Audience(clauses=(Clause(families=("Administrator",)),)),
            due=Cycle(yearly=january, least_days=28),
            renewal=Calendar(yearly=january),
            window_days=60,
            grace_days=7,
        ),
        begins,
    )
    yield Made(
        "Analysts in Finance and payroll: M10, once",
        "M10",
        Rule(
            audience=Audience(
                clauses=(Clause(units=(units["Finance and payroll"],), families=("Analyst",)),)
            ),
            due=After(days=60, of="assignment"),
            renewal=Never(),
        ),
        begins,
    )
    yield Made(
        "Inspectors: M08 within 90 days of taking up the work",
        "M08",
        Rule(
            audience=Audience(clauses=(Clause(families=("Inspector",), paths=("A", "B")),)),
            due=After(days=90, of="role"),
            renewal=Rolling(months=24),
        ),
        begins,
    )


def harrow_vale(today: date, months: int) -> Iterator[Made]:
    """Harrow Vale's only one."""
    start = beginning(today)
    due = On(day=start + timedelta(weeks=26))
    rule = Rule(audience=EVERYBODY, due=due, renewal=Rolling(months=months))
    yield Made(f"Everybody: {FIRST} every year", FIRST, rule, start)


def _openings(today: date, units: Mapping[str, uuid.UUID], year: Rolling) -> Iterator[Case]:
    """A case for the units that opened on the same day; teams go before their departments."""
    for level in due_days(today):
        days: dict[date, list[uuid.UUID]] = {}
        for name, day in level.items():
            days.setdefault(day, []).append(units[name])
        for day in sorted(days):
            audience = Audience(clauses=(Clause(units=tuple(days[day])),))
            due = On(day=day, least_days=DAYS_FOR_JOINERS)
            yield Case(audience=audience, due=due, renewal=year)
