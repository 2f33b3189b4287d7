"""police_incidents: what was reported where in the year to the day of telling."""

from __future__ import annotations

import numpy as np

from modules.synth.draws import coded, lowest, pick, stream, texts
from modules.synth.made import Growing, Made
from modules.synth.people import AS_OF, FIRST_NUMBER
from modules.synth.places import DEPRIVATION, WARD_NAMES, chart

RATE = 0.065
KINDS = texts(
    [
        "noise or nuisance",
        "theft",
        "vehicle crime",
        "burglary",
        "criminal damage",
        "violence",
        "domestic abuse",
        "missing person",
    ]
)
DOMESTIC = 6
_LEAST = np.array([20, 24, 22, 14, 9, 5, 4, 2], float)
_MOST = np.array([26, 17, 9, 8, 13, 13, 11, 3], float)
OUTCOMES = texts(["no suspect found", "warning", "charged", "referred for help", "open"])
_OUTCOMES = np.array([[56, 14, 9, 6, 15]] * 6 + [[18, 12, 22, 33, 15], [5, 0, 0, 70, 25]])


def build(town: Growing) -> Made:
    """One row for each incident in the order of time; three in four name a resident."""
    core, seed = town.core, town.core.seed
    people = core.people
    poor = DEPRIVATION[core.ward]
    open_to = (people.age >= 16) & ~people.double
    open_to[core.mothers] = False
    rows = np.flatnonzero(open_to)
    count = min(len(rows), max(10, round(RATE * len(people))))
    weight = 0.25 + 1.9 * poor[rows]
    hit = rows[lowest(stream(seed, "incidents/who"), weight, count)]
    hit = hit[np.argsort(stream(seed, "incidents/order").random(count), kind="stable")]
    levels = [(1 - step / 10) * _LEAST + step / 10 * _MOST for step in range(11)]
    kind = pick(
        stream(seed, "incidents/kind"), np.array(levels), np.rint(poor[hit] * 10).astype(int)
    )
    ago = np.sort(stream(seed, "incidents/on").integers(0, 365 * 24 * 60, count))[::-1]
    when = AS_OF.astype("datetime64[s]") - (ago * 60).astype("timedelta64[s]")
    outcome = pick(stream(seed, "incidents/outcome"), _OUTCOMES, kind)
    unnamed = (stream(seed, "incidents/unnamed").random(count) < 0.28) & (kind < DOMESTIC)
    spot = core.homes.postcode[people.household[hit]]
    residents = town.table("residents")
    columns = {
        "incident_id": coded("I", FIRST_NUMBER + np.arange(count), 7),
        "reported_at": when,
        "kind": KINDS[kind],
        "ward": WARD_NAMES[core.ward[hit]],
        "street": chart().street[spot],
        "postcode": chart().postcode[spot],
        "resident_id": np.where(unnamed, "", residents["resident_id"][hit]),
        "outcome": OUTCOMES[outcome],
    }
    return Made(columns)
