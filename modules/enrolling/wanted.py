"""What rules ask of people who are alike: for each module the earliest day of all rules. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from modules.duties import Rule, Worker, asked

PATH = "path:"
OWN_PATH = "path:own"


@dataclass(frozen=True)
class Ruling:
    """A rule with its target: a module, ``path:A``, or ``path:own`` for the path of each."""

    id: uuid.UUID
    title: str
    target: str
    rule: Rule
    starts: date
    ends: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it asks anything of anybody on a day."""
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Want:
    """What is asked of somebody for a module, and the rule that asks it first."""

    due_on: date
    assignment_id: uuid.UUID
    grace_days: int
    window_days: int
    # Whether any of the rules that ask it lets nobody work before it is done.
    before_access: bool


@dataclass(frozen=True)
class Offer:
    """What can be asked for here: the modules that are published, and the paths through them."""

    published: Collection[str]
    paths: Mapping[str, Sequence[str]]

    def modules(self, target: str, path: str) -> list[str]:
        """The published modules of a target, for somebody who follows a path."""
        found: Sequence[str] = (target,)
        if target == OWN_PATH:
            # As her own page has it: who follows a path that is gone follows the first one.
            found = self.paths.get(path) or next(iter(self.paths.values()), ())
        elif target.startswith(PATH):
            found = self.paths.get(target.removeprefix(PATH), ())
        return [one for one in found if one in self.published]


def wants(
    rulings: Iterable[Ruling], *, offer: Offer, worker: Worker, today: date
) -> dict[str, Want]:
    """What rules ask of somebody today, by module; the earliest day wins, ties by the rule's id."""
    found: dict[str, Want] = {}
    for one in sorted(rulings, key=lambda ruling: ruling.id):
        if not one.in_force(today):
            continue
        modules = offer.modules(one.target, worker.path)
        what = asked(one.rule, starts=one.starts, worker=worker, today=today) if modules else None
        if what is None:
            continue
        rule = one.rule
        want = Want(what.due_on, one.id, rule.grace_days, rule.window_days, rule.before_access)
        for module in modules:
            other = found.get(module)
            found[module] = want if other is None else _merged(other, want)
    return found


def _merged(one: Want, other: Want) -> Want:
    first = other if other.due_on < one.due_on else one
    if one.before_access == other.before_access:
        return first
    return Want(first.due_on, first.assignment_id, first.grace_days, first.window_days, True)
