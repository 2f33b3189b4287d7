"""People: ages and sexes that fit their household, children that fit their mother, twins, doubles.

Rows come in a drawn order, and a row's number is the resident's number, so that neither says who
lives with whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from modules.synth.draws import Column, chance, stream
from modules.synth.households import HEAD_AGE, Households, Kind

# The day on which everything is told. Fixed, so that the data never depend on a clock.
AS_OF = np.datetime64("2026-07-31")
# Ages on this day decide the school year that has just ended.
SCHOOL_DAY = np.datetime64("2025-08-31")
YEAR = 365.2425
FIRST_NUMBER = 100001
HEAD, PARTNER, CHILD, GROWN, SHARER = range(5)
DOUBLES = 0.004


@dataclass(frozen=True)
class People:
    """One entry for each record. ``household`` is a place in Households; ``original`` a row.

    ``original`` differs from the row itself where somebody was recorded twice; ``double`` says so
    and ``slip`` how: 1 a typing error in the name, 2 one in the date of birth, 0 none.
    """

    household: Column
    role: Column
    female: Column
    born: Column
    original: Column
    slip: Column

    def __len__(self) -> int:
        return len(self.household)

    @property
    def double(self) -> Column:
        """Which records are second ones."""
        return np.asarray(self.slip > 0)

    @property
    def age(self) -> Column:
        """Age in whole years on the day of telling."""
        return years(self.born)


def years(born: Column, day: np.datetime64[Any] = AS_OF) -> Column:
    """Age in whole years on ``day`` for dates of birth, by the calendar and not by division."""
    months = np.asarray(born, "datetime64[M]")
    year = months.astype("datetime64[Y]")
    within = (months - year.astype("datetime64[M]")).astype(int) * 100 + (
        np.asarray(born, "datetime64[D]") - months.astype("datetime64[D]")
    ).astype(int)
    then = day.item()
    reached = (then.month - 1) * 100 + then.day - 1
    return np.asarray(then.year - 1970 - year.astype(int) - (within > reached))


def doubles_of(people: int) -> int:
    """How many records of a town of ``people`` are second ones."""
    return max(2, round(people * DOUBLES))


def populate(seed: str, homes: Households, people: int) -> People:
    """``people`` records for the persons of ``homes``, second records among them."""
    size = homes.adults + homes.children
    household = np.repeat(np.arange(len(size)), size)
    starts = np.repeat(np.cumsum(size) - size, size)
    nth = np.arange(len(household)) - starts
    adult = nth < homes.adults[household]
    kind = homes.kind[household]
    role = np.where(adult, np.where(nth == 0, HEAD, PARTNER), CHILD)
    role[adult & (kind == Kind.GROWN_CHILD) & (nth == 2)] = GROWN
    role[adult & (kind == Kind.SHARERS) & (nth > 0)] = SHARER
    female = _sexes(seed, kind, role, starts)
    age = _ages(seed, homes, household, role, nth)
    born = AS_OF - np.maximum(1, (age * YEAR).astype(np.int64)).astype("timedelta64[D]")
    _twins(seed, homes, household, role, nth, born, female)
    return _recorded(seed, people, household, role, female, born)


def _sexes(seed: str, kind: Column, role: Column, starts: Column) -> Column:
    female = chance(stream(seed, "people/sex"), 0.505, len(role))
    head = role == HEAD
    rng = stream(seed, "people/lone-parent")
    female = np.where(head & (kind == Kind.LONE_PARENT), chance(rng, 0.88, len(role)), female)
    older = head & (kind == Kind.OLDER_SINGLE)
    female = np.where(older, chance(stream(seed, "people/widowed"), 0.66, len(role)), female)
    same = chance(stream(seed, "people/same-sex"), 0.04, len(role))
    partner = role == PARTNER
    female[partner] = female[starts[partner]] == same[partner]
    return female


def _ages(seed: str, homes: Households, household: Column, role: Column, nth: Column) -> Column:
    """Ages in years with their fraction. A mother is 18 to 42 at each birth."""
    count, kids = len(homes.kind), homes.children
    mean, spread, low, high = HEAD_AGE[homes.kind].T
    low = low + np.where(kids > 0, 1.7 * np.maximum(kids - 1, 0), 0)
    rng = stream(seed, "people/head-age")
    head = np.clip(rng.normal(mean, spread), low, high) + rng.random(count)
    rng = stream(seed, "people/partner-age")
    partner = np.clip(head + rng.normal(-1, 3.2, count), low, 99) + rng.random(count) * 0.98
    partner = np.where(homes.kind == Kind.OLDER_COUPLE, np.maximum(partner, 60), partner)
    parent = np.where(homes.adults > 1, np.minimum(head, partner), head)
    least = np.maximum(0.02 + 1.6 * np.maximum(kids - 1, 0), parent - 42)
    most = np.maximum(np.minimum(17.95, parent - 18), least)
    eldest = np.minimum(
        least + stream(seed, "people/child-age").random(count) * (most - least), 17.95
    )
    grown = 18 + stream(seed, "people/grown-age").random(count) * (
        np.maximum(np.minimum(parent - 20, 30), 19) - 18
    )
    age = head[household]
    age = np.where(role == PARTNER, partner[household], age)
    age = np.where(role == GROWN, grown[household], age)
    share = 1 - (nth - homes.adults[household]) / np.maximum(kids, 1)[household]
    age = np.where(role == CHILD, eldest[household] * share, age)
    rng = stream(seed, "people/sharer-age")
    sharer = np.clip(head[household] + rng.normal(0, 3, len(role)), 18, 60) + rng.random(len(role))
    return np.asarray(np.where(role == SHARER, sharer, age))


def _twins(
    seed: str,
    homes: Households,
    household: Column,
    role: Column,
    nth: Column,
    born: Column,
    female: Column,
) -> None:
    """In 3 of 100 families with more children the second was born with the first."""
    twins = chance(stream(seed, "people/twins"), 0.03, len(homes.kind)) & (homes.children > 1)
    second = (role == CHILD) & (nth - homes.adults[household] == 1) & twins[household]
    rows = np.flatnonzero(second)
    born[rows] = born[rows - 1]
    alike = chance(stream(seed, "people/twins-alike"), 0.5, len(rows))
    female[rows] = np.where(alike, female[rows - 1], female[rows])


def _recorded(
    seed: str, people: int, household: Column, role: Column, female: Column, born: Column
) -> People:
    """Second records added, and everybody put in a drawn order."""
    persons = len(household)
    adults = np.flatnonzero(role != CHILD)
    rng = stream(seed, "people/doubles")
    again = adults[np.sort(np.argsort(rng.random(len(adults)), kind="stable")[: people - persons])]
    source = np.concatenate([np.arange(persons), again])
    slip = np.zeros(people, np.int64)
    slip[persons:] = 1 + np.arange(people - persons) % 2
    order = np.argsort(stream(seed, "people/order").random(people), kind="stable")
    source, slip = source[order], slip[order]
    row_of = np.empty(persons, np.int64)
    first = slip == 0
    row_of[source[first]] = np.flatnonzero(first)
    dates = born[source]
    dates[slip == 2] += np.timedelta64(9, "D")
    return People(household[source], role[source], female[source], dates, row_of[source], slip)
