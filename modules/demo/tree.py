"""Fernleigh's tree: departments, teams, their sizes and how far each has taken to the training."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from modules.basics import BadInput

FERNLEIGH, FERNLEIGH_DOMAIN = "Fernleigh District Council", "fernleigh.example"
HARROW_VALE, HARROW_VALE_DOMAIN = "Harrow Vale Trust", "harrowvale.example"
LEAST_TEAM = 4
# The chief executive and an assistant, placed in the body itself.
TOP_OFFICE = 2


@dataclass(frozen=True)
class Team:
    """``size`` counts the head. ``fixed`` teams keep it whatever the size of the body.

    ``keen`` is the share of people who ever finish, 0 to 1. ``opens`` is when training opens for
    the team, in months after the start; None is with its department.
    """

    name: str
    size: int
    keen: float
    path: str = "A"
    fixed: bool = False
    opens: float | None = None


@dataclass(frozen=True)
class Department:
    """A head, a few staff of its own office, and teams. ``opens`` in months after the start."""

    name: str
    opens: float
    teams: tuple[Team, ...]
    office: int = 2


# Sizes add up to 300 with each department's head and office, the chief executive and her office.
DEPARTMENTS = (
    Department(
        "Governance",
        0.0,
        (
            Team("Democratic services", 8, 0.85),
            Team("Legal services", 9, 0.88, "E"),
            Team("Information governance", 6, 0.9, "E"),
            Team("Internal audit", 4, 0.8),
        ),
    ),
    Department(
        "Revenues and benefits",
        1.3,
        (
            Team("Revenues", 13, 0.9, "B", fixed=True),
            Team("Benefits", 19, 0.86, "B"),
            Team("Customer contact", 24, 0.8, "B"),
            Team("Business rates", 6, 0.75),
        ),
    ),
    Department(
        "Housing and communities",
        4.2,
        (
            Team("Homelessness and advice", 14, 0.84, "B"),
            Team("Tenancy services", 20, 0.8, "B"),
            Team("Repairs and safety", 16, 0.66),
            Team("Community safety", 8, 0.85, "E"),
        ),
    ),
    Department(
        "Environment and planning",
        7.2,
        (
            # Crews have no desk: tablets for them came last.
            Team("Waste and recycling", 24, 0.42, opens=11.3),
            Team("Parks and open spaces", 14, 0.7),
            Team("Environmental health", 12, 0.82, "B"),
            Team("Development control", 15, 0.82, "B"),
            Team("Building control", 7, 0.78),
        ),
    ),
    Department(
        "People and technology",
        0.6,
        (
            Team("Human resources", 11, 0.86),
            Team("ICT services", 16, 0.9, "F"),
            Team("Finance and payroll", 17, 0.82),
            Team("Data and insight", 9, 0.92, "C"),
            Team("Communications", 5, 0.8),
        ),
    ),
    # One small team alone: it must be hidden, and its department with it.
    Department("Climate and resilience", 0.0, (Team("Emergency planning", 5, 0.9, "E"),), office=0),
)


def sized(people: int) -> dict[str, int]:
    """Today's number of people in each team for a body of ``people``, by the team's name.

    Raises BadInput where the smallest teams would not fit.
    """
    offices = TOP_OFFICE + sum(1 + department.office for department in DEPARTMENTS)
    sizes = {team.name: team.size if team.fixed else LEAST_TEAM for _, team in placed()}
    spare = people - offices - sum(sizes.values())
    if spare < 0:
        raise BadInput(f"Fernleigh needs at least {people - spare} people to fill its teams.")
    above = {team.name: team.size - LEAST_TEAM for _, team in placed() if not team.fixed}
    shares = {name: spare * more / sum(above.values()) for name, more in above.items()}
    for name, share in shares.items():
        sizes[name] += int(share)
    by_rest = sorted(shares, key=lambda name: (int(shares[name]) - shares[name], name))
    for name in by_rest[: spare - sum(map(int, shares.values()))]:
        sizes[name] += 1
    return sizes


def placed() -> Iterator[tuple[Department, Team]]:
    """Every team with its department."""
    return ((department, team) for department in DEPARTMENTS for team in department.teams)
