"""Sittings: short, with their own ids and minutes that add up."""

from __future__ import annotations

from modules.course.files.marked import At
from modules.course.files.parts import Parts

LONGEST_SITTING = 7
"""Minutes. Longer ones do not fit between two meetings."""
MINUTES_APART = 3


def sittings(parts: Parts) -> None:
    """Sittings are short, steps have their own ids, and minutes add up."""
    head, document, reader = parts.head, parts.head_file, parts.reader
    if not head or not document:
        return
    seen: set[str] = set()
    for i, sitting in enumerate(head.sittings):
        steps = sum(step.minutes for step in sitting.steps)
        longer = max(steps, sitting.minutes)
        if longer > LONGEST_SITTING:
            sentence = (
                f"Found {longer} minutes; at most {LONGEST_SITTING}. Part the sitting in two."
            )
            parts.standard(document, ("sittings", i, "minutes"), sentence)
        if abs(steps - sitting.minutes) > MINUTES_APART:
            sentence = (
                f"The steps take {steps} minutes, the sitting says {sitting.minutes}. Correct it."
            )
            parts.standard(document, ("sittings", i, "minutes"), sentence)
        ids: list[tuple[str, At]] = [(sitting.id, ("sittings", i, "id"))]
        ids += [
            (step.id, ("sittings", i, "steps", j, "id")) for j, step in enumerate(sitting.steps)
        ]
        for id, at in ids:
            if id in seen:
                reader.wrong(document, at, f"The id “{id}” is used twice. Rename one.")
            seen.add(id)
    total = sum(step.minutes for sitting in head.sittings for step in sitting.steps)
    if abs(total - head.minutes) > MINUTES_APART:
        sentence = f"Found {head.minutes}; the steps take {total}. At most {MINUTES_APART} apart."
        parts.standard(document, ("minutes",), f"{sentence} Correct one.")
