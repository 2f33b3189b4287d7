"""Every kind of question says why, names the belief behind what is wrong, and where to read."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import yaml

from modules.basics import Problem
from modules.course.check.feedback import ANSWERS, feedback
from modules.course.check.matchings import matchings
from modules.course.files.items import read_items
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.questions import OWN, kind_of

WHY = {"why": "W"}
TWO = {"a": {"text": "A", **WHY}, "b": {"text": "B", **WHY}}
CHOICE = ({"options": [{"id": "a", "key": True}, {"id": "b", "tag": "t"}]}, {"options": TWO})
DAYS = {"a": "1984-02-11", "b": "1990-02-31"}
ROWS = [{"id": id, "tag": "t", "cells": {"born": day, "of": "x"}} for id, day in DAYS.items()]
# By kind: its structure and its text, with every reason and tag that it needs.
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "single_choice": CHOICE,
    "multiple_choice": CHOICE,
    "numeric": ({"answer": "2", "traps": [{"value": "4", "tag": "t"}]}, {"traps": {"t": "W"}}),
    "ordering": (
        {
            "options": [{"id": id, "rank": rank} for rank, id in enumerate("abc")],
            "traps": [{"first": "c", "second": "a", "tag": "t"}],
        },
        {"options": TWO | {"c": {"text": "C", **WHY}}, "traps": {"t": "W"}},
    ),
    "matching": (
        {
            "left": [
                {"id": "a", "to": "one", "tags": {"none": "t"}},
                {"id": "b", "to": "two", "tags": {"one": "t"}},
            ],
            "right": [{"id": "one"}, {"id": "two"}, {"id": "none"}],
        },
        {
            "left": {
                "a": {"text": "A", **WHY, "tempts": {"none": "W"}},
                "b": {"text": "B", **WHY, "tempts": {"one": "W"}},
            },
            "right": {"one": {"text": "A"}, "two": {"text": "B"}, "none": {"text": "C"}},
        },
    ),
    "fill_in": (
        {"gaps": [{"id": "a", "traps": [{"id": "x", "tag": "t"}]}]},
        {
            "sentence": "In [[a]].",
            "gaps": {
                "a": {
                    "label": "A",
                    "accept": ["A"],
                    **WHY,
                    "traps": {"x": {"accept": ["B"], **WHY}},
                }
            },
        },
    ),
    "hotspot": (
        {
            "picture": "document",
            "spots": [{"id": "a", "at": "1", "key": True}, {"id": "b", "at": "2", "tag": "t"}],
        },
        {"title": "T", "lines": ["A", "B"], "spots": {"a": WHY, "b": WHY}},
    ),
    "redaction": (
        {"spans": [{"id": "a", "hide": True}, {"id": "b", "tag": "t"}]},
        {"title": "T", "passage": "[[a|A]] [[b|B]]", "spans": {"a": WHY, "b": WHY}},
    ),
    "spot_problem": (
        {
            "columns": ["born", "of"],
            "problems": [{"id": "a"}, {"id": "b"}],
            "rows": [ROWS[0], ROWS[1] | {"problem": "a"}],
        },
        {
            "title": "T",
            "columns": {"born": "Born", "of": "Of"},
            "problems": TWO,
            "rows": {"a": WHY, "b": WHY},
        },
    ),
    "judgement": (
        {
            "options": [{"id": "a", "acceptable": True}, {"id": "b", "tag": "t"}],
            "reasons": [{"id": "a", "supports": ["a"]}, {"id": "b", "tag": "t"}],
        },
        {"options": TWO, "reasons": TWO},
    ),
}
STRUCTURE, TEXT = "m01-tiny/questions.yaml", "m01-tiny/questions.en.yaml"


def item(kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A sound item of that kind, to be spoilt."""
    structure, text = deepcopy(KINDS[kind])
    head = {"id": "M01-Q01", "kind": kind, "objective": "O1", "difficulty": 1}
    # Round and back, so that no two parts are one object.
    return head | structure, yaml.safe_load(
        yaml.safe_dump({"stem": "S", "source": "A screen", "why": "W"} | text)
    )


def found(structure: dict[str, Any], text: dict[str, Any]) -> list[Problem]:
    files = {STRUCTURE: yaml.safe_dump([structure]), TEXT: yaml.safe_dump({"M01-Q01": text})}
    parts = Parts("m01-tiny", "en", Reader(files))
    read_items(parts)
    feedback(parts)
    matchings(parts)
    return parts.reader.problems


