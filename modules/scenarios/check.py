"""What is wrong with a scenario: roads that lead nowhere, never end or leave a meter's range."""

from __future__ import annotations

from collections.abc import Iterator

from modules.basics import Problem
from modules.scenarios.letters import FIELDS, unknown
from modules.scenarios.model import MOST_REASONS, Choice, Scenario
from modules.scenarios.ranges import out_of_range
from modules.scenarios.roads import Roads, State, longest, roads

EMPTY = "is empty: write it"
UNREACHED = "is never reached: lead a choice here with goto, or delete it"
STUCK = "can be a dead end, where no choice is open: add one without when"

Found = Iterator[tuple[str, str]]
"""Where, and what is wrong there."""


def problems(
    scenario: Scenario, file: str = "scenario.yaml", text_file: str = "scenario.en.yaml"
) -> list[Problem]:
    """Everything a writer has to mend, the roads only once all names are right."""
    found = [Problem(file, place, sentence) for place, sentence in _names(scenario)]
    if not found:
        found = [Problem(file, place, sentence) for place, sentence in _roads(scenario)]
    found += [Problem(file, place, sentence) for place, sentence in _unreasoned(scenario)]
    found += [Problem(text_file, place, sentence) for place, sentence in _misnamed(scenario)]
    return found + [Problem(text_file, place, EMPTY) for place in _unwritten(scenario)]


def _names(scenario: Scenario) -> Found:
    places = {*scenario.nodes, *scenario.endings}
    for both in sorted(scenario.nodes.keys() & scenario.endings.keys()):
        yield both, "is a node and an ending: rename one of them"
    if scenario.start not in scenario.nodes:
        known = ", ".join(scenario.nodes)
        yield "start", f"there is no node “{scenario.start}”: name one of {known}"
    for place, choice in _choices(scenario):
        if choice.goto not in places:
            sentence = f"goto: there is no node or ending “{choice.goto}”"
            yield place, f"{sentence}: write it, or lead elsewhere"
        for meter in sorted(choice.meters.keys() - set(scenario.meters)):
            yield place, f"meters: “{meter}” is not one of {', '.join(scenario.meters)}: correct it"
        for asked, chosen in choice.when.items():
            ids = [c.id for c in scenario.nodes[asked].choices] if asked in scenario.nodes else []
            if chosen not in ids:
                yield place, f"when: there is no choice “{chosen}” in “{asked}”: correct the name"
    for id_, node in scenario.nodes.items():
        for what, several in (("choices", node.choices), ("reasons", node.reasons)):
            ids = [one.id for one in several]
            for twice in sorted({one for one in ids if ids.count(one) > 1}):
                yield f"nodes/{id_}", f"two {what} are called “{twice}”: rename one of them"


def _choices(scenario: Scenario) -> Iterator[tuple[str, Choice]]:
    for id_, node in scenario.nodes.items():
        for choice in node.choices:
            yield f"nodes/{id_}/choices/{choice.id}", choice


def _unreasoned(scenario: Scenario) -> Found:
    for id_, node in scenario.nodes.items():
        if not node.reasons:
            sentence = f"has no reasons: write 2 to {MOST_REASONS} that an officer may well have"
            yield f"nodes/{id_}", sentence


def _misnamed(scenario: Scenario) -> Found:
    for place, choice in _choices(scenario):
        if choice.citizen is None:
            continue
        for name in ("text", "entry"):
            for wrong in unknown(getattr(choice.citizen, name)):
                known = ", ".join(FIELDS)
                sentence = f"{wrong} is nothing that we know of her: write citizen. and one of"
                yield f"{place}/citizen/{name}", f"{sentence} {known}"


def _roads(scenario: Scenario) -> Found:
    start: State = (scenario.start, frozenset())
    found = roads(scenario, start)
    reached = {here for here, _ in found}
    taken = {(here, choice) for (here, _), goes in found.items() for choice, _ in goes}
    for what, places in (("nodes", scenario.nodes), ("endings", scenario.endings)):
        yield from ((f"{what}/{id_}", UNREACHED) for id_ in places if id_ not in reached)
    for id_, node in scenario.nodes.items():
        for choice in node.choices:
            if id_ in reached and (id_, choice.id) not in taken:
                sentence = "is never offered, because its when never holds: change it or delete it"
                yield f"nodes/{id_}/choices/{choice.id}", sentence
    stuck = {here for (here, _), goes in found.items() if not goes and here in scenario.nodes}
    yield from ((f"nodes/{id_}", STUCK) for id_ in sorted(stuck))
    steps = longest(found)
    if endless := sorted({here for here, _ in found.keys() - steps.keys()}):
        names = ", ".join(endless)
        yield "nodes", f"the story can go round for ever through {names}: let one of them lead on"
        return
    yield from _length(scenario, found, steps[start])
    yield from out_of_range(scenario, found, steps)


def _length(scenario: Scenario, found: Roads, steps: int) -> Found:
    if steps > scenario.max_steps:
        sentence = f"one way takes {steps} decisions, more than {scenario.max_steps}"
        yield "max_steps", f"{sentence}: shorten it, or allow more"
    for here, node in scenario.nodes.items():
        goes = {to for (now, _), ways in found.items() if now == here for _, (to, _) in ways}
        counts = {scenario.nodes[to].decision for to in goes if to in scenario.nodes}
        if wrong := sorted(counts - {node.decision + 1}):
            sentence = f"is decision {node.decision} and leads to decision {wrong[0]}"
            yield f"nodes/{here}", f"{sentence}: count one further at each decision"


def _unwritten(scenario: Scenario) -> Iterator[str]:
    if not scenario.title.strip():
        yield "title"
    for id_, node in scenario.nodes.items():
        yield from _empty(node, f"nodes/{id_}", "title", "story", "question")
        for reason in node.reasons:
            yield from _empty(reason, f"nodes/{id_}/reasons/{reason.id}", "text", "reply")
    for place, choice in _choices(scenario):
        yield from _empty(choice, place, "text", "hint", "consequence", "duty")
    for id_, ending in scenario.endings.items():
        yield from _empty(ending, f"endings/{id_}", "title", "story")


def _empty(written: object, place: str, *fields: str) -> Iterator[str]:
    yield from (f"{place}/{name}" for name in fields if not getattr(written, name).strip())
