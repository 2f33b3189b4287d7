"""Where a story can go from a place: the states it passes through, and the endings it reaches."""

from __future__ import annotations

from modules.scenarios.model import Scenario
from modules.scenarios.path import Path, Taken, open_choices, place

State = tuple[str, frozenset[tuple[str, str]]]
"""A place and those earlier decisions that some condition asks about."""
Roads = dict[State, list[tuple[str, State]]]
"""States, with the choices open in each and where they lead."""


def state(scenario: Scenario, path: Path) -> State:
    """Where ``path`` stands, with all that can matter from here on."""
    asked = _asked(scenario)
    before = {node: chosen for node, chosen in path.choices.items() if node in asked}
    return place(scenario, path), frozenset(before.items())


def roads(scenario: Scenario, start: State) -> Roads:
    """Every state that can follow ``start``, with the choices open in it and where they lead.

    Also when a story goes round for ever; a place that does not exist leads nowhere.
    """
    asked = _asked(scenario)
    found: Roads = {}
    to_visit = [start]
    while to_visit:
        now = to_visit.pop()
        if now in found:
            continue
        here, before = now
        node = scenario.nodes.get(here)
        found[now] = [
            (choice.id, (choice.goto, _after(before, here, choice.id, asked)))
            for choice in (open_choices(node, dict(before)) if node else ())
        ]
        to_visit += [following for _, following in found[now]]
    return found


def way(scenario: Scenario, to: str) -> Path | None:
    """A shortest walk from the start to a place, with the first reason wherever one is asked for.

    None where none leads there.
    """
    start = state(scenario, Path())
    found, walks, to_visit = roads(scenario, start), {start: Path()}, [start]
    while to_visit:
        now = to_visit.pop(0)
        if now[0] == to:
            return walks[now]
        node = scenario.nodes.get(now[0])
        reason = node.reasons[0].id if node and node.reasons else ""
        for choice, following in found[now]:
            if following not in walks:
                walks[following] = Path((*walks[now].steps, Taken(now[0], choice, reason)))
                to_visit.append(following)
    return None


def endings(scenario: Scenario, path: Path) -> tuple[str, ...]:
    """The ids of the endings that can still come, in the order the writer gave them."""
    reached = {here for here, _ in roads(scenario, state(scenario, path))}
    return tuple(id_ for id_ in scenario.endings if id_ in reached)


def longest(found: Roads) -> dict[State, int]:
    """How many decisions the longest way from each state takes, without those that never end.

    States that lead only to known ones are known next; what is left goes round in loops.
    """
    steps: dict[State, int] = {}
    left = dict(found)
    while ready := [now for now, goes in left.items() if all(to in steps for _, to in goes)]:
        for now in ready:
            steps[now] = 1 + max((steps[to] for _, to in left.pop(now)), default=-1)
    return steps


def _asked(scenario: Scenario) -> set[str]:
    choices = (choice for node in scenario.nodes.values() for choice in node.choices)
    return {node for choice in choices for node in choice.when}


def _after(
    before: frozenset[tuple[str, str]], here: str, chosen: str, asked: set[str]
) -> frozenset[tuple[str, str]]:
    return frozenset((dict(before) | {here: chosen}).items()) if here in asked else before
