"""What is wrong with a scenario: roads that lead nowhere, never end or are never open."""

from __future__ import annotations

from collections.abc import Iterator

from modules.basics import Problem
from modules.scenarios.model import Choice, Scenario
from modules.scenarios.path import open_choices

State = tuple[str, frozenset[tuple[str, str]]]
"""A place and those earlier decisions that some condition asks about."""


def problems(
    scenario: Scenario, file: str = "scenario.yaml", text_file: str = "scenario.en.yaml"
) -> list[Problem]:
    """Everything a writer has to mend, the roads only once all names are right."""
    found = [Problem(file, place, sentence) for place, sentence in _names(scenario)]
    if not found:
        found = [Problem(file, place, sentence) for place, sentence in _roads(scenario)]
    return found + [
        Problem(text_file, place, "is empty: write it") for place in _unwritten(scenario)
    ]


def _names(scenario: Scenario) -> Iterator[tuple[str, str]]:
    places = {*scenario.nodes, *scenario.endings}
    for both in sorted(scenario.nodes.keys() & scenario.endings.keys()):
        yield both, "is a node and an ending: rename one of them"
    if scenario.start not in scenario.nodes:
        yield "start", f"there is no node “{scenario.start}”"
    for place, choice in _choices(scenario):
        if choice.goto not in places:
            yield place, f"goto: there is no node or ending “{choice.goto}”"
        for meter in sorted(choice.meters.keys() - set(scenario.meters)):
            yield place, f"meters: “{meter}” is not one of {', '.join(scenario.meters)}"
        for asked, chosen in choice.when.items():
            ids = [c.id for c in scenario.nodes[asked].choices] if asked in scenario.nodes else []
            if chosen not in ids:
                yield place, f"when: there is no choice “{chosen}” in “{asked}”"
    for id_, node in scenario.nodes.items():
        ids = [choice.id for choice in node.choices]
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            yield f"nodes/{id_}", f"two choices are called “{twice}”"


def _choices(scenario: Scenario) -> Iterator[tuple[str, Choice]]:
    for id_, node in scenario.nodes.items():
        for choice in node.choices:
            yield f"nodes/{id_}/choices/{choice.id}", choice


def _roads(scenario: Scenario) -> Iterator[tuple[str, str]]:
    asked = {node for _, choice in _choices(scenario) for node in choice.when}
    roads: dict[State, list[State]] = {}
    taken: set[tuple[str, str]] = set()
    to_visit: list[State] = [(scenario.start, frozenset())]
    while to_visit:
        state = to_visit.pop()
        if state in roads:
            continue
        here, before = state
        choices = open_choices(scenario.nodes[here], dict(before)) if here in scenario.nodes else ()
        taken |= {(here, choice.id) for choice in choices}
        roads[state] = [(choice.goto, _after(before, here, choice.id, asked)) for choice in choices]
        to_visit += roads[state]
    reached = {here for here, _ in roads}
    yield from (
        (f"nodes/{id_}", "is never reached") for id_ in scenario.nodes if id_ not in reached
    )
    yield from (
        (f"endings/{id_}", "is never reached") for id_ in scenario.endings if id_ not in reached
    )
    for id_, node in scenario.nodes.items():
        for choice in node.choices:
            if id_ in reached and (id_, choice.id) not in taken:
                yield f"nodes/{id_}/choices/{choice.id}", "is never offered: its when never holds"
    stuck = {here for (here, _), goes in roads.items() if not goes and here in scenario.nodes}
    yield from ((f"nodes/{id_}", "can be a dead end: no choice is open") for id_ in sorted(stuck))
    yield from _length(scenario, roads)


def _after(
    before: frozenset[tuple[str, str]], here: str, chosen: str, asked: set[str]
) -> frozenset[tuple[str, str]]:
    return frozenset((dict(before) | {here: chosen}).items()) if here in asked else before


def _length(scenario: Scenario, roads: dict[State, list[State]]) -> Iterator[tuple[str, str]]:
    """Peel off states that lead only to peeled ones; what cannot be peeled goes round in loops."""
    longest: dict[State, int] = {}
    left = dict(roads)
    while ready := [state for state, goes in left.items() if all(to in longest for to in goes)]:
        for state in ready:
            longest[state] = 1 + max((longest[to] for to in left.pop(state)), default=-1)
    if left:
        names = ", ".join(sorted({here for here, _ in left}))
        yield "nodes", f"the story can go round for ever through {names}"
    elif longest[scenario.start, frozenset()] > scenario.max_steps:
        steps = longest[scenario.start, frozenset()]
        yield "max_steps", f"one way takes {steps} decisions, more than {scenario.max_steps}"


def _unwritten(scenario: Scenario) -> Iterator[str]:
    if not scenario.title.strip():
        yield "title"
    for id_, node in scenario.nodes.items():
        for field in ("title", "story", "question"):
            if not getattr(node, field).strip():
                yield f"nodes/{id_}/{field}"
    for place, choice in _choices(scenario):
        for field in ("text", "hint", "consequence", "duty"):
            if not getattr(choice, field).strip():
                yield f"{place}/{field}"
    for id_, ending in scenario.endings.items():
        for field in ("title", "story"):
            if not getattr(ending, field).strip():
                yield f"endings/{id_}/{field}"
