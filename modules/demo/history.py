"""The year: the module is rolled out department by department, and renewed a year later."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from modules.demo.days import beginning, later
from modules.demo.rounds import Learning, Outcome, Round, usual
from modules.demo.toms_team import toms_team
from modules.demo.tree import placed
from modules.demo.worker import Body

# The module that the whole year is about; `modules.demo.rollout` has the others.
FIRST = "M01"
# What people are given: six weeks from the opening, thirty days from joining.
WEEKS_TO_FINISH, DAYS_FOR_JOINERS = 6, 30
# When crews with tablets are due, in days from today.
CREWS = "Waste and recycling"
CREWS_DUE = 20
# The share who ever finish among heads of departments and their offices, 0 to 1.
OFFICE_KEEN = 0.85
# Smaller teams have no champion of their own.
LEAST_WITH_CHAMPION = 9


def year(body: Body, seed: int, today: date, valid_months: int) -> Iterator[Learning]:
    """Everybody's year at Fernleigh. A completion counts for ``valid_months`` months."""
    start = beginning(today)
    teams = {team.name: (department, team) for department, team in placed()}
    of_teams, of_departments = opening_days(start)
    openings = of_teams | of_departments
    due_teams, due_departments = due_days(today)
    due = due_teams | due_departments
    toms = toms_team(body, openings["Revenues"], due["Revenues"], today, valid_months)
    first = champions(body, start)
    for worker in body.people:
        rng = random.Random(f"{seed}/{worker.email}")
        ability = min(0.98, rng.betavariate(16, 2.2))
        due_on = due.get(worker.stays[0].unit, start + timedelta(weeks=WEEKS_TO_FINISH))
        if worker.joined_on > start:
            due_on = max(due_on, worker.joined_on + timedelta(days=DAYS_FOR_JOINERS))
        rounds: tuple[Round, ...]
        if worker.email in toms:
            due_on, rounds = toms[worker.email]
        else:
            opens, keen = max(openings.get(worker.unit, start), worker.joined_on), OFFICE_KEEN
            if worker.email in first:
                opens, keen = start, 1.0
            elif worker.unit in teams:
                keen = teams[worker.unit][1].keen
            until = min(today, worker.left_on or today) - timedelta(days=1)
            rounds = tuple(usual(rng, opens, due_on, keen, until, valid_months))
        yield Learning(FIRST, worker.email, max(start, worker.joined_on), due_on, ability, rounds)


def opening_days(start: date) -> tuple[dict[str, date], dict[str, date]]:
    """When the first module opened in each team, and in each department."""
    found = list(placed())
    return (
        {
            team.name: later(start, department.opens if team.opens is None else team.opens)
            for department, team in found
        },
        {department.name: later(start, department.opens) for department, _ in found},
    )


def due_days(today: date) -> tuple[dict[str, date], dict[str, date]]:
    """By when the first module is due in each team, and in each department."""
    teams, departments = (
        {unit: opens + timedelta(weeks=WEEKS_TO_FINISH) for unit, opens in level.items()}
        for level in opening_days(beginning(today))
    )
    teams[CREWS] = today + timedelta(days=CREWS_DUE)
    return teams, departments


def champions(body: Body, start: date) -> frozenset[str]:
    """Who tried the module first: every second head, and one in each larger team."""
    heads = {stay.manager for worker in body.people for stay in worker.stays}
    known = [one for one in body.people if one.joined_on < start and not one.left_on]
    first = {one.email: one for one in known if one.email in heads}
    found = set(list(first)[::2])
    teams = {team.name for _, team in placed() if team.size > LEAST_WITH_CHAMPION}
    for one in known:
        stayed = len({stay.unit for stay in one.stays}) == 1
        if one.unit in teams and stayed and one.email not in heads:
            teams.remove(one.unit)
            found.add(one.email)
    return frozenset(found)


def small_year(body: Body, seed: int, today: date) -> Iterator[Learning]:
    """Harrow Vale's year: three in four took the module, one after another."""
    start = beginning(today)
    for place, worker in enumerate(body.people):
        rng = random.Random(f"{seed}/{worker.email}")
        day = later(start, 2 + place * 0.7)
        rounds = (Round(day, Outcome.PASSED),) if place % 4 < 3 else ()
        due_on = start + timedelta(weeks=26)
        yield Learning(FIRST, worker.email, start, due_on, rng.uniform(0.7, 0.95), rounds)
