"""A walk through a scenario: where it stands, what is offered, what the meters say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from modules.basics import BadInput
from modules.scenarios.model import MOST, START, Choice, Ending, Node, Reason, Scenario


class Taken(NamedTuple):
    """One decision as it is kept; ``reason`` is empty where the story asks for none."""

    node: str
    choice: str
    reason: str = ""


@dataclass(frozen=True)
class Path:
    """The decisions so far. As JSON: ``list(path.steps)``."""

    steps: tuple[Taken, ...] = ()

    @property
    def choices(self) -> dict[str, str]:
        """What was chosen, by node id: a story comes by no node twice."""
        return {step.node: step.choice for step in self.steps}


@dataclass(frozen=True)
class Step:
    """One decision that was taken."""

    id: str
    node: Node
    choice: Choice
    reason: Reason | None = None


def debrief(scenario: Scenario, path: Path) -> tuple[Step, ...]:
    """The decisions of ``path`` in order, each with its reason and the duty behind the choice."""
    steps = []
    for id_, chosen, why in path.steps:
        node = scenario.nodes[id_]
        choice = next(one for one in node.choices if one.id == chosen)
        reason = next((one for one in node.reasons if one.id == why), None)
        steps.append(Step(id_, node, choice, reason))
    return tuple(steps)


def place(scenario: Scenario, path: Path) -> str:
    """The id of the node or ending where ``path`` stands."""
    steps = debrief(scenario, path)
    return steps[-1].choice.goto if steps else scenario.start


def at(scenario: Scenario, path: Path) -> Node | Ending:
    """The node or ending where ``path`` stands."""
    here = place(scenario, path)
    return scenario.endings[here] if here in scenario.endings else scenario.nodes[here]


def ended(scenario: Scenario, path: Path) -> bool:
    """Whether the story is over."""
    return place(scenario, path) in scenario.endings


def offered(scenario: Scenario, path: Path) -> tuple[Choice, ...]:
    """The choices open here: those whose conditions the earlier ones meet; none at an ending."""
    here = at(scenario, path)
    return () if isinstance(here, Ending) else open_choices(here, path.choices)


def open_choices(node: Node, before: Mapping[str, str]) -> tuple[Choice, ...]:
    """The choices of ``node`` that decisions ``before`` (node id: choice id) leave open."""
    return tuple(
        choice
        for choice in node.choices
        if all(before.get(node_id) == chosen for node_id, chosen in choice.when.items())
    )


def choose(scenario: Scenario, path: Path, choice: str, reason: str = "") -> Path:
    """``path`` with one more decision. BadInput for a choice or reason not offered here.

    Without a reason it is a walk that looks where a road leads; `must_say_why` tells whether a
    learner has to give one.
    """
    if choice not in [option.id for option in offered(scenario, path)]:
        raise BadInput("This choice is not offered at this point of the story.")
    here = place(scenario, path)
    if reason and reason not in [one.id for one in scenario.nodes[here].reasons]:
        raise BadInput("This reason is not offered at this point of the story.")
    return Path((*path.steps, Taken(here, choice, reason)))


def must_say_why(scenario: Scenario, path: Path) -> bool:
    """Whether the decision that comes now needs a reason."""
    here = at(scenario, path)
    return isinstance(here, Node) and bool(here.reasons)


def replay(scenario: Scenario, steps: Sequence[Sequence[str]]) -> Path:
    """The path of stored steps (node id, choice id, and the reason's if any), each checked.

    Raises BadInput for steps that the story does not allow.
    """
    path = Path()
    for step in steps:
        fits = isinstance(step, list | tuple) and 2 <= len(step) <= 3
        if not fits or step[0] != place(scenario, path):
            raise BadInput("These decisions do not belong to this story.")
        path = choose(scenario, path, *step[1:])
    return path


def meters(scenario: Scenario, path: Path) -> dict[str, int]:
    """Each meter's raw sum of changes, from 0; ``pips`` turns it into what is drawn."""
    steps = debrief(scenario, path)
    return {
        meter: sum(step.choice.meters.get(meter, 0) for step in steps) for meter in scenario.meters
    }


def pips(total: int) -> int:
    """The filled pips, 1 to 5, for a raw sum of changes: 3 at the start, full is always good.

    The check refuses a story in which a sum goes past either end; content published before it
    did so is drawn at that end.
    """
    return max(1, min(START + total, MOST))
