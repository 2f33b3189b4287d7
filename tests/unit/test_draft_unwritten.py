"""What a template brought and nobody replaced."""

from __future__ import annotations

import pytest

from modules import words
from modules.drafts import beginning, fields, screens, starting, unwritten

SAY = words.of("en")
SLUG = "m50-visitors"


@pytest.fixture
def files():
    return beginning.template("M50", SLUG, "Visitors", SAY)


def places(files):
    found = unwritten.problems(files, SLUG, SAY)
    assert not any(one.stops for one in found)
    return [(one.file.rpartition("/")[2], one.place.partition(", ")[2]) for one in found]


def test_a_module_that_has_just_begun_has_all_its_parts_to_write(files):
    assert places(files) == [
        ("lesson.en.md", "promise"),
        ("lesson.en.md", "objectives"),
        ("lesson.en.md", "screen reading"),
        ("questions.en.yaml", "M50-Q01"),
        ("questions.en.yaml", "M50-Q02"),
        ("questions.en.yaml", "M50-Q03"),
        ("job-aid.en.md", ""),
    ]


def test_a_part_counts_as_written_once_none_of_those_words_is_left(files):
    lesson, items = f"{SLUG}/lesson.en.md", f"{SLUG}/questions.en.yaml"
    files[lesson] = screens.put(files[lesson], "reading", markdown="Visitors sign in.")
    files[items] = fields.put(files[items], ("M50-Q01", "stem"), "Who signs in?")
    left = places(files)
    assert ("lesson.en.md", "screen reading") not in left
    assert ("questions.en.yaml", "M50-Q01") in left  # its answers are not written
    why = {"text": "Everybody", "why": "The desk asks all."}
    for id in "abc":
        files[items] = fields.put(files[items], ("M50-Q01", "options", id), why)
    assert ("questions.en.yaml", "M50-Q01") not in places(files)


@pytest.mark.parametrize("kind", starting.KINDS)
def test_a_question_of_each_kind_is_told_until_it_is_written(files, kind):
    _, text = starting.question(kind, "M50-Q04", "O1", SAY)
    path = f"{SLUG}/questions.en.yaml"
    files[path] = fields.put(files[path], ("M50-Q04",), text)
    assert ("questions.en.yaml", "M50-Q04") in places(files)


def test_what_cannot_be_read_is_left_to_the_check(files):
    files[f"{SLUG}/questions.en.yaml"] = "a: [1"
    assert unwritten.problems(files, SLUG, SAY) == []
