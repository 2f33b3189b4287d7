"""What training did for a group: gain, retention, calibration, each with its n. Pure.

For groups only: one person's gain is mostly chance. Nothing is inferred from fewer than ten
people (curriculum 3.2), and whoever shows a measure shows its n beside it. None of this says
that the training caused a change: that needs a group to compare with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, stdev

LEAST = 10
"""People under whom there is a count and nothing else."""

LEVEL = 0.95

NONE = 1e-9
"""Thirds do not add up exactly: a spread below this is none."""

Interval = tuple[float, float]

Pairs = Sequence[tuple[float, float]]
"""One pair for each person: the share right on the earlier form and on the later one, 0 to 1."""


@dataclass(frozen=True)
class Gain:
    """How much more was right afterwards, in percentage points; None where n is too small.

    ``interval`` covers the mean change with 95% confidence; None also when everybody changed
    alike, because then nothing tells how much another group would differ. ``normalised`` is
    shown only beside ``points``.
    """

    n: int
    before: float | None = None
    after: float | None = None
    points: float | None = None
    interval: Interval | None = None
    normalised: float | None = None


@dataclass(frozen=True)
class Retention:
    """What was still right later: ``ratio`` is later ÷ earlier, ``drop`` is in points."""

    n: int
    ratio: float | None = None
    drop: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True)
class Sureness:
    """Confidence of a group: from ``n`` people and their ``answers``."""

    n: int
    answers: int
    brier: float | None = None
    bias: float | None = None


@dataclass(frozen=True)
class Sums:
    """One person's confidence added up: answers, (p − o)², p and o."""

    answers: int
    squares: float
    said: float
    right: float


def gain(pairs: Pairs, least: int = LEAST) -> Gain:
    """The absolute gain of a group, with the normalised gain beside it.

    The items before and after differ but come from one blueprint, so that nobody gains by
    remembering an item. Normalised gain, g = (post − pre) ÷ (100 − pre), is Hake's (1998,
    American Journal of Physics 66:64–74), computed from group averages: the mean of individual g
    is biased by measurement error (arXiv 2407.07730; Brogt et al. 2007). Undefined at pre = 100.
    """
    if len(pairs) < least:
        return Gain(len(pairs))
    before, after = fmean(a for a, _ in pairs), fmean(b for _, b in pairs)
    normalised = (after - before) / (1 - before) if before < 1 else None
    changes = [100 * (b - a) for a, b in pairs]
    return Gain(
        len(pairs), 100 * before, 100 * after, fmean(changes), interval(changes), normalised
    )


def retention(pairs: Pairs, least: int = LEAST) -> Retention:
    """How much of the check's result was still there in a delayed check, and the drop.

    The ratio is of group averages and undefined when nothing was right before. It can exceed 1,
    and a drop can be negative: people also learn in between.
    """
    if len(pairs) < least:
        return Retention(len(pairs))
    before, after = fmean(a for a, _ in pairs), fmean(b for _, b in pairs)
    drops = [100 * (a - b) for a, b in pairs]
    ratio = after / before if before else None
    return Retention(len(pairs), ratio, fmean(drops), interval(drops))


def sureness(people: Sequence[Sums], least: int = LEAST) -> Sureness:
    """Brier score and bias over all answers of a group; see `modules.progress.calibration`."""
    spoke = [one for one in people if one.answers]
    answers = sum(one.answers for one in spoke)
    if len(spoke) < least:
        return Sureness(len(spoke), answers)
    brier = sum(one.squares for one in spoke) / answers
    bias = sum(one.said - one.right for one in spoke) / answers
    return Sureness(len(spoke), answers, brier, bias)


def interval(changes: Sequence[float]) -> Interval | None:
    """The 95% interval of the mean of paired changes in points, by Student's t.

    None under two values or without spread. Kept within −100 to 100.
    """
    n = len(changes)
    spread = stdev(changes) if n > 1 else 0.0
    if spread < NONE:
        return None
    middle, half = fmean(changes), _t(n - 1) * spread / sqrt(n)
    return max(-100.0, middle - half), min(100.0, middle + half)


def wilson(value: int, people: int) -> tuple[float, float]:
    """The 95% interval of a share, from 0 to 1, by Wilson's score method (1927, JASA 22:209–212).

    It never leaves 0 to 1 and holds for small groups and extreme shares too, where the usual
    ± does not (Brown, Cai & DasGupta 2001, Statistical Science 16:101–133). ValueError for nobody.
    """
    if people < 1:
        raise ValueError("no interval without people")
    z = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2)
    share, middle = value / people, (value + z * z / 2) / (people + z * z)
    half = z * sqrt(share * (1 - share) / people + z * z / (4 * people * people))
    half /= 1 + z * z / people
    return max(0.0, middle - half), min(1.0, middle + half)


def _t(freedom: int) -> float:
    """Student's t for a two-sided 95%: the expansion of Abramowitz & Stegun 26.7.5.

    From 9 degrees of freedom on it is right to three decimals; below, a little too small.
    """
    z = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + terms[0] / freedom + terms[1] / freedom**2 + terms[2] / freedom**3
