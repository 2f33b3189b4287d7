"""housing: one row for each home, with tenure, rent, damp and the last inspection."""

from __future__ import annotations

import numpy as np

from modules.synth.draws import Column, chance, joined, stream, texts
from modules.synth.dwellings import ASSOCIATION, COUNCIL, DWELLINGS, FLAT, TENURES
from modules.synth.made import Growing, Made
from modules.synth.people import AS_OF
from modules.synth.places import WARD_NAMES, chart
from modules.synth.tables.faults import spoiled
from modules.synth.tables.residents import property_ids

_LANDLORDS = texts(
    ["", "", "Fernleigh District Council", "Weir Valley Homes", "private landlord", "Haven Stays"]
)
_NUMBERS = texts([str(number) for number in range(2000)])
_DOORS = texts(["", *(f"Flat {number}, " for number in range(1, 10))])
STALE_BEFORE = np.datetime64("2016-01-01")


def build(town: Growing) -> Made:
    """One row for each household's home, in the order of their numbers."""
    core = town.core
    homes, dwellings = core.homes, core.dwellings
    count = len(homes.kind)
    spots = chart()
    rented = dwellings.tenure >= COUNCIL
    social = (dwellings.tenure == COUNCIL) | (dwellings.tenure == ASSOCIATION)
    rng = stream(core.seed, "housing/inspected")
    inspected = AS_OF - (30 + rng.random(count) * np.where(social, 1100, 2600)).astype(
        "timedelta64[D]"
    )
    mothers = np.isin(np.arange(count), core.people.household[core.mothers])
    faults = spoiled(core.seed, "housing", inspected, STALE_BEFORE, ~mothers)
    ages = np.zeros(count, np.int64)
    np.maximum.at(ages, core.people.household, core.people.age)
    ago = 20 + stream(core.seed, "housing/began").gamma(1.6, 1400, count)
    began = AS_OF - np.minimum(ago, np.maximum(ages - 18, 0.1) * 365).astype("timedelta64[D]")
    frail = np.where(ages >= 75, 0.09, 0.01) * (dwellings.dwelling != FLAT)
    identifiers = property_ids(np.arange(count))
    columns = {
        "property_id": identifiers,
        "address": addresses(homes.postcode, dwellings.dwelling == FLAT),
        "postcode": spots.postcode[homes.postcode],
        "ward": WARD_NAMES[homes.ward],
        "dwelling": DWELLINGS[dwellings.dwelling],
        "bedrooms": dwellings.bedrooms,
        "people": homes.adults + homes.children,
        "tenure": TENURES[dwellings.tenure],
        "landlord": _LANDLORDS[dwellings.tenure],
        "rent_week": dwellings.rent,
        "tenancy_began": np.where(rented, began, np.datetime64("NaT")),
        "damp": dwellings.damp,
        "stairlift": chance(stream(core.seed, "housing/stairlift"), frail, count),
        "last_inspected": faults.dates,
    }
    planted = {
        "stale_inspections": tuple(identifiers[faults.stale].tolist()),
        "impossible_inspections": tuple(identifiers[faults.impossible].tolist()),
    }
    return Made(columns, planted)


def addresses(postcode: Column, flat: Column) -> Column:
    """House number and street; flats have a door as well. No two homes share one."""
    spots = chart()
    order = np.argsort(postcode, kind="stable")
    size = np.bincount(postcode, minlength=len(spots.postcode))
    rank = np.empty(len(postcode), np.int64)
    rank[order] = np.arange(len(postcode)) - np.repeat(np.cumsum(size) - size, size)
    number = 1 + 2 * rank + spots.side[postcode]
    door = np.where(flat, 1 + rank % 9, 0)
    pool = (
        _NUMBERS
        if int(number.max()) < len(_NUMBERS)
        else texts([str(one) for one in range(int(number.max()) + 1)])
    )
    return joined(_DOORS[door], pool[number], " ", spots.street[postcode])
