"""Who has been referred with which condition: by age, deprivation, damp and income."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from modules.synth.draws import Column, chance, lowest, pick, sigmoid, stream, texts
from modules.synth.dwellings import Dwellings
from modules.synth.households import Households
from modules.synth.lives import UNABLE, Lives
from modules.synth.people import CHILD, People
from modules.synth.places import CARE_HOME_WARD, DEPRIVATION

_TABLE = (
    # condition, clinic, weight at ages 0–17, 18–39, 40–64, 65 and older, more with deprivation
    ("asthma", "respiratory clinic", 34, 14, 9, 6, 0.8),
    ("chronic lung disease", "respiratory clinic", 0, 1, 8, 13, 1.2),
    ("diabetes", "diabetes clinic", 3, 6, 17, 18, 0.8),
    ("heart disease", "heart clinic", 1, 2, 13, 22, 0.5),
    ("depression", "talking therapies clinic", 6, 24, 15, 5, 0.8),
    ("anxiety", "talking therapies clinic", 12, 20, 8, 3, 0.5),
    ("back pain", "physiotherapy clinic", 3, 15, 16, 9, 0.4),
    ("arthritis", "joint clinic", 1, 2, 11, 19, 0.2),
    ("hearing loss", "hearing clinic", 8, 2, 4, 13, 0.0),
    ("eczema", "skin clinic", 18, 6, 3, 2, 0.0),
    ("epilepsy", "nerve clinic", 4, 3, 2, 1, 0.2),
    ("multiple sclerosis", "nerve clinic", 0, 0.7, 0.9, 0.3, 0.0),
    ("alcohol dependence", "recovery clinic", 0, 3, 4, 1, 1.0),
    ("dementia", "memory clinic", 0, 0, 0.4, 13, 0.0),
    ("hepatitis C", "liver clinic", 0, 0.8, 0.9, 0.3, 1.2),
    ("HIV", "sexual health clinic", 0, 0, 0, 0, 0.0),
)
CONDITIONS = texts([row[0] for row in _TABLE])
CLINICS = texts([row[1] for row in _TABLE])
_WEIGHTS = np.array([row[2:6] for row in _TABLE]).T
_STEEPER = np.array([row[6] for row in _TABLE])
NONE, ASTHMA, LUNG, DEMENTIA, HIV = -1, 0, 1, 13, 15
# Conditions that the recurring citizen may have been referred with.
GENTLE = np.array([0, 2, 6, 9])
RARE_SHARE = 0.004
CARE_HOME_AGE = 80


@dataclass(frozen=True)
class Health:
    """One entry for each record: the place of a condition, or -1. ``uniform`` marks the class."""

    condition: Column
    uniform: Column


def fall_ill(
    seed: str,
    homes: Households,
    people: People,
    dwellings: Dwellings,
    lives: Lives,
    mothers: Column,
) -> Health:
    """Conditions, with one rare one, one ward whose oldest share theirs, and the mothers' own."""
    age, home = people.age, people.household
    poor, damp = DEPRIVATION[homes.ward[home]], dwellings.damp[home]
    low = (lives.income < 12000) & (people.role != CHILD)
    # Small children are referred often, young adults least, and past 67 age says little more. An
    # agency that sees one age group alone learns the wrong slope (federated learning lab).
    by_age = 0.088 * np.clip(age - 33, 0, 34) + 1.2 * np.clip((16 - age) / 16, 0, 1)
    score = -2.15 + by_age + 0.9 * poor + 0.7 * damp + 0.3 * low
    score += 1.8 * (lives.employment == UNABLE)
    first = ~people.double
    referred = chance(stream(seed, "health/referred"), sigmoid(score), len(age)) & first
    stage = np.where(age < 18, 0, np.where(age < 40, 1, np.where(age < 65, 2, 3)))
    weights = np.concatenate(
        [
            _WEIGHTS * (1 + level / 10 * _STEEPER) * (1 + 1.5 * wet * (_DAMP_CARES))
            for wet in (0, 1)
            for level in range(11)
        ]
    )
    row = (damp * 11 + np.rint(poor * 10).astype(int)) * 4 + stage
    drawn = pick(stream(seed, "health/condition"), weights, row)
    condition = np.where(referred, drawn, NONE)
    oldest = first & (age >= CARE_HOME_AGE) & (homes.ward[home] == CARE_HOME_WARD)
    condition[oldest] = DEMENTIA
    gentle = stream(seed, "health/mothers").integers(0, len(GENTLE), len(mothers))
    condition[mothers] = GENTLE[gentle]
    open_to = first & (age >= 17) & (age < 72)
    open_to[mothers] = False
    rows = np.flatnonzero(open_to)
    rare = min(len(rows), max(1, round(RARE_SHARE * len(age))))
    weight = 0.5 + 1.5 * ((age[rows] >= 25) & (age[rows] < 50)) + poor[rows]
    condition[rows[lowest(stream(seed, "health/rare"), weight, rare)]] = HIV
    return Health(condition, oldest)


_DAMP_CARES = np.isin(np.arange(len(_TABLE)), (ASTHMA, LUNG)).astype(float)
