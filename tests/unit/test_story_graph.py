"""A story as a graph: where its places stand, which roads cross, and what is not written yet."""

from __future__ import annotations

from copy import deepcopy

import pytest

from modules.course.files import read_module
from modules.scenarios.graph import graph, graph_of
from modules.scenarios.layers import layout
from modules.settings import ROOT
from tests.unit.flood_list import STRUCTURE

SHIPPED = sorted(path.parent.name for path in (ROOT / "content").glob("*/scenario.yaml"))


def test_each_place_stands_behind_whatever_leads_to_it():
    found = layout(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")], "a")
    assert [found.places[name][1] for name in "abcd"] == [0, 1, 2, 3]
    # The road that skips a layer passes it beside the place that stands there.
    assert [layer for _, layer in found.roads["a", "c"]] == [0, 1, 2]
    assert found.roads["a", "c"][1][0] != found.places["b"][0]


def test_layers_are_sorted_so_that_no_road_crosses_without_need():
    edges = [("s", "a"), ("s", "b"), ("a", "y"), ("b", "x")]
    found = layout(["s", "a", "b", "x", "y"], edges, "s")
    assert (found.places["a"] < found.places["b"]) == (found.places["y"] < found.places["x"])


def test_a_story_that_goes_round_is_drawn_with_its_road_back():
    found = layout(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a"), ("b", "b")], "a")
    assert found.back == {("c", "a"), ("b", "b")}
    assert [found.places[name][1] for name in "abc"] == [0, 1, 2]
    assert found.roads["c", "a"] == (found.places["c"], found.places["a"])


def test_no_two_places_stand_on_one_point():
    edges = [("a", f"b{n}") for n in range(5)] + [(f"b{n}", "c") for n in range(5)] + [("a", "c")]
    found = layout(["a", "c", *(f"b{n}" for n in range(5))], edges, "a")
    assert len(set(found.places.values())) == 7
    assert found.layers == 3
    assert found.width == 6  # five places, and the road that passes them


@pytest.mark.parametrize("slug", SHIPPED)
def test_every_shipped_story_is_drawn_whole(slug):
    story = read_module(ROOT / "content", slug, "en").scenario
    found = graph_of(story)
    assert {one.id for one in found.spots} == {*story.nodes, *story.endings}
    assert found.spots[0].id == story.start
    roads = {(one.start, choice, one.end) for one in found.roads for choice in one.choices}
    assert roads == {
        (id, choice.id, choice.goto) for id, node in story.nodes.items() for choice in node.choices
    }
    codes = [one.code for one in found.spots]
    assert len(codes) == len(set(codes))
    assert all(one.title for one in found.spots)
    # A decision that counts one further stands one layer further: nothing leads backwards.
    for one in found.spots:
        if one.kind == "node":
            assert one.at[1] == story.nodes[one.id].decision - 1


def test_a_place_that_is_not_written_yet_is_drawn_as_lost():
    story = deepcopy(STRUCTURE)
    story["nodes"]["d2"]["choices"][0]["goto"] = "d7"
    lost = graph(story).spot("d7")
    assert lost.kind == "lost"
    assert lost.code == "?"
    assert graph(story).leading("d7") == (("d2", story["nodes"]["d2"]["choices"][0]["id"]),)


@pytest.mark.parametrize(
    "story",
    [
        {},
        {"start": 3, "nodes": [1], "endings": "x"},
        {"start": "a", "nodes": {"a": None}},
        {"start": "a", "nodes": {"a": {"decision": "one", "choices": ["x", {"goto": 7}]}}},
        {"start": "b", "nodes": {"a": {"choices": [{"goto": "a"}]}}, "endings": {"a": {}}},
    ],
)
def test_a_story_that_is_hardly_begun_is_drawn_as_far_as_it_goes(story):
    found = graph(story)
    assert len(found.spots) == len({one.id for one in found.spots})


def test_what_is_wrong_at_a_place_stands_with_it():
    found = graph(STRUCTURE, {"d2": ["is never reached"]})
    assert found.spot("d2").problems == ("is never reached",)
    assert found.spot("d1").problems == ()
