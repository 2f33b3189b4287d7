"""What a regrade comes to, counted; and how it is told to trainers, who see no individuals. Pure.

A count is told in whole thresholds ("20 or more"), none and a few alike as "of fewer than 10
people". What is told leaves room, in the total that everybody may know, for a group of fewer: so it
is never all or none, and one answer more changes what is told only where a threshold is passed. Of
fewer people in all nothing is told, not even whether anything changes: who publishes one right
answer after the other would find out what a single person chose.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# Answers; then attempts with a result; then completions.
ANSWERS = ("up", "down", "same", "unjudged")
KEYS = (
    *ANSWERS,
    *("attempts_up", "attempts_down", "passes_now", "only_kept"),
    "granted",
)
CHANGES = ("up", "down", "passes_now", "only_kept", "granted", "attempts_up", "attempts_down")


@dataclass
class Counts:
    """How many answers, attempts and completions there are of each kind, and of whom."""

    n: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KEYS, 0))
    people: dict[str, set[uuid.UUID]] = field(default_factory=lambda: {key: set() for key in KEYS})

    def add(self, key: str, person_id: uuid.UUID) -> None:
        """Count one more."""
        self.n[key] += 1
        self.people[key].add(person_id)

    @property
    def stored(self) -> dict[str, int]:
        """As a regrade keeps them: how many of each kind, and of how many people."""
        return {**self.n, **{f"{key}_people": len(self.people[key]) for key in KEYS}}


@dataclass(frozen=True)
class Figure:
    """One count as it is told: at least so many, of fewer than so many people, or not at all."""

    kind: Literal["least", "fewer", "hidden"]
    n: int = 0


@dataclass(frozen=True)
class Shown:
    """The counts as a trainer sees them."""

    figures: Mapping[str, Figure]
    # Whether any answer gets another grade; None where that is not told.
    changes: bool | None

    @property
    def few(self) -> bool:
        """Whether the people are too few for any figure."""
        return self.changes is None


def shown(counts: Mapping[str, int], least: int) -> Shown:
    """Stored counts, protected. ``least`` is the smallest group that is shown."""
    answers = {key: counts[key] for key in ANSWERS}
    total = sum(answers.values())
    if not total:
        return Shown(dict.fromkeys(KEYS, Figure("fewer", least)), changes=False)
    # Of how many people at least: somebody can stand in more than one kind.
    people = max(counts[f"{key}_people"] for key in ANSWERS)
    # What is told leaves room for a small group. Some totals can be reached in one way only where
    # every kind stands just below the next step: these leave room for a group of each kind.
    full = len(ANSWERS) * (least - 1)
    room = total - (full if total % least == full % least else least - 1)
    most = room // least * least
    if people < least or most < least:
        return Shown(dict.fromkeys(KEYS, Figure("hidden")), changes=None)
    told = {
        key: min(counts[key] // least * least, most)
        for key in KEYS
        if counts[f"{key}_people"] >= least
    }
    while sum(told.get(key, 0) for key in ANSWERS) > room:
        told[max((key for key in ANSWERS if key in told), key=told.__getitem__)] -= least
    figures = {}
    for key in KEYS:
        if told.get(key):
            figures[key] = Figure("least", told[key])
        elif key in ANSWERS or key in told:
            # Whether it is small or was left out for the room is not told: that can say how many.
            figures[key] = Figure("hidden")
        else:
            figures[key] = Figure("fewer", least)
    return Shown(figures, changes=any(counts[key] for key in CHANGES))
