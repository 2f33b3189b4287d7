"""What the workbook is made of: the counts that are asked for, and the people behind them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from modules import synth
from modules.labs.hidden_tab.options import Benefit

LEAST = 10
"""Claims that a row of the published tables has at least."""
YEARS = (2022, 2023, 2024, 2025)
STATES = ("in payment", "under review", "ended")
GROUPS = {"sheet": 12, "pivot": 10, "rows": 4, "very": 3, "comment": 1}
"""How many residents are hidden in which place. No resident is in two of them."""


@dataclass(frozen=True)
class Person:
    """A resident with a claim. ``weekly`` is in pounds."""

    name: str
    address: str
    ward: str
    claim: str
    state: str
    weekly: float


@dataclass(frozen=True)
class Material:
    """Counts of one benefit, and by group the residents who are hidden in the workbook.

    ``wards`` ends with the wards that were joined, under an empty name. ``officers`` are staff.
    """

    benefit: Benefit
    wards: tuple[tuple[str, int], ...]
    years: tuple[tuple[int, int], ...]
    states: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, tuple[Person, ...]], ...]
    officers: tuple[str, ...]

    def of(self, group: str) -> tuple[Person, ...]:
        """The residents of one group."""
        return dict(self.groups)[group]


@lru_cache(maxsize=64)
def material(benefit: Benefit, seed: str) -> Material:
    """Fernleigh's figures for ``benefit``, and people by ``seed``: about 10 ms once it stands."""
    town = synth.fernleigh()
    claims, residents = town.table("benefit_claims"), town.table("residents")
    mine = claims.where(claims["benefit"] == benefit.record)
    names = [f"{first} {last}" for first, last in _pairs(residents)]
    whom = dict(zip(residents["resident_id"].tolist(), range(len(residents)), strict=True))
    places = [whom[one] for one in mine["resident_id"].tolist()]
    ward, address = residents["ward"].tolist(), residents["address"].tolist()
    states = [_state(one) for one in mine["status"].tolist()]
    paid = [ward[p] for p, state in zip(places, states, strict=True) if state == STATES[0]]
    years = mine["claimed_on"].astype("datetime64[Y]").astype(int).tolist()
    rng = random.Random(f"hidden-tab/{seed}")
    people = _drawn(
        [
            Person(names[p], address[p], ward[p], claim, state, weekly)
            for p, claim, state, weekly in zip(
                places,
                mine["claim_id"].tolist(),
                states,
                mine["weekly_amount"].tolist(),
                strict=True,
            )
        ],
        rng,
    )
    staff = town.table("staff")
    office = staff.where(staff["team"] == "Benefits")
    officers = [f"{first} {last}" for first, last in _pairs(office)]
    taken = {person.name for _, group in people for person in group}
    officers = sorted(set(officers) - taken, key=lambda _: rng.random())
    return Material(
        benefit,
        _joined(paid),
        tuple((year, years.count(year - 1970)) for year in YEARS),
        tuple((state, states.count(state)) for state in STATES),
        people,
        tuple(officers[:4]),
    )


def _pairs(table: synth.Table) -> list[tuple[str, str]]:
    return list(zip(table["first_name"].tolist(), table["last_name"].tolist(), strict=True))


def _state(status: str) -> str:
    return status if status in STATES else STATES[2]


def _joined(wards: list[str]) -> tuple[tuple[str, int], ...]:
    """Counts by ward, by name; the smallest are joined until none is below `LEAST`."""
    counts = sorted((wards.count(ward), ward) for ward in set(wards))
    small = 0
    while counts and (counts[0][0] < LEAST or 0 < small < LEAST):
        small += counts.pop(0)[0]
    rows = sorted((ward, count) for count, ward in counts)
    return (*rows, ("", small)) if small else tuple(rows)


def _drawn(people: list[Person], rng: random.Random) -> tuple[tuple[str, tuple[Person, ...]], ...]:
    """People in the order of ``rng``, each name and address once, dealt out to the groups."""
    mixed = iter(sorted(people, key=lambda _: rng.random()))
    taken: set[str] = set()
    groups = []
    for group, size in GROUPS.items():
        chosen: list[Person] = []
        while len(chosen) < size:
            one = next(mixed)
            if taken.isdisjoint({one.name, one.address}):
                taken |= {one.name, one.address}
                chosen.append(one)
        groups.append((group, tuple(chosen)))
    return tuple(groups)
