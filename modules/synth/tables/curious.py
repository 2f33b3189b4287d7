"""Curious look-ups: a neighbour’s, a family’s, and those of somebody everybody has heard of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from modules.synth.draws import Column, stream
from modules.synth.made import Growing
from modules.synth.people import AS_OF
from modules.synth.tables.residents import row_of
from modules.synth.tables.staff import BENEFITS, CONTACT, REFERRALS, REVENUES, members

NEIGHBOURS, FAMILY, WELL_KNOWN = 1, 2, 3
NAMES = ("neighbours", "family", "well known")
BUSY_DAYS, VIEWERS, NEIGHBOUR_LOOKS, FAMILY_LOOKS = 2, 8, 9, 6
_SYSTEM_OF = {BENEFITS: 0, REVENUES: 1, REFERRALS: 3, CONTACT: 1}


@dataclass(frozen=True)
class Curious:
    """``events`` as columns like those of the log, ``kind`` from 1, ``staff`` ids by kind."""

    events: tuple[Column, ...]
    kind: Column
    names: tuple[str, ...]
    staff: Mapping[str, tuple[str, ...]]


def curiosities(town: Growing, team: Column, days: Column) -> Curious:
    """Look-ups with no case and no reason.

    One employee opens neighbours of the own postcode after hours; another the own household, again
    and again; several open one resident within two days, which was in the paper.
    """
    staff, seed = town.table("staff"), town.core.seed
    rng = stream(seed, "lookups/curious")
    home = row_of(staff["resident_id"])
    desks = np.isin(team, list(_SYSTEM_OF))
    looks: list[
        tuple[int, int, int, int]
    ] = []  # staff, resident row, second of June and July, kind
    neighbour = _who_has(town, home, desks, near=True)
    if neighbour is not None:
        worker, rows = neighbour
        late = int(staff["works_until"][worker]) * 3600
        for row in rows[rng.integers(0, len(rows), NEIGHBOUR_LOOKS)].tolist():
            day = int(rng.integers(0, len(days)))
            looks.append((worker, row, _second(days, day) + late + int(rng.integers(900, 7200)), 1))
    taken = () if neighbour is None else (neighbour[0],)
    relative = _who_has(town, home, desks, near=False, without=taken)
    if relative is not None:
        worker, rows = relative
        early = int(staff["works_from"][worker]) * 3600
        for row in np.resize(rows, FAMILY_LOOKS).tolist():
            day = int(rng.integers(0, len(days)))
            looks.append((worker, row, _second(days, day) + early + int(rng.integers(0, 14000)), 2))
    famous = _famous(town, home)
    crew = np.concatenate([members(team, one) for one in _SYSTEM_OF])
    first = int(rng.integers(5, len(days) - 5))
    for worker in crew[np.argsort(rng.random(len(crew)), kind="stable")[:VIEWERS]].tolist():
        day = first + int(rng.integers(0, BUSY_DAYS))
        start = int(staff["works_from"][worker]) * 3600
        looks.append((worker, famous, _second(days, day) + start + int(rng.integers(0, 18000)), 3))
    return _as_columns(looks, team, staff["staff_id"])


def _second(days: Column, day: int) -> int:
    return int(days[day].astype("datetime64[s]").astype(np.int64))


def _who_has(
    town: Growing, home: Column, desks: Column, *, near: bool, without: tuple[int, ...] = ()
) -> tuple[int, Column] | None:
    """The first employee with neighbours (``near``) or a family, and the rows of those."""
    people, spot = town.core.people, town.core.homes.postcode
    for worker in np.flatnonzero(desks & (home >= 0)).tolist():
        mine = people.household[home[worker]]
        same = people.household == mine
        if near:
            same = (spot[people.household] == spot[mine]) & ~same
        same &= ~people.double
        same[home[worker]] = False
        rows = np.flatnonzero(same)
        if len(rows) >= (4 if near else 2) and worker not in without:
            return worker, rows
    return None


def _famous(town: Growing, home: Column) -> int:
    """A resident who does not work here: the councillor whom the paper wrote about."""
    people = town.core.people
    fit = (people.age >= 40) & (people.age < 70) & ~people.double
    fit[home[home >= 0]] = False
    fit[town.core.mothers] = False
    rows = np.flatnonzero(fit)
    return int(rows[int(stream(town.core.seed, "lookups/famous").integers(0, len(rows)))])


def _as_columns(
    looks: list[tuple[int, int, int, int]], team: Column, identifiers: Column
) -> Curious:
    worker, row, second, kind = (np.array(one, np.int64) for one in zip(*looks, strict=True))
    system = np.array([_SYSTEM_OF[int(team[one])] for one in worker], np.int64)
    nothing = np.zeros(len(worker), "U9")
    at = second.astype("datetime64[s]")
    assert bool((at < AS_OF + np.timedelta64(1, "D")).all())
    events = (at, worker, row, system, np.zeros(len(worker), np.int64), nothing, nothing)
    who = {
        name: tuple(np.unique(identifiers[worker[kind == place]]).tolist())
        for place, name in enumerate(NAMES, 1)
    }
    return Curious(events, kind, NAMES, who)
