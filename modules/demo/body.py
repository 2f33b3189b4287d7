"""The invented bodies: who works where, under whom."""

from __future__ import annotations

import random
from datetime import date, timedelta

from modules.demo.changes import the_year
from modules.demo.days import beginning
from modules.demo.families import working
from modules.demo.names import address, names
from modules.demo.tree import (
    DEPARTMENTS,
    FERNLEIGH,
    HARROW_VALE,
    HARROW_VALE_DOMAIN,
    TOP_OFFICE,
    Team,
    sized,
)
from modules.demo.worker import (
    AMIRA,
    ELIN,
    GRACE,
    MAREK,
    PRIYA,
    SAMIR,
    TOM,
    Body,
    Hire,
    Stay,
    Worker,
    hiring,
)

# Who heads a unit, and who works in a team, with the role given to them.
HEADS = {
    "Governance": (GRACE, ("lead",)),
    "Revenues": (TOM, ()),
    "Internal audit": (ELIN, ("auditor",)),
}
MEMBERS = {
    "Revenues": (AMIRA, ()),
    "Legal services": (SAMIR, ("reviewer",)),
    "Human resources": (PRIYA, ("trainer",)),
    "ICT services": (MAREK, ("administrator",)),
}
NOBODY: tuple[str, tuple[str, ...]] = ("", ())


def fernleigh(people: int, seed: int, today: date) -> Body:
    """Fernleigh today with its year: ``people`` who work there now, and those who left.

    Raises BadInput for fewer than the teams need.
    """
    sizes = sized(people)
    hire = hiring(seed, random.Random(f"body/{people}/{seed}"), beginning(today))
    chief = hire("", FERNLEIGH, None, path="D")
    staff = [chief, *(hire("", FERNLEIGH, chief.email) for _ in range(TOP_OFFICE - 1))]
    units: list[tuple[str, str | None]] = [(FERNLEIGH, None)]
    for department in DEPARTMENTS:
        name, roles = HEADS.get(department.name, NOBODY)
        head = hire(name, department.name, chief.email, path="D", roles=roles)
        office = [hire("", department.name, head.email) for _ in range(department.office)]
        staff += [head, *office]
        units.append((department.name, FERNLEIGH))
        for team in department.teams:
            staff += _team(team, sizes[team.name], head.email, hire)
            units.append((team.name, department.name))
    return Body(FERNLEIGH, tuple(units), tuple(the_year(staff, people, today, hire)))


def _team(team: Team, size: int, above: str, hire: Hire) -> list[Worker]:
    """A head and her reports."""
    name, roles = HEADS.get(team.name, NOBODY)
    head = hire(name, team.name, above, path="D", roles=roles)
    known = [MEMBERS[team.name]] if team.name in MEMBERS else []
    others = [NOBODY] * (size - 1 - len(known))
    return [
        head,
        *(
            hire(name, team.name, head.email, path=team.path, roles=roles)
            for name, roles in [*known, *others]
        ),
    ]


def harrow_vale(seed: int, today: date) -> Body:
    """The second body: twelve people in two teams, so that separation can be seen."""
    rng = random.Random(f"harrow vale/{seed}")
    pool = names(seed + 1, {"olga.petrenko@"})
    start, families = beginning(today), working(frozenset(), HARROW_VALE)
    people = list[Worker]()
    for unit, count in ((HARROW_VALE, 2), ("Home visits", 6), ("Front desk", 4)):
        for _ in range(count):
            given, family = next(pool) if people else ("Olga", "Petrenko")
            manager = people[0].email if people else None
            joined = start - timedelta(days=rng.randrange(60, 3000))
            email = address(given, family, HARROW_VALE_DOMAIN)
            roles = () if people else ("lead", "administrator")
            work = families(unit, not people, email)
            stays = (Stay(unit, manager, joined, None, *work),)
            people.append(Worker(email, given, family, joined, stays, "A", roles=roles))
    units = ((HARROW_VALE, None), ("Home visits", HARROW_VALE), ("Front desk", HARROW_VALE))
    # Under the other law, so that this can be seen as well.
    return Body(HARROW_VALE, units, tuple(people), "eu")