def spots(data: Any, *names: str, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where fields of these names are, and what stands in mappings of these names."""
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            inside = isinstance(value, dict) and step in names
            yield from ((*at, step, one) for one in value) if inside else ()
            yield from () if inside else spots(value, *names, at=(*at, step))
        elif step in names:
            yield (*at, step)


def put(data: Any, at: tuple[Any, ...], value: str | None) -> None:
    """Write a value there, or take out what is there."""
    for step in at[:-1]:
        data = data[step]
    if value is None:
        del data[at[-1]]
    else:
        data[at[-1]] = value


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_with_every_reason_and_tag_is_sound(kind: str) -> None:
    assert found(*item(kind)) == []


def test_every_kind_has_its_line_in_the_table() -> None:
    assert set(ANSWERS) == set(KINDS) == {kind_of(type_) for type_ in OWN}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("spoilt", ["", "   ", "[@fact-a]", None])
def test_no_reason_can_be_empty_and_none_left_out_unnoticed(kind: str, spoilt: str | None) -> None:
    tried = 0
    for at in spots(item(kind)[1], "why", "traps", "tempts"):
        if at == ("why",) and kind != "numeric" and spoilt is None:
            continue  # The parts say why already.
        structure, text = item(kind)
        put(text, at, spoilt)
        problems = found(structure, text)
        assert any(one.stops and one.file == TEXT for one in problems), at
        tried += 1
    assert tried >= 2


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("spoilt", ["", " ", None])
def test_no_wrong_answer_can_be_without_its_belief(kind: str, spoilt: str | None) -> None:
    places = list(spots(item(kind)[0], "tag", "tags"))
    assert places
    for at in places:
        structure, text = item(kind)
        put(structure, at, spoilt)
        problems = found(structure, text)
        assert any(one.stops and one.file == STRUCTURE for one in problems), at


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("spoilt", ["", " ", None])
def test_no_item_can_be_without_a_source(kind: str, spoilt: str | None) -> None:
    structure, text = item(kind)
    put(text, ("source",), spoilt)
    (problem,) = found(structure, text)
    assert problem.file == TEXT
    assert problem.place.endswith("M01-Q01 > source")
    assert problem.sentence.startswith("Found ")
    assert "expected where a learner can read it" in problem.sentence


# what: (kind, file, where, what is put there, place, what was found)
FAULTS: dict[str, tuple[str, str, tuple[Any, ...], str | None, str, str]] = {
    "a number without its reason": ("numeric", TEXT, ("why",), None, "M01-Q01", "nothing"),
    "a blank reason": (
        *("single_choice", TEXT, ("options", "a", "why"), "   ", "options > a", "“   ”"),
    ),
    "a trap of numbers": ("numeric", TEXT, ("traps",), None, "traps > t", "nothing"),
    "a trap of orders": ("ordering", TEXT, ("traps", "t"), " ", "traps > t", "“ ”"),
    "a pair": ("matching", TEXT, ("left", "a", "tempts"), None, "a > tempts > none", "nothing"),
    "a pair told without its belief": (
        *("matching", TEXT, ("left", "a", "tempts", "two"), "W", "left > a > tags > two", "no tag"),
    ),
    "a kind of problem": (
        *("spot_problem", TEXT, ("problems", "b", "why"), None, "problems > b", "nothing"),
    ),
    "a sound row": ("spot_problem", TEXT, ("rows", "a"), None, "rows > a", "nothing"),
    "a left that tempts to nothing": (
        *("matching", STRUCTURE, ("left", 1, "tags"), None, "left > b", "no tags"),
    ),
    "a right that is never right": (
        *("matching", STRUCTURE, ("left", 0, "tags"), {"two": "t"}, "right > none", "no tag"),
    ),
    "a weak reason": ("judgement", STRUCTURE, ("reasons", 1, "tag"), None, "reasons > b", "no tag"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_what_is_missing_is_told_with_its_place(fault: tuple[Any, ...]) -> None:
    kind, file, at, spoilt, place, said = fault
    structure, text = item(kind)
    put(structure if file == STRUCTURE else text, at, spoilt)
    assert any(
        place in one.place and one.sentence.startswith("Found ") and said in one.sentence
        for one in found(structure, text)
    ), [str(one) for one in found(structure, text)]


def test_a_reason_that_is_empty_in_one_case_only_is_found() -> None:
    structure, text = item("single_choice")
    structure["cases"] = ["here", "there"]
    text["cases"] = {"here": {"it": "It is."}, "there": {"it": " "}}
    text["options"]["a"]["why"] = "{it}"
    (problem,) = found(structure, text)
    assert "options > a" in problem.place


def test_what_has_no_text_at_all_is_told_once() -> None:
    structure, text = item("hotspot")
    put(text, ("spots", "b"), None)
    (problem,) = found(structure, text)
    assert "There is no text for spots: b" in problem.sentence


def test_an_item_that_says_nothing_can_still_be_read() -> None:
    """Content published before the check asked for reasons has to stay readable."""
    structure, text = item("hotspot")
    put(text, ("source",), None)
    put(text, ("spots", "a", "why"), "")
    files = {STRUCTURE: yaml.safe_dump([structure]), TEXT: yaml.safe_dump({"M01-Q01": text})}
    parts = Parts("m01-tiny", "en", Reader(files))
    read_items(parts)
    assert parts.reader.problems == []
    assert "M01-Q01" in parts.questions
