"""Which ways a group took through a story, as far as it may be told. Pure.

People are followed from the start. Where fewer than the threshold come to a place, nothing is told
of what they chose there, and they are followed no further: so nothing later, added up or
subtracted, tells of it either.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from modules.progress.item_telling import Range, shared
from modules.scenarios import Scenario

Way = tuple[tuple[str, str], ...]
"""Decisions in order: each the place and what was chosen there."""


@dataclass(frozen=True)
class Edge:
    """A choice at a place, and which share of those who came there took it.

    None where too few came.
    """

    node: str
    choice: str
    share: Range | None


def flow(scenario: Scenario, ways: Mapping[Way, int], least: int) -> tuple[Edge, ...]:
    """Every choice of the story, place by place."""
    came = _followed(Counter(ways), least)
    told: dict[tuple[str, str], Range] = {}
    for node, counts in came.items():
        n = counts.total()
        offered = {one.id: counts[one.id] for one in scenario.nodes[node].choices}
        for choice, (low, high) in shared(offered).items():
            told[node, choice] = Range(low / n, high / n)
    return tuple(
        Edge(node, choice.id, told.get((node, choice.id)))
        for node, of in scenario.nodes.items()
        for choice in of.choices
    )


def _followed(ways: Counter[Way], least: int) -> dict[str, Counter[str]]:
    """Who chose what where, of those who are still followed."""
    while True:
        came: dict[str, Counter[str]] = defaultdict(Counter)
        for way, people in ways.items():
            for node, choice in way:
                came[node][choice] += people
        few = {node for node, counts in came.items() if counts.total() < least}
        if not few:
            return came
        shorter = Counter[Way]()
        for way, people in ways.items():
            end = next((place for place, (node, _) in enumerate(way) if node in few), len(way))
            shorter[way[:end]] += people
        ways = shorter
