"""A story as a drawn graph: its places, the roads between them, and what is wrong at each.

Drawn from what a writer has so far, which need not be a whole story: a road may lead to a place
that is not there yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, Literal

from modules.scenarios.layers import Edge, Point, layout
from modules.scenarios.model import Scenario

Kind = Literal["node", "acceptable", "costly", "lost"]
"""A decision, one of two kinds of ending, or a place that roads name and nobody has written."""


@dataclass(frozen=True)
class Spot:
    """One place. ``code`` is its short name in the picture and in lists: “2b”, “E1”, “?”."""

    id: str
    kind: Kind
    code: str
    title: str
    at: Point
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Road:
    """The choices of one place that lead to another, drawn through ``points``."""

    start: str
    end: str
    choices: tuple[str, ...]
    points: tuple[Point, ...]
    back: bool = False


@dataclass(frozen=True)
class Graph:
    """A story's places, the start first, and roads; ``layers`` long and ``width`` wide."""

    spots: tuple[Spot, ...]
    roads: tuple[Road, ...]
    layers: int
    width: int

    def spot(self, id: str) -> Spot | None:
        """The place of that id."""
        return next((one for one in self.spots if one.id == id), None)

    def leading(self, id: str) -> tuple[tuple[str, str], ...]:
        """Where a place is led to from: node and choice."""
        return tuple(
            (one.start, choice) for one in self.roads if one.end == id for choice in one.choices
        )

    def before(self, id: str) -> tuple[str, ...]:
        """The places from which a way leads to one, in their order; not the place itself."""
        found, to_visit = {id}, [id]
        while to_visit:
            here = to_visit.pop()
            new = {road.start for road in self.roads if road.end == here} - found
            found |= new
            to_visit += new
        return tuple(one.id for one in self.spots if one.id in found and one.id != id)


def graph_of(scenario: Scenario) -> Graph:
    """A whole story as a graph."""
    return graph(scenario.model_dump(mode="json"))


def graph(story: Mapping[str, Any], problems: Mapping[str, Sequence[str]] | None = None) -> Graph:
    """A story as its files have it, structure and words laid together, as far as it can be read.

    ``problems`` are sentences by the id of a place. Places stand in the order of the roads.
    """
    told = problems or {}
    nodes, endings = _named(story.get("nodes")), _named(story.get("endings"))
    ways = defaultdict[Edge, list[str]](list)
    for here, node in nodes.items():
        for choice in records(node.get("choices")):
            if (to := choice.get("goto")) and isinstance(to, str):
                ways[here, to].append(str(choice.get("id", "")))
    lost: dict[str, Mapping[str, Any]] = {
        to: {} for _, to in ways if to not in nodes and to not in endings
    }
    every = {**nodes, **endings, **lost}
    laid = layout(list(every), list(ways), str(story.get("start", "")))
    order = sorted(every, key=lambda id: (laid.places[id][1], laid.places[id][0]))
    codes = dict(_codes(order, nodes, endings))
    spots = tuple(
        Spot(
            id,
            "lost" if id in lost else _kind(endings[id]) if id in endings else "node",
            codes.get(id, "?"),
            str(every[id].get("title") or ""),
            laid.places[id],
            tuple(told.get(id, ())),
        )
        for id in order
    )
    roads = tuple(
        Road(one, two, tuple(choices), laid.roads[one, two], (one, two) in laid.back)
        for (one, two), choices in ways.items()
    )
    return Graph(spots, roads, laid.layers, laid.width)


def decision(node: Mapping[str, Any]) -> int:
    """Which decision a node says it is; 0 where it says nothing that counts."""
    number = node.get("decision")
    return number if isinstance(number, int) and not isinstance(number, bool) else 0


def records(value: Any) -> list[Mapping[str, Any]]:
    """The records in a list; what is none is left out."""
    found = value if isinstance(value, list | tuple) else ()
    return [one for one in found if isinstance(one, Mapping)]


def _named(value: Any) -> dict[str, Mapping[str, Any]]:
    found = value.items() if isinstance(value, Mapping) else ()
    return {str(id): one if isinstance(one, Mapping) else {} for id, one in found}


def _kind(ending: Mapping[str, Any]) -> Kind:
    return "costly" if ending.get("kind") == "costly" else "acceptable"


def _codes(
    order: Sequence[str], nodes: Mapping[str, Mapping[str, Any]], endings: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """A short name for each place: the number of its decision, and a letter if there are more."""
    counted = defaultdict[int, list[str]](list)
    for id in order:
        if id in nodes:
            counted[decision(nodes[id])].append(id)
    for number, same in counted.items():
        for place, id in enumerate(same):
            letter = ascii_lowercase[place % 26] if len(same) > 1 else ""
            yield id, f"{number or '?'}{letter}"
    yield from ((id, f"E{n}") for n, id in enumerate([one for one in order if one in endings], 1))
