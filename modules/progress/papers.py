"""Papers: which variant each slot of an attempt asks. Drawn when it begins, kept with it. Pure.

No variant comes twice to one person while there is one she has not met: forms A, B and C of a
check, its critical items asked again, a test-out and the delayed checks all draw from what is
left. Neighbours begin with other members of a family, so that nobody can copy. Only when a
family is used up (in guided re-runs) does the one met longest ago come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from modules.basics import seed_for
from modules.course.model import Module
from modules.progress.sheet import Paper, Sheet, Variant
from modules.questions.question import shuffled

# The most other variants that are laid ready for a missed critical item, so that a paper stays
# small; nobody misses so many. After them they come round.
SPARES = 24
AGAIN = "again:"
TEST_OUT = "test-out"
DELAYED = {"delayed-1": "first", "delayed-2": "second"}

Seen = Mapping[Variant, int]
"""The variants a person has met, with a number that grows with time."""


def blueprint(module: Module, form: str) -> tuple[str, ...]:
    """The items that a form is made of: a test-out has those of the check."""
    if form in DELAYED:
        return module.delayed.get(DELAYED[form], ())
    return module.forms.get("check" if form == TEST_OUT else form, ())


def draw(module: Module, form: str, seed: str, seen: Seen) -> Paper:
    """The paper of an attempt on a form, for somebody who met ``seen``.

    Check and test-out take a member of each item's family, in an order of the seed: the first,
    second and third attempt ask three of them (a person's forms A, B, C). Other forms ask their
    own items. For each critical item of a check, other variants of the family stand ready.
    """
    families = form in ("check", TEST_OUT)
    kept = {one for items in module.delayed.values() for one in items}
    met = dict(seen)
    paper: dict[str, tuple[Variant, ...]] = {}
    spares: dict[str, Sequence[str]] = {}
    for item in blueprint(module, form):
        family = [item, *(one for one in module.twins(item) if one not in kept)]
        members: Sequence[str] = [item]
        if families:
            members = shuffled(family, seed_for(seed, f"family:{item}"))
        # Two items of one family never share a variant, nor a slot.
        free = [one for one in ranked(module, members, seed, met) if one[0] not in paper]
        chosen = free[0] if free else (item, module.question(item).variants()[0])
        paper[chosen[0]] = (chosen,)
        met[chosen] = max(met.values(), default=0) + 1
        if form == "check" and module.question(item).critical:
            spares[chosen[0]] = members
    for name, members in spares.items():
        others = [one for one in ranked(module, members, seed, met) if one != paper[name][0]]
        paper[f"{AGAIN}{name}"] = tuple(others[:SPARES]) or paper[name]
    return paper


def ranked(module: Module, items: Sequence[str], seed: str, seen: Seen) -> list[Variant]:
    """Every variant of ``items``, the one to ask first in front.

    Unmet items come before unmet variants of met items, and those before what was met, longest
    ago first. Items take turns, one variant each. Among variants of one item the order is the
    seed's, so that neighbours differ.
    """
    met_items = {item for item, _ in seen}
    turns = {
        (item, key): turn
        for item in items
        for turn, key in enumerate(
            shuffled(module.question(item).variants(), seed_for(seed, f"order:{item}"))
        )
    }
    return sorted(turns, key=lambda one: (seen.get(one, -1), one[0] in met_items, turns[one]))


def seen(sheets: Iterable[Sheet]) -> dict[Variant, int]:
    """What the attempts behind ``sheets`` (oldest first) have put before a person."""
    met: dict[Variant, int] = {}
    for sheet in sheets:
        asked: list[Variant] = []
        for slot, tries in sheet.paper.items():
            # The spares of a critical item count once they were answered.
            many = len(sheet.tries(slot)) if slot.startswith(AGAIN) else 1
            asked += tries[:many]
        if not sheet.paper:
            asked = [(slot.removeprefix(AGAIN), "") for slot, _ in sheet.answers]
        for variant in asked:
            met.pop(variant, None)
            met[variant] = len(met) + 1
    return {variant: place for place, variant in enumerate(met, 1)}


def as_json(paper: Paper) -> dict[str, Any]:
    """A paper as it is stored."""
    return {slot: [list(variant) for variant in tries] for slot, tries in paper.items()}


def from_json(stored: Mapping[str, Any]) -> Paper:
    """A stored paper."""
    return {slot: tuple((one[0], one[1]) for one in tries) for slot, tries in stored.items()}
