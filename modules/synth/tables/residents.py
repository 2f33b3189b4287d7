"""residents: everybody the council knows to live in Fernleigh, a few of them twice."""

from __future__ import annotations

import numpy as np

from modules.synth import contacts
from modules.synth.draws import Column, coded, stream, texts
from modules.synth.lives import EDUCATION, EMPLOYMENT
from modules.synth.made import Growing, Made
from modules.synth.names import named
from modules.synth.people import AS_OF, FIRST_NUMBER
from modules.synth.places import WARD_NAMES, chart

SEX = texts(["M", "F"])
# From this age on somebody has a phone, an address for mail and an insurance number of her own.
OWN_CONTACTS = 16


def resident_ids(rows: Column) -> Column:
    """The identifiers of records by their row."""
    return coded("R", FIRST_NUMBER + np.asarray(rows), 7)


def property_ids(households: Column) -> Column:
    """The identifiers of homes by their household."""
    return coded("P", FIRST_NUMBER + np.asarray(households), 7)


def row_of(identifiers: Column) -> Column:
    """The row of each ``R…`` identifier. Empty text gives -1."""
    # Four bytes a letter: the digits are read without making Python text of them.
    width = identifiers.dtype.itemsize // 4
    letters = np.ascontiguousarray(identifiers).view(np.uint32).reshape(-1, width)[:, 1:]
    number = np.zeros(len(identifiers), np.int64)
    for place in range(width - 1):
        number = number * 10 + letters[:, place].astype(np.int64) - ord("0")
    return np.where(letters[:, 0] == 0, -1, number - FIRST_NUMBER)


def build(town: Growing) -> Made:
    """One row for each record."""
    core = town.core
    people, count = core.people, len(core.people)
    first, last = named(core)
    house = town.table("housing")
    rng = stream(core.seed, "residents/registered")
    since = np.minimum((rng.gamma(2.0, 4.2, count) * 365).astype(np.int64), people.age * 365 + 1)
    own = people.age >= OWN_CONTACTS
    double = np.flatnonzero(people.double)
    phone = np.where(own, contacts.mobiles(core.seed, count), "")
    ni_number = np.where(own, contacts.insurance(core.seed, count), "")
    ni_number[double] = ""
    columns = {
        "resident_id": resident_ids(np.arange(count)),
        "first_name": first,
        "last_name": last,
        "date_of_birth": people.born,
        "sex": SEX[people.female.astype(int)],
        "ward": WARD_NAMES[core.ward],
        "address": house["address"][people.household],
        "postcode": chart().postcode[core.homes.postcode[people.household]],
        "property_id": property_ids(people.household),
        "phone": phone,
        "email": np.where(own, contacts.emails(core.seed, count), ""),
        "ni_number": ni_number,
        "education": EDUCATION[core.lives.education],
        "employment": EMPLOYMENT[core.lives.employment],
        "income_year": core.lives.income,
        "registered_on": AS_OF - since.astype("timedelta64[D]"),
    }
    planted = {
        "doubles": tuple(
            zip(
                resident_ids(people.original[double]).tolist(),
                resident_ids(double).tolist(),
                texts(["", "name", "date of birth"])[people.slip[double]].tolist(),
                strict=True,
            )
        )
    }
    return Made(columns, planted)
