"""What was planted in a town, for graders: an answer sheet that lies beside the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from modules.synth.core import Core
from modules.synth.draws import Column
from modules.synth.health import CARE_HOME_AGE, CONDITIONS, DEMENTIA, HIV
from modules.synth.made import Made
from modules.synth.places import CARE_HOME_WARD, UNDER_RECORDED, WARDS
from modules.synth.table import Table
from modules.synth.tables.residents import resident_ids

# Counts below this are small.
SMALL = 5


@dataclass(frozen=True)
class Uniform:
    """A class in which all share a condition: this ward, this age and older, these referrals."""

    ward: str
    from_age: int
    condition: str
    referrals: tuple[str, ...]


@dataclass(frozen=True)
class Planted:
    """Everything is given by identifiers, sorted, so that a checker can compare sets.

    ``unique`` marks the rows of residents that postcode, date of birth and sex single out.
    ``small_cells`` maps (ward, condition) to its 1 to 4 people in health_referrals. ``doubles``
    are (first record, second record, what differs). ``curious`` and ``curious_staff`` map
    neighbours, family and well known to events and staff. ``true_need`` runs along ai_scores, and
    ``unrecorded_need`` are those whose need was there and not written down, in ``biased_wards``.
    """

    unique: Column
    uniform: Uniform
    small_cells: Mapping[tuple[str, str], int]
    doubles: tuple[tuple[str, str, str], ...]
    stale_checks: tuple[str, ...]
    impossible_checks: tuple[str, ...]
    stale_inspections: tuple[str, ...]
    impossible_inspections: tuple[str, ...]
    curious: Mapping[str, tuple[str, ...]]
    curious_staff: Mapping[str, tuple[str, ...]]
    biased_wards: tuple[str, ...]
    true_need: Column
    unrecorded_need: tuple[str, ...]
    wrong_discounts: tuple[str, ...]
    rare_condition: str
    rare_residents: tuple[str, ...]
    citizens: tuple[str, ...]


class Whole(Protocol):
    """What the answer sheet is read from."""

    @property
    def core(self) -> Core:
        """The town before its tables."""
        ...

    def table(self, name: str) -> Table:
        """A table by name."""
        ...

    def made(self, name: str) -> Made:
        """A table with what was planted in it."""
        ...


def known(town: Whole) -> Planted:
    """The answer sheet of a town. Makes the tables that it speaks of."""
    core, health = town.core, town.core.health
    claims, homes = town.made("benefit_claims").planted, town.made("housing").planted
    log, scores = town.made("access_log").planted, town.made("ai_scores").planted
    rare = np.flatnonzero(health.condition == HIV)
    return Planted(
        unique=_alone(core),
        uniform=Uniform(
            WARDS[CARE_HOME_WARD].name,
            CARE_HOME_AGE,
            str(CONDITIONS[DEMENTIA]),
            town.made("health_referrals").planted["uniform"],
        ),
        small_cells=_small(town.table("health_referrals")),
        doubles=town.made("residents").planted["doubles"],
        stale_checks=claims["stale_checks"],
        impossible_checks=claims["impossible_checks"],
        stale_inspections=homes["stale_inspections"],
        impossible_inspections=homes["impossible_inspections"],
        curious=log["curious"],
        curious_staff=log["curious_staff"],
        biased_wards=tuple(WARDS[ward].name for ward in UNDER_RECORDED),
        true_need=scores["need"],
        unrecorded_need=scores["unrecorded"],
        wrong_discounts=town.made("council_tax").planted["wrong_discounts"],
        rare_condition=str(CONDITIONS[HIV]),
        rare_residents=tuple(resident_ids(rare).tolist()),
        citizens=tuple(resident_ids(core.mothers).tolist()),
    )


def _alone(core: Core) -> Column:
    """Whether nobody else has the same postcode, date of birth and sex."""
    people = core.people
    day = people.born.astype(np.int64)
    day = day - day.min()
    key = (core.homes.postcode[people.household] * (int(day.max()) + 1) + day) * 2 + people.female
    _, place, count = np.unique(key, return_inverse=True, return_counts=True)
    return np.asarray(count[place] == 1)


def _small(referrals: Table) -> dict[tuple[str, str], int]:
    cells: dict[tuple[str, str], int] = {}
    wards, conditions = referrals["ward"].tolist(), referrals["condition"].tolist()
    for cell in zip(wards, conditions, strict=True):
        cells[cell] = cells.get(cell, 0) + 1
    return {cell: count for cell, count in sorted(cells.items()) if count < SMALL}
