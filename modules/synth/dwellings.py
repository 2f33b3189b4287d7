"""Homes: tenure by deprivation and age, kind of dwelling, rooms, rent and damp."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from modules.synth.draws import Column, chance, pick, stream, texts
from modules.synth.households import HEAD_AGE, Households, Kind
from modules.synth.places import DEPRIVATION, FLATS

TENURES = texts(
    [
        "owned outright",
        "mortgage",
        "rented from the council",
        "rented from a housing association",
        "rented privately",
        "temporary home",
    ]
)
OUTRIGHT, MORTGAGE, COUNCIL, ASSOCIATION, PRIVATE, TEMPORARY = range(6)
DWELLINGS = texts(["flat", "terraced house", "semi-detached house", "detached house"])
FLAT, TERRACED, SEMI, DETACHED = range(4)
# Weights of the tenures in the least and the most deprived ward, for young, middle and older.
_LEAST = np.array(
    [[5, 34, 6, 6, 48, 1], [14, 62, 6, 5, 12.6, 0.4], [76, 9, 6, 4, 4.9, 0.1]], dtype=float
)
_MOST = np.array([[1, 9, 28, 19, 38, 5], [5, 22, 34, 17, 19, 3], [34, 8, 36, 15, 6.5, 0.5]], float)
_HOUSES = np.array([[0.42, 0.34, 0.24], [0.70, 0.26, 0.04]])


@dataclass(frozen=True)
class Dwellings:
    """One entry for each household. ``rent`` in whole pounds a week, 0 for owners."""

    tenure: Column
    dwelling: Column
    bedrooms: Column
    rent: Column
    damp: Column


def house(seed: str, homes: Households, rented_flats: Column) -> Dwellings:
    """A dwelling for each household; the households in ``rented_flats`` live in rented flats."""
    count = len(homes.kind)
    poor = DEPRIVATION[homes.ward]
    typical = HEAD_AGE[homes.kind][:, 0]
    stage = np.where(typical < 37, 0, np.where(typical < 65, 1, 2))
    steps = 20
    weights = np.concatenate(
        [(1 - step / steps) * _LEAST + step / steps * _MOST for step in range(steps + 1)]
    )
    level = np.rint(poor * steps).astype(int)
    tenure = pick(stream(seed, "housing/tenure"), weights, level * 3 + stage)
    wanted = np.zeros(count, bool)
    wanted[rented_flats] = True
    rented = pick(
        stream(seed, "housing/rented"), np.array([[0.40, 0.25, 0.35]]), np.zeros(count, int)
    )
    tenure = np.where(wanted & (tenure < COUNCIL), COUNCIL + rented, tenure)
    tenure = np.where(wanted & (tenure == TEMPORARY), PRIVATE, tenure)
    rents = (tenure >= COUNCIL).astype(float)
    size = homes.adults + homes.children
    share = np.clip(FLATS[homes.ward] * (0.55 + 0.9 * rents) - 0.06 * (size - 2), 0.01, 0.95)
    flat = chance(stream(seed, "housing/flat"), share, count) | wanted
    house_kind = 1 + pick(
        stream(seed, "housing/dwelling"), _HOUSES, ((poor > 0.5) | (rents > 0)).astype(int)
    )
    dwelling = np.where(flat, FLAT, house_kind)
    rng = stream(seed, "housing/bedrooms")
    spare = (rng.random(count) < 0.55 - 0.4 * rents).astype(int)
    needed = np.where(homes.kind == Kind.SHARERS, homes.adults, 1 + (homes.children + 1) // 2)
    bedrooms = np.clip(needed + spare + (dwelling == DETACHED), 1, np.where(flat, 4, 6))
    base = np.array([0, 0, 88, 102, 158, 190])[tenure]
    rng = stream(seed, "housing/rent")
    rent = base * (0.72 + 0.17 * bedrooms) * (1.08 - 0.16 * poor) + rents * rng.normal(0, 7, count)
    risk = np.array([0.03, 0.04, 0.13, 0.10, 0.19, 0.22])[tenure] * (0.6 + 0.9 * poor)
    damp = chance(stream(seed, "housing/damp"), risk, count)
    return Dwellings(
        tenure, dwelling, bedrooms, np.where(rents > 0, np.rint(rent), 0).astype(np.int64), damp
    )
