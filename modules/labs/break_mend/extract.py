"""The extract of the nameless referrals that a seed gets, and whom the gold ring marks in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from modules.labs.break_mend.coded import Coded, both_tables, town
from modules.labs.break_mend.levels import TOP
from modules.labs.libraries import need
from modules.synth import Table, citizen

if TYPE_CHECKING:
    from modules.labs.break_mend.coded import Column

TABLES = ("under-18", "over-60", "women", "talking", "memory")
"""What the release has to answer, for each ward: the share of its referrals, in per cent."""
DROPPED = 0.1
"""The share of referrals that an extract leaves out: two learners do not see the same one."""


@dataclass(frozen=True)
class Person:
    """Whom the gold ring marks: her row in the extract, her name and “the … clinic”."""

    row: int
    name: str
    clinic: str


@dataclass(frozen=True)
class Extract:
    """A learner's extract. ``places`` are its rows in the town's table.

    ``truth`` has a row for each ward and a column for each of TABLES; ``both`` marks the rows
    whose person is on the register as well.
    """

    rows: Coded
    register: Coded
    condition: Column
    ward: Column
    flags: Column
    truth: Column
    both: Column
    places: Column

    def person(self, resident_id: str) -> Person:
        """Somebody in the extract. LookupError for one who is not."""
        np = need("numpy")
        referrals = town().table("health_referrals")
        rows = np.flatnonzero(referrals["resident_id"][self.places] == resident_id)
        if not len(rows):
            raise LookupError(resident_id)
        residents = town().table("residents")
        at = int(np.flatnonzero(residents["resident_id"] == resident_id)[0])
        name = f"{residents['first_name'][at]} {residents['last_name'][at]}"
        clinic = referrals["clinic"][self.places[rows[0]]]
        return Person(int(rows[0]), name, f"the {clinic}")


@lru_cache(maxsize=64)
def extract(seed: str) -> Extract:
    """The extract of a seed: nine in ten referrals, with the planted class and every citizen."""
    np = need("numpy")
    referrals = town().table("health_referrals")
    number = int.from_bytes(hashlib.sha256(f"break-mend/{seed}".encode()).digest()[:8], "big")
    kept = np.random.default_rng(number).random(len(referrals)) >= DROPPED
    planted = town().made("health_referrals").planted["uniform"]
    kept |= np.isin(referrals["referral_id"], planted)
    kept |= np.isin(referrals["resident_id"], town().planted.citizens)
    places = np.flatnonzero(kept)
    coded, register = both_tables()
    rows, part = coded.where(places), referrals.where(places)
    flags = _flags(rows, part)
    ward = rows.areas["ward"]
    return Extract(
        rows=rows,
        register=register,
        condition=part["condition"],
        ward=ward,
        flags=flags,
        truth=np.array([flags[ward == one].mean(0) for one in range(int(ward.max()) + 1)]),
        both=np.isin(rows.who, register.who),
        places=places,
    )


@lru_cache(maxsize=256)
def ringed(seed: str, resident_id: str) -> Person:
    """Whom a learner looks for: her own citizen; where nobody is named, one by the seed."""
    one = extract(seed)
    try:
        return one.person(resident_id or citizen(seed).resident_id)
    except LookupError:
        return one.person(citizen(seed).resident_id)


def _flags(rows: Coded, part: Table) -> Column:
    """For each row and each of TABLES 1.0 or 0.0."""
    np = need("numpy")
    clinic = part["clinic"]
    flags: Column = np.stack(
        [
            rows.age < 18,
            rows.age >= TOP,
            rows.sex == 1,
            clinic == "talking therapies clinic",
            clinic == "memory clinic",
        ],
        axis=1,
    ).astype(float)
    return flags
