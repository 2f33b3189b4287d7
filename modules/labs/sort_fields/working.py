"""Fernleigh as the lab sees it: one working table of residents, and the counts of summaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from modules.labs.libraries import need

if TYPE_CHECKING:
    import numpy as np

    from modules.synth import Town

    Column = np.ndarray[Any, Any]

TOWN_SEED = "fernleigh"
"""One town for everybody: the learner's seed picks fields, rows and neighbour, and it is shared."""
HOME = ("tenure", "dwelling", "damp", "rent_week", "people")
TAX = ("paid_by", "arrears")
COLUMNS = (
    *("name", "first_name", "birthday", "birth_year", "birth_date", "sex", "employment"),
    *("ward", "street", "postcode", "address", "phone", "ni_number", "condition", "clinic"),
    *HOME,
    *TAX,
)


def town(people: int) -> Town:
    """The town of the lab, with ``people`` residents."""
    made: Town = need("modules.synth").fernleigh(people=people, seed=TOWN_SEED)
    return made


@lru_cache(maxsize=2)
def table(people: int) -> Mapping[str, Column]:
    """One row for each resident, with what other tables tell of them; every value as text."""
    numpy = need("numpy")
    home, tax = town(people).table("housing"), town(people).table("council_tax")
    folk, seen = town(people).table("residents"), town(people).table("health_referrals")
    at = {id_: place for place, id_ in enumerate(home["property_id"].tolist())}
    places = numpy.array([at[id_] for id_ in folk["property_id"].tolist()])
    account = {id_: place for place, id_ in enumerate(tax["property_id"].tolist())}
    accounts = numpy.array([account[id_] for id_ in folk["property_id"].tolist()])
    born = folk["date_of_birth"].tolist()
    last = {id_: place for place, id_ in enumerate(seen["resident_id"].tolist())}
    referral = [last.get(id_) for id_ in folk["resident_id"].tolist()]
    columns: dict[str, Any] = {
        "resident_id": folk["resident_id"].tolist(),
        "name": [f"{a} {b}" for a, b in zip(folk["first_name"], folk["last_name"], strict=True)],
        "birthday": [f"{day.day} {day:%B}" for day in born],
        "birth_year": [str(day.year) for day in born],
        "birth_date": [f"{day.day} {day:%B} {day.year}" for day in born],
        "street": [one.split(", ")[-1].split(" ", 1)[-1] for one in folk["address"].tolist()],
    }
    for name in ("first_name", "sex", "employment", "ward", "postcode", "address", "phone"):
        columns[name] = folk[name].tolist()
    columns["ni_number"] = folk["ni_number"].tolist()
    for name in ("condition", "clinic"):
        held = seen[name].tolist()
        columns[name] = ["" if one is None else held[one] for one in referral]
    for name in HOME:
        columns[name] = [_told(one) for one in home[name][places].tolist()]
    for name in TAX:
        columns[name] = [_told(one) for one in tax[name][accounts].tolist()]
    return {name: numpy.array(values) for name, values in columns.items()}


def _told(value: object) -> str:
    """As a table of the council shows it; what has pence in the working table is money."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"£{value:.2f}" if isinstance(value, float) else str(value)


def values(people: int, name: str, column: str) -> tuple[str, ...]:
    """The values that a field may show: of a table's column, or of a count (see `COUNTS`)."""
    if column in COUNTS:
        return COUNTS[column](people)
    held = town(people).table(name)[column].tolist()
    return tuple(
        f"{one:.2f}" if isinstance(one, float) else _told(one)
        for one in held
        if one not in ("", None)
    )


def _by_ward(people: int) -> tuple[str, ...]:
    columns, numpy = table(people), need("numpy")
    wards, number = numpy.unique(columns["ward"][columns["damp"] == "yes"], return_counts=True)
    return tuple(
        f"{ward}: {count}"
        for ward, count in zip(wards.tolist(), number.tolist(), strict=True)
        if count >= LARGE
    )


def _by_hour(people: int) -> tuple[str, ...]:
    numpy = need("numpy")
    hours = town(people).table("transport_taps")["tapped_at"].astype("datetime64[h]").astype(int)
    hour, number = numpy.unique(hours % 24, return_counts=True)
    return tuple(
        f"{clock}:00 to {clock + 1}:00: {count:,} trips"
        for clock, count in zip(hour.tolist(), number.tolist(), strict=True)
        if count >= LARGE
    )


def _by_benefit(people: int) -> tuple[str, ...]:
    numpy = need("numpy")
    kinds, number = numpy.unique(
        town(people).table("benefit_claims")["benefit"], return_counts=True
    )
    return tuple(
        f"{kind}: {count}"
        for kind, count in zip(kinds.tolist(), number.tolist(), strict=True)
        if count >= LARGE
    )


def _one(people: int) -> tuple[str, ...]:
    small = town(people).planted.small_cells
    return tuple(
        f"{ward}, {condition}: 1" for (ward, condition), count in small.items() if count == 1
    )


LARGE = 20
"""A count below this is not shown as an example of a large one."""
COUNTS: Mapping[str, Callable[[int], tuple[str, ...]]] = {
    "count:damp-by-ward": _by_ward,
    "count:trips-by-hour": _by_hour,
    "count:claims-by-benefit": _by_benefit,
    "count:one-by-ward": _one,
}
