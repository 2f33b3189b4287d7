"""Fernleigh's residents as five services see them: each one age group, and who was referred."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from modules.labs.libraries import need

KNOTS = (0, 16, 32, 48, 64, 80)
"""A resident's age is told by how near it is to each of these years: six weights, one bend each."""

OLDEST = 80
BANDS = ((0, 15), (16, 32), (33, 49), (50, 66), (67, 130))
TESTED = 0.3
"""This share of the residents is kept for the test and never trained on."""

WOMAN = "F"


@dataclass(frozen=True, eq=False)
class Records:
    """All residents in columns. ``raw`` is what a record says: age, woman, referred (0 or 1)."""

    ids: Any
    raw: Any
    features: Any
    referred: Any


@dataclass(frozen=True, eq=False)
class Split:
    """The rows of each service that it trains on, and the rows that test every model."""

    services: tuple[Any, ...]
    test: Any


@lru_cache(maxsize=1)
def records() -> Records:
    """The whole town, once for all learners."""
    np, synth = need("numpy"), need("modules.synth")
    town = synth.fernleigh()
    residents = town.table("residents").columns
    ages = np.minimum(np.asarray(synth.years(residents["date_of_birth"]), dtype=float), 130)
    woman = (residents["sex"] == WOMAN).astype(float)
    known = town.table("health_referrals").columns["resident_id"]
    referred = np.isin(residents["resident_id"], known).astype(float)
    raw = np.column_stack([ages, woman, referred])
    return Records(residents["resident_id"], raw, features(ages, woman), referred)


def features(ages: Any, woman: Any) -> Any:
    """Seven columns: six tents over age, which add up to 1 in each row, and 1 for a woman."""
    np = need("numpy")
    capped = np.minimum(ages, OLDEST)
    step = KNOTS[1] - KNOTS[0]
    tents = [np.clip(1 - np.abs(capped - knot) / step, 0, 1) for knot in KNOTS]
    return np.column_stack([*tents, woman])


@lru_cache(maxsize=16)
def split(seed: str) -> Split:
    """Who tests and who trains, drawn by the seed."""
    np, ages = need("numpy"), records().raw[:, 0]
    digest = hashlib.sha256(f"{seed}/without-pooling/test".encode()).digest()
    test = np.random.default_rng(int.from_bytes(digest[:8], "big")).random(len(ages)) < TESTED
    services = tuple(np.flatnonzero(~test & (ages >= low) & (ages <= high)) for low, high in BANDS)
    return Split(services, np.flatnonzero(test))
