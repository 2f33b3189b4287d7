"""The check on facts and sources: used, known, in date, and strong enough to grade on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.tiny_course import FACTS, SOURCES, Break, change, found, says_where

REGISTERED: dict[str, Break] = {
    "a misconception without a sentence": (
        "misconceptions.yaml",
        "title: The first that comes to mind is the right one",
        "title: ''",
        "misconceptions.yaml",
        "haste > title",
        "",
    ),
    "a fact with an unknown source": (
        "facts.yaml",
        "source: source-a",
        "source: source-z",
        "facts.yaml",
        "fact-a > source",
        "source-z",
    ),
    "an item that rests on an unverified fact": (
        "facts.yaml",
        'status: "V"',
        'status: "S"',
        "questions.yaml",
        "M01-Q07 > facts > 1",
        "nothing graded rests on it",
    ),
    "a stem that cites an unverified fact": (
        "facts.yaml",
        'status: "V"',
        'status: "K/V"',
        "questions.en.yaml",
        "M01-Q08 > stem",
        "fact-a has the status K/V",
    ),
}


@pytest.mark.parametrize("broken", REGISTERED.values(), ids=REGISTERED.keys())
def test_the_check_says_where_and_what(root: Path, broken: Break) -> None:
    says_where(root, broken)


def test_a_fact_that_nothing_uses_stops_until_a_lesson_or_a_term_cites_it(root: Path) -> None:
    (root / "facts.yaml").write_text(FACTS + FACTS.replace("fact-a", "fact-b"), "utf-8")
    (problem,) = found(root)
    assert problem.stops
    assert problem.place == "line 8, fact-b > id"
    term = "- {id: tiny, term: Tiny, definition: 'Small [@fact-b].'}\n"
    (root / "glossary.en.yaml").write_text(term, "utf-8")
    assert not [one for one in found(root) if one.stops]


def test_a_source_that_no_fact_and_no_module_names_stops(root: Path) -> None:
    spare = SOURCES.replace("source-a", "source-b")
    (root / "sources.yaml").write_text(SOURCES + spare, "utf-8")
    (problem,) = found(root)
    assert problem.stops
    assert "source-b" in problem.sentence
    change(root, "module.yaml", "sources: [source-a]", "sources: [source-a, source-b]")
    assert found(root) == []


def test_a_reason_may_tell_what_no_grade_may_rest_on(root: Path) -> None:
    weak = FACTS.replace("fact-a", "fact-s").replace('"V"', '"S"')
    (root / "facts.yaml").write_text(FACTS + weak, "utf-8")
    change(root, "questions.en.yaml", "It looks near.", "It looks near [@fact-s].")
    assert found(root) == []
    change(root, "questions.en.yaml", "The large one", "The large one [@fact-s]")
    (problem,) = found(root)
    assert problem.stops
    assert "nothing graded rests on it" in problem.sentence


def test_a_fact_expires_on_the_day_after_its_review_date(root: Path) -> None:
    assert found(root, date(2027, 5, 1)) == []
    (problem,) = found(root, date(2027, 5, 2))
    assert problem.place == "line 7, fact-a > review_by"
