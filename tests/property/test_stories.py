"""Any story that the check lets through ends, adds up and can be walked again from its record."""

from __future__ import annotations

import json

from hypothesis import assume, given
from hypothesis import strategies as st

from modules.course.files import read_module
from modules.scenarios import (
    Path,
    Scenario,
    Taken,
    at,
    choose,
    ended,
    map_html,
    meters,
    must_say_why,
    offered,
    place,
    problems,
    replay,
)
from modules.settings import settings

SHIPPED = read_module(settings().content, "m01-why-share", "en").scenario
METERS = ["trust", "safety"]


def say(key, /, **values):
    return " ".join([key, *map(str, values.values())])


@st.composite
def stories(draw):
    """A story of up to four decisions whose roads part, join and depend on each other."""
    depth = draw(st.integers(1, 4))
    layers = [
        [f"d{i}{letter}" for letter in "abc"[: draw(st.integers(1, 3))]] for i in range(depth)
    ]
    layers[0] = layers[0][:1]
    ends = ["e-one", "e-two", "e-three"][: draw(st.integers(1, 3))]
    nodes = {}
    for number, layer in enumerate(layers):
        following = layers[number + 1] if number + 1 < depth else ends
        earlier = layers[number - 1] if number else []
        for id_ in layer:
            choices = []
            for letter in "xyz"[: draw(st.integers(2, 3))]:
                choice = {
                    "id": letter,
                    "goto": draw(st.sampled_from(following + (ends if number else []))),
                    "meters": draw(st.dictionaries(st.sampled_from(METERS), st.integers(-2, 2))),
                }
                if earlier and letter == "z":
                    choice["when"] = {draw(st.sampled_from(earlier)): draw(st.sampled_from("xyz"))}
                choices.append(choice)
            reasons = [{"id": one} for one in "abcd"[: draw(st.sampled_from([0, 2, 3, 4]))]]
            nodes[id_] = {"decision": number + 1, "choices": choices, "reasons": reasons}
    made = Scenario.model_validate(
        {
            "id": "M01-S",
            "start": layers[0][0],
            "meters": METERS,
            "nodes": nodes,
            "endings": {one: {"kind": "costly"} for one in ends},
            "max_steps": depth,
        }
    )
    # What is unreached or unwritten spoils no walk; unknown names and dead ends would.
    serious = [p for p in problems(made) if "there is no" in p.sentence or "dead end" in p.sentence]
    assume(not serious)
    return made


def walk(scenario, data):
    """Choose at random until the end; the path, and every step as it would be stored."""
    path, stored = Path(), []
    while not ended(scenario, path):
        choice = data.draw(st.sampled_from([one.id for one in offered(scenario, path)]))
        why = ""
        if must_say_why(scenario, path):
            why = data.draw(st.sampled_from([one.id for one in at(scenario, path).reasons]))
        stored.append([place(scenario, path), choice, why])
        path = choose(scenario, path, choice, why)
        assert len(path.steps) <= scenario.max_steps
    return path, stored


def holds(scenario, data):
    path, stored = walk(scenario, data)
    again = replay(scenario, json.loads(json.dumps(stored)))
    assert again == path
    assert place(scenario, again) in scenario.endings
    assert offered(scenario, again) == ()
    for meter, total in meters(scenario, path).items():
        every = (
            next(c for c in scenario.nodes[node].choices if c.id == choice).meters.get(meter, 0)
            for node, choice, _ in path.steps
        )
        assert total == sum(every)
    assert all(isinstance(step, Taken) for step in path.steps)
    html = map_html(scenario, path, say)
    assert html.count("sw-taken") == len(path.steps)
    assert html.count("<li") == html.count("</li>")


@given(stories(), st.data())
def test_every_walk_ends_adds_up_and_replays(scenario, data):
    holds(scenario, data)


@given(stories())
def test_the_check_finds_each_choice_that_takes_a_meter_out_of_range_on_some_walk(scenario):
    left, roads = set(), [Path()]
    while roads:
        path = roads.pop()
        before = meters(scenario, path)
        for choice in offered(scenario, path):
            after = choose(scenario, path, choice.id)
            for meter, total in meters(scenario, after).items():
                # Where a road leaves the range, not each step that it takes outside.
                inside = all(
                    abs(meters(scenario, Path(path.steps[:n]))[meter]) <= 2
                    for n in range(len(path.steps) + 1)
                )
                if inside and abs(total) > 2 >= abs(before[meter]):
                    left.add((f"nodes/{place(scenario, path)}/choices/{choice.id}", meter))
            roads.append(after)
    told = [p for p in problems(scenario) if p.sentence.startswith("meters: ")]
    assert sorted((p.place, p.sentence.split()[1]) for p in told) == sorted(left)


@given(st.data())
def test_every_walk_through_the_shipped_story_ends_adds_up_and_replays(data):
    holds(SHIPPED, data)


@given(st.data())
def test_what_the_map_says_of_a_road_is_where_its_walks_end(data):
    path, _ = walk(SHIPPED, data)
    number = data.draw(st.integers(0, len(path.steps) - 1))
    so_far = Path(path.steps[:number])
    turned = data.draw(st.sampled_from([one.id for one in offered(SHIPPED, so_far)]))
    other = choose(SHIPPED, so_far, turned)
    while not ended(SHIPPED, other):
        other = choose(
            SHIPPED, other, data.draw(st.sampled_from([c.id for c in offered(SHIPPED, other)]))
        )
    joined = SHIPPED.nodes[path.steps[number].node]
    goto = {one.id: one.goto for one in joined.choices}
    html = map_html(SHIPPED, path, say)
    if goto[turned] == goto[path.steps[number].choice]:
        assert "scenario.map.joins" in html or turned == path.steps[number].choice
    else:
        assert SHIPPED.endings[place(SHIPPED, other)].title in html
