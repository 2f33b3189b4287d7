"""school_attendance: a row for each pupil and term of the school year 2025/26."""

from __future__ import annotations

import numpy as np

from modules.synth.draws import chance, coded, pick, stream, texts
from modules.synth.health import NONE
from modules.synth.made import Growing, Made
from modules.synth.people import AS_OF, CHILD, FIRST_NUMBER, SCHOOL_DAY, years
from modules.synth.places import DEPRIVATION, PRIMARY, SECONDARY, SECONDARY_OF
from modules.synth.tables.residents import resident_ids

SCHOOLS = texts([*PRIMARY, *SECONDARY])
TERMS = texts(["autumn 2025", "spring 2026", "summer 2026"])
# Half days in each term.
SESSIONS = np.array([142, 118, 120])
YEARS = texts(["Reception", *(f"Year {number}" for number in range(1, 14))])
YOUNGEST, LAST_PRIMARY, LAST_COMPULSORY = 4, 10, 15


def build(town: Growing) -> Made:
    """Three rows for each pupil, term by term. Two thirds stay on after Year 11."""
    core = town.core
    people = core.people
    then = years(people.born, SCHOOL_DAY)
    minor = ~people.double & (people.role == CHILD) & (people.born < AS_OF)
    stays = chance(stream(core.seed, "schools/stays"), 0.67, len(people))
    rows = np.flatnonzero(
        minor & (then >= YOUNGEST) & ((then <= LAST_COMPULSORY) | ((then <= 17) & stays))
    )
    age, ward = then[rows], core.ward[rows]
    count = len(rows)
    elsewhere = stream(core.seed, "schools/elsewhere").random(count)
    near = np.where(elsewhere < 0.88, ward, (ward + 1) % len(PRIMARY))
    school = np.where(age <= LAST_PRIMARY, near, len(PRIMARY) + SECONDARY_OF[near])
    poor = DEPRIVATION[ward]
    ill = core.health.condition[rows] != NONE
    damp = core.dwellings.damp[people.household[rows]]
    missing = 0.035 + 0.035 * poor + 0.02 * ill + 0.02 * damp + 0.015 * (age > LAST_PRIMARY)
    rng = stream(core.seed, "schools/missing")
    share = np.clip(missing[:, None] * rng.gamma(1.8, 1 / 1.8, (count, 3)), 0, 0.9)
    absent = np.rint(share * SESSIONS).astype(np.int64)
    excused = np.rint(absent * (0.85 - 0.35 * poor[:, None])).astype(np.int64)
    income = np.bincount(people.household, core.lives.income, len(core.homes.kind))
    meals = (income[people.household[rows]] < 21000) & chance(
        stream(core.seed, "schools/meals"), 0.8, count
    )
    plan = pick(stream(core.seed, "schools/plan"), np.array([[85, 11, 4]]), np.zeros(count, int))
    each = np.repeat(np.arange(count), 3)
    term = np.tile(np.arange(3), count)
    columns = {
        "attendance_id": coded("A", FIRST_NUMBER + np.arange(3 * count), 7),
        "resident_id": resident_ids(rows)[each],
        "school": SCHOOLS[school][each],
        "year_group": YEARS[age - YOUNGEST][each],
        "term": TERMS[term],
        "sessions": SESSIONS[term],
        "attended": SESSIONS[term] - absent.reshape(-1),
        "absent_excused": excused.reshape(-1),
        "absent_unexcused": (absent - excused).reshape(-1),
        "free_meals": meals[each],
        "support": texts(["none", "support in class", "support plan"])[plan][each],
    }
    return Made(columns)
