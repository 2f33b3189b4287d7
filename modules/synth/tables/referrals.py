"""health_referrals: who was referred to which clinic with what. Special category throughout."""

from __future__ import annotations

import numpy as np

from modules.synth.draws import coded, pick, stream, texts
from modules.synth.health import CLINICS, CONDITIONS, NONE
from modules.synth.made import Growing, Made
from modules.synth.people import AS_OF, FIRST_NUMBER
from modules.synth.places import PRACTICES, WARD_NAMES
from modules.synth.tables.residents import resident_ids

_PRACTICES = texts(PRACTICES)
URGENCY = texts(["routine", "soon", "urgent"])
STATUS = texts(["waiting", "seen", "closed"])
WAITING, SEEN, CLOSED = range(3)


def build(town: Growing) -> Made:
    """One row for each person ever referred: the latest referral. Numbers run with the dates."""
    core, residents = town.core, town.table("residents")
    rows = np.flatnonzero(core.health.condition != NONE)
    count = len(rows)
    rng = stream(core.seed, "referrals/on")
    ago = (5 + np.minimum(rng.gamma(1.3, 420, count), 3600)).astype(np.int64)
    mother = np.isin(rows, core.mothers)
    # Hers is past: two to five years ago, and closed.
    ago = np.where(mother, 2 * 365 + ago % (3 * 365), ago)
    ago = np.minimum(ago, (AS_OF - core.people.born[rows]).astype(int))
    order = np.argsort(-ago, kind="stable")
    rows, ago, mother = rows[order], ago[order], mother[order]
    on = AS_OF - ago.astype("timedelta64[D]")
    urgency = pick(
        stream(core.seed, "referrals/urgency"), np.array([[72, 20, 8]]), np.zeros(count, int)
    )
    wait = stream(core.seed, "referrals/wait").gamma(2.0, np.array([48, 16, 5])[urgency], count)
    seen = on + (2 + wait).astype("timedelta64[D]")
    waiting = (seen > AS_OF) & ~mother
    ended = (AS_OF - seen).astype(int) > 240
    condition = core.health.condition[rows]
    at_home = core.ward[rows]
    moved = stream(core.seed, "referrals/practice").random(count) < 0.12
    practice = np.where(moved, (at_home + 1) % len(PRACTICES), at_home // 3)
    identifiers = coded("H", FIRST_NUMBER + np.arange(count), 7)
    columns = {
        "referral_id": identifiers,
        "resident_id": resident_ids(rows),
        "date_of_birth": core.people.born[rows],
        "sex": residents["sex"][rows],
        "postcode": residents["postcode"][rows],
        "ward": WARD_NAMES[at_home],
        "practice": _PRACTICES[practice],
        "clinic": CLINICS[condition],
        "condition": CONDITIONS[condition],
        "urgency": URGENCY[urgency],
        "referred_on": on,
        "seen_on": np.where(waiting, np.datetime64("NaT"), np.minimum(seen, AS_OF)),
        "status": STATUS[np.where(waiting, WAITING, np.where(ended | mother, CLOSED, SEEN))],
    }
    return Made(columns, {"uniform": tuple(identifiers[core.health.uniform[rows]].tolist())})
