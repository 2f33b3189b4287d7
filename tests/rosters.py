"""Made-up staff lists of any length, the same for the same number: for benches and kill tests."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

GIVEN = (
    *("Ann", "Ben", "Cora", "Dev", "Ella", "Finn", "Gita", "Hugo"),
    *("Ines", "Jon", "Kay", "Lars", "Mia", "Noor", "Omar", "Pia"),
)
FAMILY = (
    *("Abara", "Brook", "Chen", "Dale", "Evans", "Frost", "Gupta", "Hale"),
    *("Ito", "Jones", "Khan", "Lund", "Moss", "Novak", "Otto"),
)
TITLES = ("Officer", "Senior officer", "Analyst", "Caseworker", "Team leader")
HEAD = ("Employee number", "Name", "E-mail", "Department", "Line manager", "Job title", "Start")
# How many report to one manager, and how many teams make a service.
SPAN, TEAMS = 9, 12


def row(number: int, later: bool = False) -> tuple[str, ...]:
    """Somebody: number 0 is at the top. ``later`` moves every 40th and renames every 60th."""
    given, family = GIVEN[number % len(GIVEN)], FAMILY[number // 7 % len(FAMILY)]
    name = f"{given} {family}-Lee" if later and number % 60 == 7 else f"{given} {family}"
    boss = "" if number == 0 else f"E{(number - 1) // SPAN:07}"
    team = number // 40 + (1 if later and number % 40 == 3 else 0)
    unit = f"Service {team // TEAMS:04} / Team {team:05}"
    email = f"{given}.{family}.{number}@body.example".lower()
    day = f"{1 + number % 28:02}/{1 + number % 12:02}/{2010 + number % 15}"
    return (f"E{number:07}", name, email, unit, boss, TITLES[number % 5], day)


def rows(people: int, later: bool = False) -> Iterator[tuple[str, ...]]:
    """A staff list; ``later`` is the one of a month after: every 100th gone, as many new."""
    for number in range(people):
        # Whoever leads nobody can leave without anybody else's row changing.
        if not (later and number % 100 == 99 and number * SPAN >= people):
            yield row(number, later)
    if later:
        for number in range(people, people + people // 100):
            yield (*row(number, later)[:4], f"E{number % 50:07}", *row(number, later)[5:])


def write(path: Path, people: int, later: bool = False) -> Path:
    """Write a staff list as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        made = csv.writer(file)
        made.writerow(HEAD)
        made.writerows(rows(people, later))
    return path
