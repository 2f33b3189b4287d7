"""The history of a draft as people know it: what was written in one moment is one step."""

from __future__ import annotations

from collections.abc import Iterable

from db.drafts import Step

BROUGHT = "+"
"""How the place of a step begins that a file brought; its name follows."""


def moments(steps: Iterable[Step]) -> list[list[Step]]:
    """Steps, the newest first, with those together that are undone together."""
    found: list[list[Step]] = []
    for step in steps:
        last = found[-1][0] if found else None
        same = last and (last.at, last.by_id, last.place) == (step.at, step.by_id, step.place)
        if same and last and (last.undoes is None) == (step.undoes is None):
            found[-1].append(step)
        else:
            found.append([step])
    return found
