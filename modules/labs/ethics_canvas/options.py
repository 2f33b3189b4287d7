"""What the lab's files say: proposals with their groups, harms and mitigations, and the hints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import Field, model_validator

from modules.basics import Content

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Text = Annotated[str, Field(min_length=1)]
Measure = Literal["visits", "absence", "records"]
HINTS = (
    *("open", "benefit", "groups", "least", "harm"),
    *("mitigation", "budget", "reason", "owner", "review"),
)


class Choice(Content):
    """One of several to pick from. ``key`` is one that the grader takes as right."""

    id: Id
    key: bool = False
    text: Text
    why: Text


class Cut(Content):
    """A way to cut the figures: ``values`` maps what the tables hold to what is shown for it."""

    id: Id
    name: Text
    values: Mapping[str, str] = Field(default_factory=dict)


class Group(Content):
    """Somebody affected: a ``value`` of a ``cut`` of the figures, or, without, one of the room."""

    id: Id
    cut: str = ""
    value: str = ""
    name: Text


class Harm(Content):
    """What could go wrong. ``seen`` in the figures already, if it is the one that they show."""

    id: Id
    seen: bool = False
    text: Text


class Mitigation(Content):
    """Something to do about the harm ``against``; without one it costs points and does nothing."""

    id: Id
    cost: Annotated[int, Field(ge=1, le=3)]
    against: str = ""
    text: Text


class Proposal(Content):
    """What somebody would like to do. Who stands out in ``measure`` is counted in the town.

    Figures are told for every ``per`` of their base.
    """

    id: Id
    measure: Measure
    per: Annotated[int, Field(ge=100, le=1000)] = 100
    name: Text
    text: Text
    figure: Text
    found: Text
    cuts: Many[Cut]
    groups: Many[Group]
    benefits: Many[Choice]
    ways: Many[Choice]
    harms: Many[Harm]
    mitigations: Many[Mitigation]
    reasons: Many[Choice]


class Review(Choice):
    """When to look again: ``days`` after the start, 0 for no day."""

    days: Annotated[int, Field(ge=0)]


class Options(Content):
    """The lab in one language. ``likely`` and ``severe`` are three steps each, from the least."""

    title: str
    task: str
    aha: str = ""
    people: Annotated[int, Field(ge=2000, le=10_000)] = 5000
    budget: Annotated[int, Field(ge=3, le=12)] = 6
    proposals: Many[Proposal] = Field(min_length=1)
    likely: Mapping[Literal["could", "likely", "seen"], Text]
    severe: Mapping[Literal["nuisance", "hurts", "lasting"], Text]
    decisions: Mapping[Id, Text]
    owners: Many[Choice]
    reviews: Many[Review]
    hints: Mapping[str, str]

    @model_validator(mode="after")
    def _fits(self) -> Options:
        if list(self.likely) != ["could", "likely", "seen"] or len(self.severe) != 3:
            raise ValueError("name three steps of likelihood and of severity, the least first")
        for one in self.proposals:
            _check(one, self.budget)
        for what, several in (("owners", self.owners), ("reviews", self.reviews)):
            if not any(one.key for one in several):
                raise ValueError(f"none of the {what} is right")
        if missing := [hint for hint in HINTS if not self.hints.get(hint)]:
            raise ValueError(f"there is no hint for {', '.join(missing)}")
        if unknown := sorted(self.hints.keys() - set(HINTS)):
            raise ValueError(f"no check uses the hint {', '.join(unknown)}")
        return self


TAKEN = 3
"""Mitigations that are taken, and groups that are picked at most."""


def _check(one: Proposal, budget: int) -> None:
    """What holds one proposal together; ValueError says what does not."""
    cuts = {cut.id for cut in one.cuts}
    if any(bool(group.cut) != bool(group.value) for group in one.groups) or any(
        group.cut and group.cut not in cuts for group in one.groups
    ):
        raise ValueError(f"a group of {one.id} has a cut that is not there, or no value")
    for what, several in (("benefits", one.benefits), ("ways", one.ways), ("reasons", one.reasons)):
        if not any(each.key for each in several):
            raise ValueError(f"none of the {what} of {one.id} is right")
    harms = {harm.id for harm in one.harms}
    if sum(harm.seen for harm in one.harms) != 1:
        raise ValueError(f"the figures of {one.id} show one harm, not more and not none")
    least: dict[str, int] = {}
    for each in one.mitigations:
        if each.against and each.against not in harms:
            raise ValueError(f"{each.id} is against a harm that {one.id} does not have")
        least[each.against] = min(each.cost, least.get(each.against, each.cost))
    idle = [each.cost for each in one.mitigations if not each.against]
    if least.keys() != harms | {""} or len(idle) < TAKEN:
        raise ValueError(f"{one.id} needs a mitigation for each harm, and three that do nothing")
    # Rating every harm alike must not pay, and each one alone has to be within reach.
    if sum(least[harm] for harm in harms) <= budget:
        raise ValueError(f"the budget meets every harm of {one.id}: nothing has to be weighed")
    if any(least[harm] + sum(sorted(idle)[: TAKEN - 1]) > budget for harm in harms):
        raise ValueError(f"the budget does not meet each harm of {one.id}")
