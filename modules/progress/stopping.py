"""Where people stop in a lesson, as far as it may be told. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from modules.progress.item_telling import Range, shared

AFTER_DAYS = 30
"""Who began so long ago and is not through has stopped, as far as anybody can say."""
END = ""
"""In the place of a step: got to the end."""


@dataclass(frozen=True)
class Stop:
    """Which share of those who began got no further than this step, or to the `END`."""

    step: str
    share: Range


def stops(steps: Sequence[str], left: Mapping[int, int], least: int) -> tuple[Stop, ...]:
    """Where they stopped, step by step, then the end. ``left``: how many left so many steps behind.

    Nothing of fewer people than ``least``.
    """
    n = sum(left.values())
    if n < least:
        return ()
    counts = {step: left.get(place, 0) for place, step in enumerate(steps)}
    counts[END] = n - sum(counts.values())
    return tuple(
        Stop(step, Range(low / n, high / n))
        for step, (low, high) in shared(counts, keep=[END]).items()
    )
