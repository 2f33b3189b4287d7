"""Education, employment and income: each follows from ward, age, tenure and the one before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from modules.synth.draws import Column, pick, stream, texts
from modules.synth.dwellings import COUNCIL, Dwellings
from modules.synth.households import Households
from modules.synth.people import People
from modules.synth.places import DEPRIVATION

EDUCATION = texts(["", "no certificate", "school", "college", "degree"])
UNDER_AGE, NO_CERTIFICATE, SCHOOL, COLLEGE, DEGREE = range(5)
EMPLOYMENT = texts(
    [
        "child",
        "employed",
        "self-employed",
        "unemployed",
        "carer",
        "student",
        "unable to work",
        "retired",
    ]
)
MINOR, EMPLOYED, SELF_EMPLOYED, UNEMPLOYED, CARER, STUDENT, UNABLE, RETIRED = range(8)
_SCHOOLED = np.array([[0.06, 0.24, 0.30, 0.40], [0.27, 0.35, 0.25, 0.13]])
# Weights by stage (18–24, 25–59, 60–66, 67 and older), least and most deprived.
_WORK_LEAST = np.array(
    [
        [0, 0.52, 0.02, 0.05, 0.01, 0.39, 0.01, 0],
        [0, 0.75, 0.13, 0.02, 0.06, 0.01, 0.02, 0.01],
        [0, 0.40, 0.12, 0.01, 0.04, 0, 0.03, 0.40],
        [0, 0.06, 0.03, 0, 0.01, 0, 0, 0.90],
    ]
)
_WORK_MOST = np.array(
    [
        [0, 0.50, 0.02, 0.17, 0.05, 0.22, 0.04, 0],
        [0, 0.55, 0.08, 0.11, 0.11, 0.02, 0.12, 0.01],
        [0, 0.30, 0.06, 0.07, 0.08, 0, 0.22, 0.27],
        [0, 0.03, 0.01, 0, 0.02, 0, 0.02, 0.92],
    ]
)
_PAY = np.array([0, 25500, 21000, 4900, 5600, 6800, 7600, 13600])
_SPREAD = np.array([0, 0.36, 0.55, 0.25, 0.25, 0.40, 0.20, 0.32])
_RAISE = np.array([1, 0.80, 0.90, 1.02, 1.34])


@dataclass(frozen=True)
class Lives:
    """One entry for each record. ``income`` in pounds a year of that person, to the next ten."""

    education: Column
    employment: Column
    income: Column


def live(seed: str, homes: Households, people: People, dwellings: Dwellings) -> Lives:
    """What people learnt, do and earn. Second records carry what the first ones do."""
    age = people.age
    poor = DEPRIVATION[homes.ward[people.household]]
    hard = np.clip(poor + 0.25 * (dwellings.tenure[people.household] >= COUNCIL) - 0.1, 0, 1)
    adult = age >= 18
    schooled = pick(
        stream(seed, "residents/education"), *_between(_SCHOOLED[:1], _SCHOOLED[1:], hard, age * 0)
    )
    education = np.where(adult, 1 + schooled, UNDER_AGE)
    stage = np.where(age < 25, 0, np.where(age < 60, 1, np.where(age < 67, 2, 3)))
    ease = np.clip(hard - 0.12 * (education - SCHOOL), 0, 1)
    work = pick(
        stream(seed, "residents/employment"), *_between(_WORK_LEAST, _WORK_MOST, ease, stage)
    )
    employment = np.where(adult, work, MINOR)
    rng = stream(seed, "residents/income")
    earned = _PAY[employment] * np.where(
        np.isin(employment, (EMPLOYED, SELF_EMPLOYED, RETIRED)),
        _RAISE[education] * (1.12 - 0.30 * poor),
        1.0,
    )
    young = np.where((age < 25) & (employment == EMPLOYED), 0.72, 1.0)
    income = earned * young * np.exp(_SPREAD[employment] * rng.normal(0, 1, len(age)))
    income = (np.rint(income / 10) * 10).astype(np.int64)
    same = people.original
    return Lives(education[same], employment[same], income[same])


def _between(least: Column, most: Column, level: Column, stage: Column) -> tuple[Column, Column]:
    """Weights for 21 levels from ``least`` to ``most``, and each person's row in them."""
    steps, stages = 20, len(least)
    tables = [(1 - step / steps) * least + step / steps * most for step in range(steps + 1)]
    return np.concatenate(tables), np.rint(level * steps).astype(int) * stages + stage
