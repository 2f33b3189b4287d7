"""A story's picture: every place can be chosen and is named, and no text can break out of it."""

from __future__ import annotations

from copy import deepcopy

import pytest
from defusedxml import ElementTree

from modules import words
from modules.course.files import read_module
from modules.scenarios.graph import graph, graph_of
from modules.scenarios.picture import picture, told
from modules.settings import ROOT
from tests.unit.flood_list import STRUCTURE

SAY = words.of("en")
SVG = "{http://www.w3.org/2000/svg}"
SHIPPED = sorted(path.parent.name for path in (ROOT / "content").glob("*/scenario.yaml"))


def parts(svg):
    return [one for one in ElementTree.fromstring(svg).iter() if one.get("data-id")]


@pytest.mark.parametrize("slug", SHIPPED)
def test_every_place_of_a_shipped_story_is_a_button_with_a_name_of_its_own(slug):
    found = graph_of(read_module(ROOT / "content", slug, "en").scenario)
    buttons = parts(picture(found, SAY, found.spots[1].id))
    assert [one.get("data-id") for one in buttons] == [one.id for one in found.spots]
    names = [one.get("aria-label") for one in buttons]
    assert len(set(names)) == len(names)
    assert [one.get("aria-pressed") for one in buttons].count("true") == 1
    assert all(one.get("tabindex") == "0" for one in buttons)


@pytest.mark.parametrize("slug", SHIPPED)
def test_no_two_places_lie_on_each_other_and_none_outside(slug):
    found = graph_of(read_module(ROOT / "content", slug, "en").scenario)
    root = ElementTree.fromstring(picture(found, SAY))
    wide, high = float(root.get("width")), float(root.get("height"))
    boxes = [
        tuple(float(one.get(name)) for name in ("x", "y", "width", "height"))
        for one in root.iter(f"{SVG}rect")
    ]
    for x, y, w, h in boxes:
        assert 0 <= x <= x + w <= wide
        assert 0 <= y <= y + h <= high
    for number, (x, y, w, h) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert abs(x - other[0]) >= w or abs(y - other[1]) >= h


def test_texts_that_look_like_html_stay_texts():
    story = deepcopy(STRUCTURE)
    bad = '"><script>alert(1)</script>'
    story["nodes"]["d1"]["title"] = bad
    story["nodes"]["d2"]["choices"][0]["goto"] = bad
    svg = picture(graph(story), SAY)
    assert "<script" not in svg
    assert bad in [one.get("data-id") for one in parts(svg)]


def test_what_is_wrong_is_said_and_marked_not_only_coloured():
    found = graph(STRUCTURE, {"d2": ["one", "two"]})
    assert told(found.spot("d2"), SAY).endswith("2 things to mend)")
    marked = next(one for one in parts(picture(found, SAY)) if one.get("data-id") == "d2")
    assert "!" in [one.text for one in marked.iter(f"{SVG}text")]


def test_a_road_is_as_wide_as_it_is_used():
    svg = picture(graph(STRUCTURE), SAY, shares={("d1", "d2"): 1.0, ("d1", "e-bad"): 7.0})
    assert svg.count("stroke-width:10.0") == 2


def test_a_story_with_nothing_in_it_has_an_empty_picture():
    assert parts(picture(graph({}), SAY)) == []
