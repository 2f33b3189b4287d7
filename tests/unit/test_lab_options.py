"""What a form can set of a lab, with the bounds that the lab itself names."""

from __future__ import annotations

import pytest

from modules.course.files.folder import texts
from modules.drafts import lab_options
from modules.settings import ROOT

CONTENT = ROOT / "content"
LABS = [
    (path.parent.name, path.stem)
    for path in sorted(CONTENT.glob("*/lab*.yaml"))
    if "." not in path.stem
]


def of(slug):
    return texts(CONTENT, slug)[0]


def by_name(slug, name="lab"):
    return {one.name: one for one in lab_options.settings(of(slug), slug, name, "en")}


@pytest.mark.parametrize(("slug", "name"), LABS)
def test_every_shipped_lab_has_a_form_and_every_value_is_within_its_bounds(slug, name):
    files = of(slug)
    every = lab_options.settings(files, slug, name, "en")
    assert {"title", "task"} <= {one.name for one in every if one.worded}
    for one in every:
        if one.kind in ("whole", "number"):
            assert one.least <= one.value <= one.most
        if one.kind == "choice":
            assert one.value in one.choices
        if one.kind == "several":
            assert set(one.value) <= set(one.choices)
    assert lab_options.made(files, slug, name, "en")


@pytest.mark.parametrize(("slug", "name"), LABS)
def test_the_place_of_a_text_is_where_its_value_stands(slug, name):
    files = of(slug)
    held = [one for one in lab_options.settings(files, slug, name, "en") if one.worded]
    for one in held[:15]:
        spot = lab_options.spot(slug, name, "en", one)
        assert spot.read(files[spot.path]) == one.value


def test_numbers_switches_and_choices_come_from_the_labs_own_options():
    held = by_name("m02-rules-of-the-road")
    assert held["people"].kind == "whole"
    assert held["fields › rent › box"].choices[:2] == ("personal", "special")
    assert "fields › rent › id" not in held
    assert by_name("m08-re-identification")["goals › attack"].kind == "number"


def test_a_value_that_is_set_is_what_the_lab_gets():
    slug = "m02-rules-of-the-road"
    files, held = of(slug), by_name(slug)
    for name, value in (("people", 4000), ("title", "Sort them")):
        spot = lab_options.spot(slug, "lab", "en", held[name])
        files[spot.path] = spot.put(files[spot.path], value)
    made = lab_options.made(files, slug, "lab", "en")
    assert (made.options.people, made.options.title) == (4000, "Sort them")


def test_a_lab_that_is_not_installed_has_no_form():
    files = {"x/lab.yaml": "lab: none_such\noptions: {}\n"}
    assert lab_options.settings(files, "x", "lab", "en") == []
    assert lab_options.settings({}, "x", "lab", "en") == []
