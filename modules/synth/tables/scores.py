"""ai_scores: a score of need, learnt from past contacts, which two wards had fewer of.

The score reads contacts with services as need. In Eastfield and Harbour contacts, and need itself,
were written down less often than they were there, so it passes over people who need help.
"""

from __future__ import annotations

import numpy as np

from modules.synth.draws import chance, coded, sigmoid, stream, texts
from modules.synth.health import NONE
from modules.synth.lives import UNABLE, UNEMPLOYED
from modules.synth.made import Growing, Made
from modules.synth.people import AS_OF, FIRST_NUMBER
from modules.synth.places import DEPRIVATION, UNDER_RECORDED, WARD_NAMES
from modules.synth.tables.residents import resident_ids

DROPPED = 0.35
THRESHOLD, HIGH = 0.5, 0.75
BANDS = texts(["low", "medium", "high"])


def build(town: Growing) -> Made:
    """One row for each adult. Who truly needs help is planted and in no column."""
    core = town.core
    seed, people, lives = core.seed, core.people, core.lives
    rows = np.flatnonzero((people.age >= 18) & ~people.double)
    count = len(rows)
    ward, age, income = core.ward[rows], people.age[rows], lives.income[rows]
    ill = core.health.condition[rows] != NONE
    jobless = np.isin(lives.employment[rows], (UNEMPLOYED, UNABLE))
    hardship = np.clip((15000 - income) / 7000, -2, 1.5)
    real = -2.55 + 1.1 * ill + 0.9 * hardship + 1.0 * jobless + 0.9 * (age >= 78)
    need = chance(stream(seed, "scores/need"), sigmoid(real + 0.6 * DEPRIVATION[ward]), count)
    biased = np.isin(ward, UNDER_RECORDED)
    rng = stream(seed, "scores/contacts")
    contacts = rng.gamma(1.2 + 6.2 * need + 0.5 * ill, 0.75, count)
    contacts = np.floor(contacts * np.where(biased, 0.62, 1.0)).astype(np.int64)
    lost = need & biased & chance(stream(seed, "scores/lost"), DROPPED, count)
    noise = stream(seed, "scores/noise").normal(0, 0.35, count)
    score = sigmoid(-3.3 + 1.0 * contacts + 0.45 * ill + 0.3 * hardship + noise)
    score = np.round(score, 3)
    identifiers = resident_ids(rows)
    columns = {
        "score_id": coded("N", FIRST_NUMBER + np.arange(count), 7),
        "resident_id": identifiers,
        "ward": WARD_NAMES[ward],
        "age": age,
        "income_year": income,
        "contacts": contacts,
        "need_recorded": need & ~lost,
        "score": score,
        "band": BANDS[(score >= THRESHOLD).astype(int) + (score >= HIGH)],
        "offered_help": score >= THRESHOLD,
        "scored_on": np.full(count, AS_OF - np.timedelta64(16, "D")),
    }
    planted = {"need": need, "unrecorded": tuple(identifiers[lost].tolist())}
    return Made(columns, planted)
