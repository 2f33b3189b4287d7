"""A release and its measures: k, l and t by pycanon, the attack, and what it still answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from modules.labs.break_mend.attack import Found, attacked
from modules.labs.break_mend.extract import Extract, extract
from modules.labs.break_mend.levels import LEAST_ROWS, OLDEST, TOP, Setting
from modules.labs.libraries import need

if TYPE_CHECKING:
    import pandas as pd

    from modules.labs.break_mend.coded import Column

UNTOLD = 50.0
"""What a reader has to assume of a share that a release says nothing about, in per cent."""


@dataclass(frozen=True)
class Group:
    """A group of alike rows: one row of it (a place in the extract), its size and variety."""

    row: int
    size: int
    values: int


@dataclass(frozen=True)
class Measured:
    """What the gauges show. ``t`` is None while a row stands alone; ``suppressed`` is a share.

    ``error`` is in percentage points: the mean over five tables and twelve wards. ``worst`` is the
    group with the least variety: one row alone, or else the largest such group. An empty release
    has k = l = 0.
    """

    k: int
    l: int  # noqa: E741 - the name of the measure
    t: float | None
    suppressed: float
    error: float
    found: Found
    worst: Group | None
    rows: int


@lru_cache(maxsize=512)
def measured(seed: str, setting: Setting) -> Measured:
    """Every measure of one release of one extract."""
    np = need("numpy")
    one = extract(seed)
    kept = shown(group := groups(one, setting), setting)
    cells = need("pandas").DataFrame({"group": group[kept], "condition": one.condition[kept]})
    k, l, t, worst = _crowds(cells, np.flatnonzero(kept))  # noqa: E741
    return Measured(
        k=k,
        l=l,
        t=t,
        suppressed=1 - float(kept.mean()),
        error=_error(one, setting, kept),
        found=attacked(one, setting, kept),
        worst=worst,
        rows=int(kept.sum()),
    )


def groups(one: Extract, setting: Setting) -> Column:
    """For each row the number of its group: rows that agree in all quasi-identifiers."""
    np = need("numpy")
    frame = one.rows.frame(setting)
    numbers: Column = np.asarray(frame.groupby(list(frame.columns)).ngroup())
    return numbers


def shown(group: Column, setting: Setting) -> Column:
    """The rows that are released: all, or those in groups that are not small."""
    np = need("numpy")
    least = LEAST_ROWS if setting.suppress else 1
    kept: Column = np.bincount(group)[group] >= least
    return kept


def crowd(seed: str, setting: Setting, row: int) -> int:
    """How many released rows read like one row, itself counted; 0 when it is hidden."""
    group = groups(extract(seed), setting)
    return int((group == group[row]).sum()) if shown(group, setting)[row] else 0


def _crowds(cells: pd.DataFrame, places: Column) -> tuple[int, int, float | None, Group | None]:
    np = need("numpy")
    if cells.empty:
        return 0, 0, None, None
    anonymity = need("pycanon.anonymity")
    counts = cells.groupby("group")["condition"].agg(["size", "nunique"])
    alone = counts["size"].min() == 1
    # Who stands alone; once nobody does, the largest of those groups that vary least.
    order = [True, True] if alone else [True, False]
    least = counts.sort_values(["nunique", "size"], ascending=order, kind="stable")
    name, (size, values) = least.index[0], least.iloc[0]
    first = int(places[int(np.argmax(np.asarray(cells["group"]) == name))])
    worst = Group(first, int(size), int(values))
    if alone:
        # A row alone has one value, so k = l = 1; pycanon would take seconds to count them all.
        return 1, 1, None, worst
    k = int(anonymity.k_anonymity(cells, ["group"]))
    l = int(anonymity.l_diversity(cells, ["group"], ["condition"]))  # noqa: E741
    return k, l, _closeness(cells), worst


def _closeness(cells: pd.DataFrame) -> float:
    """t, which is that of the group furthest from the whole.

    That group is found by counting, and pycanon measures it against the whole table with all
    other rows as one group: the same figure as with every group, in a hundredth of the time.
    """
    np = need("numpy")
    pandas = need("pandas")
    counts = pandas.crosstab(cells["group"], cells["condition"])
    shares = counts.div(counts.sum(axis=1), axis=0)
    whole = counts.sum(axis=0) / len(cells)
    furthest = (shares - whole).abs().sum(axis=1).idxmax()
    two = cells.assign(group=np.where(cells["group"] == furthest, 1, 0))
    return float(need("pycanon.anonymity").t_closeness(two, ["group"], ["condition"]))


def _error(one: Extract, setting: Setting, kept: Column) -> float:
    """How far the five tables by ward are off when they are made from the release alone."""
    np = need("numpy")
    told = one.flags[kept].copy()
    told[:, 0] = _under_18(one, setting)[kept]
    area = one.rows.areas[setting.area]
    off = []
    for ward, truth in enumerate(one.truth):
        # A coarser area says the same of each ward in it.
        here = np.isin(area, area[one.ward == ward])[kept]
        if setting.area in ("postcode", "sector"):
            here = (one.ward == ward)[kept]
        shares = 100 * told[here].mean(0) if here.any() else np.full(len(truth), UNTOLD)
        if not setting.sex:
            shares[2] = UNTOLD
        off.append(np.abs(shares - 100 * truth))
    return float(np.mean(off))


def _under_18(one: Extract, setting: Setting) -> Column:
    """How likely each row is under 18, as far as its band tells: ages in it taken as even."""
    np = need("numpy")
    ages = one.rows.age
    if setting.birth in ("date", "year"):
        told: Column = (ages < 18).astype(float)
        return told
    wide = int(setting.birth)
    begins = ages // wide * wide
    within = np.clip((18 - begins) / wide, 0, 1)
    likely: Column = np.where(ages >= (TOP if setting.top == "60" else OLDEST), 0.0, within)
    return likely
