"""What is counted: Fernleigh's referrals, one for each resident, and the cells a seed picks."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from modules.labs.noise_dial.numbers import EACH, LIMITS, PLANS
from modules.labs.noise_dial.options import TABLES
from modules.synth import Table, fernleigh, years

# Clinics at which it is nobody's business that one was seen: a cell of few people each.
DELICATE = ("memory clinic", "nerve clinic", "recovery clinic")
AGES = ("0–17", "18–39", "40–64", "65 and over")


@dataclass(frozen=True)
class Cell:
    """Residents of ``ward`` who were referred to ``clinic``."""

    ward: str
    clinic: str
    records: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.records)


@dataclass(frozen=True)
class Given:
    """What a learner is given: the dial's cell and limit, the attack's cell and ε, and the plan.

    ``ranked`` are the tables from the most to the least important, ``limits`` their limits.
    """

    dial: Cell
    limit: int
    walk: Cell
    each: float
    ranked: tuple[str, ...]
    limits: tuple[int, ...]
    readings: tuple[int, ...]


def referrals() -> Table:
    """The table, made once in a process."""
    return fernleigh().table("health_referrals")


@lru_cache(maxsize=1)
def cells() -> tuple[Cell, ...]:
    """Every ward with every clinic, in the order of the alphabet."""
    found: dict[tuple[str, str], list[str]] = {}
    table = referrals()
    for ward, clinic, who in zip(
        *(table[name].tolist() for name in ("ward", "clinic", "resident_id")), strict=True
    ):
        found.setdefault((ward, clinic), []).append(who)
    return tuple(Cell(*names, tuple(who)) for names, who in sorted(found.items()))


@lru_cache(maxsize=1)
def columns() -> Mapping[str, tuple[str, ...]]:
    """What each of the four tables counts by: a value for each referral."""
    table = referrals()
    age = [
        AGES[(one > 17) + (one > 39) + (one > 64)] for one in years(table["date_of_birth"]).tolist()
    ]
    return {
        "age": tuple(age),
        **{name: tuple(table[name].tolist()) for name in TABLES if name != "age"},
    }


@lru_cache(maxsize=512)
def given(seed: str) -> Given:
    """What the seed picks."""
    rng = random.Random(f"noise-dial/{seed}")
    ranked = list(TABLES)
    rng.shuffle(ranked)
    return Given(
        dial=rng.choice([cell for cell in cells() if 20 <= cell.count <= 80]),
        limit=rng.choice(LIMITS),
        walk=rng.choice(
            [cell for cell in cells() if cell.clinic in DELICATE and 4 <= cell.count <= 9]
        ),
        each=rng.choice(EACH),
        ranked=tuple(ranked),
        limits=rng.choice(PLANS),
        readings=tuple(rng.sample(range(3), 3)),
    )
