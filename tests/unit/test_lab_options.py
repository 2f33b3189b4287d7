"""What a form can set of a lab, with the bounds that the lab itself names."""

from __future__ import annotations

import pytest

from modules.basics import BadInput
from modules.course.files.folder import texts
from modules.drafts import fields, lab_lists, lab_options
from modules.drafts.translating import translated
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


@pytest.mark.parametrize(("slug", "name"), LABS)
def test_every_list_gets_an_entry_like_its_last_and_gives_it_back(slug, name):
    files = of(slug)
    for one in lab_lists.lists(files, slug, name, "en"):
        changes, id = lab_lists.added(files, slug, name, one.at)
        now = files | changes
        again = next(x for x in lab_lists.lists(now, slug, name, "en") if x.at == one.at)
        assert again.ids == (*one.ids, id)
        after = now | lab_lists.taken(now, slug, name, one.at, id)
        assert lab_lists.lists(after, slug, name, "en") == lab_lists.lists(files, slug, name, "en")
        assert lab_options.made(after, slug, name, "en") == lab_options.made(
            files, slug, name, "en"
        )


def test_a_new_entry_has_empty_texts_which_the_form_asks_for():
    slug = "m01-why-share"
    files = of(slug)
    files |= lab_lists.added(files, slug, "lab", ("headlines",), "seventh")[0]
    held = {one.name: one for one in lab_options.settings(files, slug, "lab", "en")}
    assert held["headlines › seventh › text"].value == ""
    assert held["headlines › seventh › base"].choices == held["headlines › h1 › base"].choices
    assert held["headlines › seventh › facts"].kind == "lines"


def test_an_entry_that_is_named_elsewhere_is_not_taken_out():
    slug = "m01-why-share"
    files = of(slug)
    with pytest.raises(BadInput, match="is named at headlines"):
        lab_lists.taken(files, slug, "lab", ("dates",), "june-2022")


@pytest.mark.parametrize(
    ("name", "told"), [("Two words", "cannot be a short name"), ("h1", "already")]
)
def test_a_short_name_that_cannot_be_is_told(name, told):
    with pytest.raises(BadInput, match=told):
        lab_lists.added(of("m01-why-share"), "m01-why-share", "lab", ("headlines",), name)


def test_an_entry_goes_with_its_words_in_every_language_and_what_they_were_held_against():
    slug = "m01-why-share"
    files = of(slug)
    files |= lab_lists.added(files, slug, "lab", ("headlines",), "seventh")[0]
    files[f"{slug}/lab.en.yaml"] = fields.put(
        files[f"{slug}/lab.en.yaml"], ("headlines", "seventh", "text"), "Half of them."
    )
    files |= translated(files, slug, "fr", "lab/headlines/seventh/text", "La moitié.")
    assert "La moitié." in files[f"{slug}/lab.fr.yaml"]
    files |= lab_lists.taken(files, slug, "lab", ("headlines",), "seventh")
    assert "La moitié." not in files[f"{slug}/lab.fr.yaml"]
    assert "seventh" not in files[f"{slug}/translated.fr.yaml"]
