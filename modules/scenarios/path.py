"""A walk through a scenario: where it stands, what is offered, what the meters say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from modules.basics import BadInput
from modules.scenarios.model import MOST, START, Choice, Ending, Node, Scenario


@dataclass(frozen=True)
class Path:
    """The decisions so far, as pairs of node id and choice id. As JSON: ``list(path.steps)``."""

    steps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """One decision that was taken."""

    id: str
    node: Node
    choice: Choice


def debrief(scenario: Scenario, path: Path) -> tuple[Step, ...]:
    """The decisions of ``path`` in order, each with the duty behind the choice."""
    steps = []
    for id_, chosen in path.steps:
        node = scenario.nodes[id_]
        steps.append(Step(id_, node, next(c for c in node.choices if c.id == chosen)))
    return tuple(steps)


def place(scenario: Scenario, path: Path) -> str:
    """The id of the node or ending where ``path`` stands."""
    steps = debrief(scenario, path)
    return steps[-1].choice.goto if steps else scenario.start


def at(scenario: Scenario, path: Path) -> Node | Ending:
    """The node or ending where ``path`` stands."""
    here = place(scenario, path)
    return scenario.endings[here] if here in scenario.endings else scenario.nodes[here]


def offered(scenario: Scenario, path: Path) -> tuple[Choice, ...]:
    """The choices open here: those whose conditions the earlier ones meet; none at an ending."""
    here = at(scenario, path)
    return () if isinstance(here, Ending) else open_choices(here, dict(path.steps))


def open_choices(node: Node, before: dict[str, str]) -> tuple[Choice, ...]:
    """The choices of ``node`` that decisions ``before`` (node id: choice id) leave open."""
    return tuple(
        choice
        for choice in node.choices
        if all(before.get(node_id) == chosen for node_id, chosen in choice.when.items())
    )


def choose(scenario: Scenario, path: Path, choice: str) -> Path:
    """``path`` with one more decision. BadInput for a choice that is not offered here."""
    if choice not in [option.id for option in offered(scenario, path)]:
        raise BadInput("This choice is not offered at this point of the story.")
    return Path((*path.steps, (place(scenario, path), choice)))


def replay(scenario: Scenario, steps: Sequence[Sequence[str]]) -> Path:
    """The path of stored steps (pairs of node id and choice id), each checked on the way.

    Raises BadInput for steps that the story does not allow.
    """
    path = Path()
    for step in steps:
        if not isinstance(step, list | tuple) or len(step) != 2 or step[0] != place(scenario, path):
            raise BadInput("These decisions do not belong to this story.")
        path = choose(scenario, path, step[1])
    return path


def meters(scenario: Scenario, path: Path) -> dict[str, int]:
    """Each meter's raw sum of changes, from 0; ``pips`` turns it into what is drawn."""
    steps = debrief(scenario, path)
    return {
        meter: sum(step.choice.meters.get(meter, 0) for step in steps) for meter in scenario.meters
    }


def pips(total: int) -> int:
    """The filled pips, 1 to 5, for a raw sum of changes: 3 at the start, full is always good."""
    return max(1, min(START + total, MOST))
