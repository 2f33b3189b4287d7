"""voter_register: the public list of adults who registered, with names. A true subset."""

from __future__ import annotations

import numpy as np

from modules.synth.draws import chance, coded, stream
from modules.synth.made import Growing, Made
from modules.synth.people import FIRST_NUMBER
from modules.synth.places import DEPRIVATION

LEAST_AGE = 18


def build(town: Growing) -> Made:
    """About two thirds of all adults, older and better-off people more often; by street."""
    core, residents = town.core, town.table("residents")
    people = core.people
    age = people.age
    share = 0.53 + 0.0045 * (np.clip(age, 18, 75) - 18) - 0.12 * (DEPRIVATION[core.ward] - 0.5)
    listed = chance(stream(core.seed, "voters/listed"), share, len(people))
    rows = np.flatnonzero(listed & (age >= LEAST_AGE) & ~people.double)
    rows = rows[np.argsort(core.homes.postcode[people.household[rows]], kind="stable")]
    taken = ("first_name", "last_name", "date_of_birth", "sex", "address", "postcode", "ward")
    columns = {
        "elector_number": coded("E", FIRST_NUMBER + np.arange(len(rows)), 7),
        "resident_id": residents["resident_id"][rows],
        **{name: residents[name][rows] for name in taken},
    }
    return Made(columns)
