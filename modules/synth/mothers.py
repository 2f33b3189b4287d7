"""The residents one of whom becomes “your citizen”: mothers of one child, renting a flat."""

from __future__ import annotations

import numpy as np

from modules.synth.draws import Column, lowest, stream
from modules.synth.households import Households
from modules.synth.people import AS_OF, CHILD, HEAD, PARTNER, SCHOOL_DAY, YEAR, People, years
from modules.synth.places import DEPRIVATION

# Of 5,000 residents 80 are asked for, so that learners meet different people.
SHARE = 0.016
YOUNGEST, OLDEST = 29, 45


def mothers(seed: str, homes: Households, people: People) -> Column:
    """Rows of women of 29 to 45 with one child, at school, one a household, in order.

    Their homes, claims and referrals are then made to fit: see dwellings, claims and health.
    """
    count = len(homes.kind)
    first = ~people.double
    pupil = first & (people.role == CHILD) & in_school(people.born)
    with_pupil = np.bincount(people.household[pupil], minlength=count) == 1
    fit = with_pupil & (homes.children == 1)
    age = people.age
    woman = first & people.female & np.isin(people.role, (HEAD, PARTNER))
    # One year inside, since she shall be 29 to 45 for a while.
    woman &= (age >= YOUNGEST) & (age < OLDEST) & fit[people.household]
    woman[people.original[people.double]] = False
    rows = np.flatnonzero(woman)
    rows = rows[np.sort(np.unique(people.household[rows], return_index=True)[1])]
    wanted = min(len(rows), round(SHARE * len(people)))
    need = 0.35 + DEPRIVATION[homes.ward[people.household[rows]]]
    return np.asarray(rows[lowest(stream(seed, "mothers"), need, wanted)])


def in_school(born: Column) -> Column:
    """Whether a child of that birth date was in a compulsory school year, Reception to Year 11."""
    then = years(born, SCHOOL_DAY)
    old_enough: Column = (
        (then >= 4) & (then <= 15) & (born <= AS_OF - np.timedelta64(int(4 * YEAR), "D"))
    )
    return old_enough
