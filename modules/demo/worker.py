"""What an invented body is made of, and how its people are invented."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from modules.demo.families import working
from modules.demo.names import address, names
from modules.demo.tree import DEPARTMENTS, FERNLEIGH, FERNLEIGH_DOMAIN

# Those whom the demo knows by name; nobody else gets their addresses.
AMIRA, TOM, GRACE = "Amira Khan", "Tom Ashdown", "Grace Okafor"
PRIYA, MAREK = "Priya Nair", "Marek Novak"
ELIN, SAMIR = "Elin Hughes", "Samir Haddad"
KNOWN = (AMIRA, TOM, GRACE, PRIYA, MAREK, ELIN, SAMIR)


def mail(name: str) -> str:
    """The address of somebody known by name at Fernleigh."""
    given, family = name.split()
    return address(given, family, FERNLEIGH_DOMAIN)


@dataclass(frozen=True)
class Stay:
    """Where somebody was placed, under whom (an address), from when to when, as what."""

    unit: str
    manager: str | None
    starts: date
    ends: date | None = None
    job_family: str = ""
    grade: str = ""


@dataclass(frozen=True)
class Worker:
    """One invented person; ``left_on`` is the first day no longer there."""

    email: str
    given: str
    family: str
    joined_on: date
    stays: tuple[Stay, ...]
    path: str = "A"
    left_on: date | None = None
    roles: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """Where she is, or was last."""
        return self.stays[-1].unit


@dataclass(frozen=True)
class Body:
    """An organisation: its units with their parents, top first, and its people."""

    name: str
    units: tuple[tuple[str, str | None], ...]
    people: tuple[Worker, ...]
    # The law whose notes its people read.
    jurisdiction: str = "uk"


Hire = Callable[..., Worker]


def hiring(seed: int, rng: random.Random, start: date) -> Hire:
    """A function that invents somebody who joined years before the training began."""
    taken = {mail(name).removesuffix(FERNLEIGH_DOMAIN) for name in KNOWN}
    pool = names(seed, taken)
    work = working(frozenset(one.name for one in DEPARTMENTS), FERNLEIGH)

    def hire(
        name: str,
        unit: str,
        manager: str | None,
        *,
        path: str = "A",
        roles: tuple[str, ...] = (),
    ) -> Worker:
        given, family = name.split() if name else next(pool)
        # Tenure with a long tail: half joined in the last five years.
        joined = start - timedelta(days=45 + round(rng.expovariate(1 / 2600)) % 12000)
        joined -= timedelta(days=joined.weekday())
        email = address(given, family, FERNLEIGH_DOMAIN)
        # Whoever heads a unit follows the managers' path.
        stay = Stay(unit, manager, joined, None, *work(unit, path == "D", email))
        return Worker(email, given, family, joined, (stay,), path, roles=roles)

    return hire
