"""The rule table: what a use stands on, read from the statements of its register entry alone.

It knows no card and no key. Sources of the rules: GDPR Arts 6(1), 6(3), 6(4), 7, 9, 13, 14, 21.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from modules.basics import Content

Basis = Literal["consent", "contract", "obligation", "vital", "task", "interests"]
Told = Literal["asked", "month", "after", "none"]
Factor = Literal["link", "context", "nature", "consequences", "safeguards"]
BASES: tuple[Basis, ...] = ("consent", "contract", "obligation", "vital", "task", "interests")
TOLD: tuple[Told, ...] = ("asked", "month", "after", "none")
FACTORS: tuple[Factor, ...] = ("link", "context", "nature", "consequences", "safeguards")
ENOUGH = 4
"""Factors that have to speak for a new use; what happens to people is to be among them."""


class Entry(Content):
    """What a register entry states.

    ``law`` is "none", "allows" (gives the body the task) or "orders" (this very step). ``refuse``
    is what a no costs. ``role`` is "task" (a public body at its tasks), "aside" (a public body
    outside them) or "private". ``deal``: an agreement that the person asked for. ``danger``: a life
    at risk, and nobody to ask. ``weighed``: both sides, in writing. ``special``: Art 9 data.
    """

    law: Literal["none", "allows", "orders"] = "none"
    refuse: Literal["loses", "nothing"] = "loses"
    deal: bool = False
    danger: bool = False
    role: Literal["task", "aside", "private"] = "task"
    weighed: bool = False
    special: bool = False
    origin: Literal["person", "elsewhere"] = "person"


def holds(entry: Entry, basis: str) -> bool:
    """Whether the statements answer the question that this basis asks."""
    questions: dict[str, bool] = {
        # Freely given: a no costs nothing, and no law, deal or danger would override it anyway.
        "consent": entry.refuse == "nothing"
        and entry.law == "none"
        and not entry.deal
        and not entry.danger,
        "contract": entry.deal and entry.role != "task",
        "obligation": entry.law == "orders",
        # The last resort: only where no law has settled the matter.
        "vital": entry.danger and entry.law == "none",
        "task": entry.law != "none" and entry.role == "task",
        # Closed to public bodies at their tasks; elsewhere both sides have to be weighed.
        "interests": entry.role == "private" and entry.weighed and entry.law == "none",
    }
    return questions.get(basis, False)


def bases(entry: Entry) -> tuple[Basis, ...]:
    """Every basis that holds, in the order of the law."""
    return tuple(basis for basis in BASES if holds(entry, basis))


def telling(entry: Entry) -> Told:
    """When people are told: when asked, within a month, or as soon as the danger is over."""
    if entry.danger:
        return "after"
    return "asked" if entry.origin == "person" else "month"


def rights(basis: str) -> frozenset[str]:
    """The rights that a notice on this basis may promise; seeing and correcting go with any."""
    more = {
        "consent": {"withdraw"},
        "contract": {"move"},
        "task": {"object"},
        "interests": {"object"},
    }
    return frozenset({"see", "correct"} | more.get(basis, set()))


def fits(factors: Mapping[str, bool]) -> bool:
    """Whether a new use is compatible: it hurts nobody, and at least four factors speak for it.

    No law weighs by counting. The uses of the lab are clear enough for this reading to be safe.
    """
    return factors["consequences"] and sum(factors.values()) >= ENOUGH
