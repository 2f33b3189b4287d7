"""council_tax: one account a home: band, charge, discount, arrears."""

from __future__ import annotations

import numpy as np

from modules.synth.draws import chance, coded, pick, stream, texts
from modules.synth.lives import STUDENT
from modules.synth.made import Growing, Made
from modules.synth.people import AS_OF, FIRST_NUMBER, HEAD
from modules.synth.places import DEPRIVATION
from modules.synth.tables.claims import BENEFIT_NAMES, COUNCIL_TAX
from modules.synth.tables.residents import resident_ids, row_of

BANDS = texts(list("ABCDEFGH"))
# Ninths of band D's charge.
NINTHS = np.array([6, 7, 8, 9, 11, 13, 15, 18])
BAND_D = 2160
DISCOUNTS = texts(["none", "single adult", "all students"])
NO_DISCOUNT, SINGLE, STUDENTS = range(3)
PAID = texts(["direct debit", "card", "cash"])


def build(town: Growing) -> Made:
    """One row for each home. A few have the single discount with two adults at home."""
    core, seed = town.core, town.core.seed
    homes, dwellings, people = core.homes, core.dwellings, core.people
    count = len(homes.kind)
    poor = DEPRIVATION[homes.ward]
    worth = 0.4 + 1.25 * dwellings.dwelling + 0.35 * dwellings.bedrooms - 1.7 * poor
    noise = stream(seed, "council-tax/band").normal(0.55, 0.75, count)
    band = np.clip(np.floor(worth + noise), 0, 7).astype(np.int64)
    first = ~people.double
    head = np.zeros(count, np.int64)
    heads = np.flatnonzero(first & (people.role == HEAD))
    head[people.household[heads]] = heads
    adult = first & (people.age >= 18)
    learning = np.bincount(
        people.household[adult & (core.lives.employment == STUDENT)], minlength=count
    )
    adults = np.bincount(people.household[adult], minlength=count)
    discount = np.where(learning == adults, STUDENTS, NO_DISCOUNT)
    discount = np.where((adults == 1) & (discount == NO_DISCOUNT), SINGLE, discount)
    wrong = (adults == 2) & (discount == NO_DISCOUNT)
    wrong &= chance(stream(seed, "council-tax/wrong"), 0.02, count)
    wrong[people.household[core.mothers]] = False
    discount[wrong] = SINGLE
    charge = BAND_D * NINTHS[band] / 9 * np.array([1, 0.75, 0])[discount]
    claims = town.table("benefit_claims")
    helped = np.zeros(count, bool)
    support = claims["benefit"] == BENEFIT_NAMES[COUNCIL_TAX]
    helped[people.household[row_of(claims["resident_id"][support])]] = True
    behind = chance(stream(seed, "council-tax/behind"), 0.03 + 0.16 * poor, count)
    owed = behind * charge * np.clip(stream(seed, "council-tax/owed").gamma(1.1, 0.3, count), 0, 2)
    paid = pick(
        stream(seed, "council-tax/paid"),
        np.array([[82, 13, 5], [58, 27, 15]]),
        (poor > 0.5).astype(int),
    )
    last = stream(seed, "council-tax/last").integers(3, 40, count) + behind * 70
    identifiers = coded("K", FIRST_NUMBER + np.arange(count), 7)
    columns = {
        "account_id": identifiers,
        "property_id": town.table("housing")["property_id"],
        "resident_id": resident_ids(head),
        "band": BANDS[band],
        "yearly_charge": np.round(charge, 2),
        "discount": DISCOUNTS[discount],
        "support": helped,
        "arrears": np.round(owed, 2),
        "paid_by": PAID[paid],
        "last_paid": AS_OF - last.astype("timedelta64[D]"),
    }
    return Made(columns, {"wrong_discounts": tuple(identifiers[wrong].tolist())})
