"""When a question wants another look, from its figures alone, and why. Pure.

The bounds are conventions, not laws of nature; each says where it is from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import atanh, sqrt
from statistics import NormalDist

from modules.progress.item_statistics import Statistics

EASY = 0.95
"""From this facility on Moodle's “Quiz report statistics” calls a question extremely easy."""

HARD = 0.35
"""Below this facility Moodle's “Quiz report statistics” no longer calls a question about right."""

DEAD = 0.05
"""A wrong option that fewer pick does not function (Tarrant, Ware and Mohammed, 2009)."""

SURE = 0.2
"""Our own bound: one taker in five was wrong and at least fairly sure."""

FLAGS = ("too-hard", "negative", "sure-but-wrong", "dead-option", "too-easy")
"""Every flag, the one that presses most in front."""


def flags(
    figures: Statistics,
    *,
    dead: bool = False,
    sure_wrong: float | None = None,
    first_meeting: bool = False,
    beyond_chance: bool = False,
) -> tuple[str, ...]:
    """The flags of an item, the one that presses most in front.

    ``dead`` says that it has a wrong option which does not function (`dead`), ``sure_wrong`` which
    share of the takers was wrong and at least fairly sure. On a ``first_meeting``, before anything
    was taught, a question is meant to be hard, and wrong ideas that people are sure of are what it
    is for. With ``beyond_chance`` an index counts as negative only where chance alone would hardly
    make it so.
    """
    found = set(_of(figures, beyond_chance))
    if dead:
        found.add("dead-option")
    if sure_wrong is not None and sure_wrong >= SURE:
        found.add("sure-but-wrong")
    if first_meeting:
        found -= {"too-hard", "sure-but-wrong"}
    return tuple(flag for flag in FLAGS if flag in found)


def unused(shares: Collection[float], wrong: float) -> bool:
    """Whether one of a question's wrong options does not function, from the shares that took them.

    Where ``wrong``, the share that did not take the key, would give each less than twice `DEAD` if
    spread evenly, nothing is said: in a check that most people pass, few are left for any.
    """
    return (
        bool(shares)
        and wrong >= 2 * DEAD * len(shares) - 1e-9
        and any(one < DEAD for one in shares)
    )


def below_nothing(index: float, takers: int) -> bool:
    """Whether an index is below 0 by more than chance: one-sided 95%, by Fisher's z (1921)."""
    r = max(index / 100, -1 + 1e-12)
    return takers > 3 and atanh(r) + NormalDist().inv_cdf(0.95) / sqrt(takers - 3) < 0


def _of(figures: Statistics, beyond_chance: bool) -> Iterator[str]:
    if figures.facility is not None and figures.facility >= EASY:
        yield "too-easy"
    if figures.facility is not None and figures.facility < HARD:
        yield "too-hard"
    index = figures.discrimination
    below = index is not None and index < 0
    if below and (not beyond_chance or below_nothing(index or 0, figures.takers)):
        yield "negative"
