"""Questions of the first module at which invented people err in a way of their own.

Real banks have such questions, and a trainer who opens item analysis should find some: one that
is hard, one whose wrong answer people are sure of, one that careful people misread, and one with
an option that next to nobody takes. Nobody's result changes: who passes still misses one at most.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

STRUGGLE = 2
"""Who misses so many in a check has not understood much of it."""


@dataclass(frozen=True)
class Tempting:
    """How a question tempts: chances from 0 to 1.

    ``able`` and ``others`` miss it so often: who does well in the rest, and who does not. ``picks``
    are the wrong options by weight, ``sure`` how often who is wrong is at least fairly sure.
    """

    able: float
    others: float
    picks: Mapping[str, int]
    sure: float


TEMPTING: Mapping[str, Tempting] = {
    # Falls that went down after a change look like its effect; few ask what they did elsewhere.
    "M01-Q13": Tempting(0.72, 0.97, {"b": 80, "a": 12, "d": 8}, 0.3),
    # Who stores the records feels like all who take part.
    "M01-Q19": Tempting(0.6, 0.9, {"a": 62, "b": 38}, 0.85),
    # Careful readers stop at an option that is true, and is not the fault that is asked for.
    "M01-Q55": Tempting(0.51, 0.0, {"c": 90, "a": 6, "d": 4}, 0.4),
    # Nobody takes a figure of a survey for a printing error.
    "M01-Q12": Tempting(0.62, 0.8, {"d": 56, "c": 43, "a": 1}, 0.25),
}


def missed(
    items: Sequence[str], at_random: Collection[str], slips: int, rng: random.Random
) -> frozenset[str]:
    """Which of a check's questions somebody misses who was to miss ``at_random``.

    One tempting question may take the place of another; who was to miss one at most still does.
    """
    found = frozenset(at_random)
    tempts = [one for one in items if one in TEMPTING]
    if not tempts:
        return found
    item = max(tempts, key=lambda one: TEMPTING[one].able)
    able = slips < STRUGGLE
    errs = rng.random() < (TEMPTING[item].able if able else TEMPTING[item].others)
    if able:
        return frozenset([item]) if errs else found - {item}
    if errs and item not in found:
        return found - {min(found)} | {item}
    if not errs and item in found:
        return found - {item} | {next(one for one in items if one not in found)}
    return found


def answer(item: str, rng: random.Random) -> tuple[dict[str, str], bool] | None:
    """The wrong answer that tempts, and whether she is sure of it; None for other questions."""
    if item not in TEMPTING:
        return None
    of = TEMPTING[item]
    [picked] = rng.choices(list(of.picks), list(of.picks.values()))
    return {"choice": picked}, rng.random() < of.sure
