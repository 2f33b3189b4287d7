"""Your citizen: the one resident whom a learner's seed picks, and what is on record about her."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from modules.synth.people import CHILD
from modules.synth.table import Table
from modules.synth.tables.claims import BENEFIT_NAMES, HOUSING
from modules.synth.tables.residents import resident_ids
from modules.synth.town import Town, fernleigh


@dataclass(frozen=True)
class Citizen:
    """A woman of 29 to 45 with one child at school, in a rented flat, who claims housing support.

    Money in pounds a week, dates as dates. ``clinic`` begins with “the”, to stand in a sentence.
    """

    resident_id: str
    first: str
    last: str
    name: str
    age: int
    date_of_birth: date
    address: str
    ward: str
    postcode: str
    phone: str
    email: str
    ni_number: str
    child: str
    child_id: str
    school: str
    year_group: str
    benefit: str
    claim_id: str
    weekly_amount: float
    claimed_on: date
    clinic: str
    condition: str
    referral_id: str
    referred_on: date
    property_id: str
    tenure: str
    rent_week: int

    def fields(self) -> dict[str, str]:
        """Everything as text, for the places ``{citizen.…}`` of a story."""
        return {name: _told(value) for name, value in asdict(self).items()}


@lru_cache(maxsize=4096)
def citizen(seed: str, locale: str = "en_GB") -> Citizen:
    """The resident of Fernleigh (5,000 people, seed “fernleigh”) for a learner's ``seed``.

    The same seed gives the same woman; 80 women stand to choose from. About a third of a second
    the first time in a process, well under a millisecond for one seen before.
    """
    town = fernleigh(locale=locale)
    digest = hashlib.sha256(f"citizen/{seed}".encode()).digest()
    chosen = town.core.mothers
    return _record(town, int(chosen[int.from_bytes(digest[:8], "big") % len(chosen)]))


def _record(town: Town, row: int) -> Citizen:
    people = town.core.people
    home = int(people.household[row])
    identifier = resident_ids(np.array([row]))
    at_home = (people.household == home) & (people.role == CHILD) & ~people.double
    child = int(np.flatnonzero(at_home)[0])
    residents = town.table("residents")
    her, hers = _row(residents, row), _row(residents, child)
    claims, referrals = town.table("benefit_claims"), town.table("health_referrals")
    housing_claim = (claims["resident_id"] == identifier[0]) & (
        claims["benefit"] == BENEFIT_NAMES[HOUSING]
    )
    claim = _row(claims, int(np.flatnonzero(housing_claim)[0]))
    referral = _row(referrals, int(np.flatnonzero(referrals["resident_id"] == identifier[0])[0]))
    terms = town.table("school_attendance")
    term = _row(terms, int(np.flatnonzero(terms["resident_id"] == hers["resident_id"])[-1]))
    dwelling = _row(town.table("housing"), home)
    taken = ("date_of_birth", "address", "ward", "postcode", "phone", "email", "ni_number")
    return Citizen(
        resident_id=str(identifier[0]),
        first=her["first_name"],
        last=her["last_name"],
        name=f"{her['first_name']} {her['last_name']}",
        age=int(people.age[row]),
        **{name: her[name] for name in taken},
        child=hers["first_name"],
        child_id=hers["resident_id"],
        school=term["school"],
        year_group=term["year_group"],
        benefit=claim["benefit"],
        claim_id=claim["claim_id"],
        weekly_amount=claim["weekly_amount"],
        claimed_on=claim["claimed_on"],
        clinic=f"the {referral['clinic']}",
        condition=referral["condition"],
        referral_id=referral["referral_id"],
        referred_on=referral["referred_on"],
        property_id=dwelling["property_id"],
        tenure=dwelling["tenure"],
        rent_week=dwelling["rent_week"],
    )


def _row(table: Table, place: int) -> dict[str, Any]:
    return {name: column[place].item() for name, column in table.columns.items()}


def _told(value: object) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"{value:.2f}" if isinstance(value, float) else str(value)
