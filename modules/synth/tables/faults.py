"""Dates spoiled on purpose: some long out of date, some that cannot be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from modules.synth.draws import Column, stream
from modules.synth.people import AS_OF

STALE, IMPOSSIBLE = 0.03, 0.008
# What a form offers when nobody fills it in, and a slip of one key in the year.
PLACEHOLDER = np.datetime64("1900-01-01")
_AHEAD = np.datetime64("2062-01-01")


@dataclass(frozen=True)
class Spoiled:
    """``dates`` with faults; ``stale`` and ``impossible`` are their places, in order."""

    dates: Column
    stale: Column
    impossible: Column


def spoiled(seed: str, table: str, dates: Column, before: np.datetime64, may: Column) -> Spoiled:
    """3% last touched in the six years before ``before``, 0.8% in 1900 or in the future.

    ``may`` says which rows may be spoiled. At least one of each where there are rows at all.
    """
    rows = np.flatnonzero(may)
    rng = stream(seed, f"{table}/faults")
    drawn = rows[np.argsort(rng.random(len(rows)), kind="stable")]
    old = min(len(rows), max(1, round(STALE * len(dates))))
    wrong = min(len(rows) - old, max(1, round(IMPOSSIBLE * len(dates))))
    stale, impossible = np.sort(drawn[:old]), np.sort(drawn[old : old + wrong])
    fresh = dates.copy()
    fresh[stale] = before - rng.integers(1, 6 * 365, old).astype("timedelta64[D]")
    ahead = _AHEAD + rng.integers(0, 300, wrong).astype("timedelta64[D]")
    fresh[impossible] = np.where(np.arange(wrong) % 2 == 0, PLACEHOLDER, ahead)
    return Spoiled(fresh, stale, impossible)


def impossible(dates: Column) -> Column:
    """Whether a date of a check cannot be: after the day of telling, or before 1990."""
    wrong: Column = (dates > AS_OF) | (dates < np.datetime64("1990-01-01"))
    return wrong
