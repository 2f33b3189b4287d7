"""When a question wants another look, from its figures alone, and why. Pure.

The bounds are conventions, not laws of nature; each says where it is from.
"""

from __future__ import annotations

from collections.abc import Iterator

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
) -> tuple[str, ...]:
    """The flags of an item, the one that presses most in front.

    ``dead`` says that it has a wrong option which next to nobody picks, ``sure_wrong`` which share
    of the takers was wrong and at least fairly sure. On a ``first_meeting``, before anything was
    taught, a question is meant to be hard, and wrong ideas that people are sure of are what it
    is for.
    """
    found = set(_of(figures))
    # Where nearly everybody is right, next to nobody is left for any wrong option.
    if dead and "too-easy" not in found:
        found.add("dead-option")
    if sure_wrong is not None and sure_wrong >= SURE:
        found.add("sure-but-wrong")
    if first_meeting:
        found -= {"too-hard", "sure-but-wrong"}
    return tuple(flag for flag in FLAGS if flag in found)


def _of(figures: Statistics) -> Iterator[str]:
    if figures.facility is not None and figures.facility >= EASY:
        yield "too-easy"
    if figures.facility is not None and figures.facility < HARD:
        yield "too-hard"
    if figures.discrimination is not None and figures.discrimination < 0:
        yield "negative"
