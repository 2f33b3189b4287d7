"""What a regrade comes to, counted; and how it is told to trainers, who see no individuals. Pure.

A count is shown from the smallest group on that the organisation agreed to. Below that it is told
as "of fewer than"; then the others are "so many or more", or not told where even that would bound
it, so that whoever knows the total learns nothing of it. Of fewer people in all nothing is told but
whether anything changes.
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
    """One count as it is shown: exactly, at least so many, fewer than so many, or not at all."""

    kind: Literal["exact", "least", "fewer", "hidden"]
    n: int = 0


@dataclass(frozen=True)
class Shown:
    """The counts as a trainer sees them."""

    figures: Mapping[str, Figure]
    # Whether any answer gets another grade.
    changes: bool
    # Whether the people are too few for any figure.
    few: bool


def shown(counts: Mapping[str, int], least: int) -> Shown:
    """Stored counts, protected. ``least`` is the smallest group that is shown."""
    answers = [key for key in ANSWERS if counts[key]]
    # Of how many people at least: somebody can stand in more than one kind.
    people = max((counts[f"{key}_people"] for key in answers), default=0)
    changes = any(counts[key] for key in CHANGES)
    if answers and people < least:
        hidden = {key: Figure("hidden") for key in KEYS}
        return Shown(hidden, changes, few=True)
    small = {key for key in KEYS if 0 < counts[f"{key}_people"] < least}
    large = [key for key in answers if key not in small]
    # What is told of the large ones must follow from the total alone.
    roomy = sum(counts[key] for key in answers) >= least * len(large) + least - 1
    told = Figure("least", least) if roomy else Figure("hidden")
    figures = {}
    for key in KEYS:
        if key in small:
            figures[key] = Figure("fewer", least)
        elif small and counts[key]:
            figures[key] = told
        else:
            figures[key] = Figure("exact", counts[key])
    return Shown(figures, changes, few=False)
