"""The check on what is read: lessons, stories and job aids, with their figures and texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules.course.check.prose import marked
from tests.unit.tiny_course import Break, says_where

PROSE: dict[str, Break] = {
    "a story of another module": (
        "scenario.yaml",
        "id: M01-S",
        "id: M02-S",
        "scenario.yaml",
        "id",
        "Found “M02-S”; expected an id that begins with M01-",
    ),
    "a name that YAML reads as yes": (
        "lesson.en.md",
        "title: Tiny",
        "on: 1\ntitle: Tiny",
        "lesson.en.md",
        "line 2",
        "quotes",
    ),
    "a text missing for an objective": (
        "lesson.en.md",
        "{O1: Say",
        "{O2: Say",
        "lesson.en.md",
        "objectives",
        "O1",
    ),
    "a text missing for a step": (
        "lesson.en.md",
        "  check: {title: Check}\n",
        "",
        "lesson.en.md",
        "steps",
        "check",
    ),
    "an unknown item on a screen": (
        "lesson.en.md",
        "ask M01-Q02",
        "ask M01-Q77",
        "lesson.en.md",
        "line 21",
        "M01-Q77",
    ),
    "a form's item on a screen": (
        "lesson.en.md",
        "ask M01-Q02",
        "ask M01-Q03",
        "lesson.en.md",
        "line 21",
        "practice",
    ),
    "a line that places nothing": (
        "lesson.en.md",
        "{ask M01-Q02}",
        "{aks M01-Q02}",
        "lesson.en.md",
        "line 21",
        "places nothing",
    ),
    "a heading without an id": (
        "lesson.en.md",
        "## {#reading}",
        "##",
        "lesson.en.md",
        "line 15",
        "A screen begins",
    ),
    "an unknown fact": ("lesson.en.md", "@fact-a", "@fact-z", "lesson.en.md", "line 17", "fact-z"),
    "a bare figure on a screen": (
        "lesson.en.md",
        " [@fact-a]",
        "",
        "lesson.en.md",
        "line 17",
        "27%",
    ),
    "a bare article in a story": (
        "scenario.en.yaml",
        "Somebody rings",
        "Article 6 rings",
        "scenario.en.yaml",
        "d1 > story",
        "Article 6",
    ),
    "a bare figure in the job aid": (
        "job-aid.en.md",
        "Keep it small",
        "Keep 5 per cent",
        "job-aid.en.md",
        "line 5",
        "5 per cent",
    ),
    "a count on a screen": (
        "lesson.en.md",
        "Keep it small",
        "It went to 12,500 homes",
        "lesson.en.md",
        "line 19",
        "12,500",
    ),
    "a place in a law in an invented town": (
        "scenario.en.yaml",
        "Somebody rings",
        "Fernleigh quotes section 170",
        "scenario.en.yaml",
        "d1 > story",
        "section 170",
    ),
    "HTML": (
        "lesson.en.md",
        "Keep it small",
        "Keep <b>it</b> small",
        "lesson.en.md",
        "line 19",
        "<b>",
    ),
    "a story that leads nowhere": (
        "scenario.yaml",
        "goto: e-bad",
        "goto: e-none",
        "scenario.yaml",
        "skip",
        "e-none",
    ),
}


@pytest.mark.parametrize("broken", PROSE.values(), ids=PROSE.keys())
def test_the_check_says_where_and_what(root: Path, broken: Break) -> None:
    says_where(root, broken)


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("Fees of $5 or $10", "$5 or $"),
        ("The *new* form", "*new*"),
        ("Who is :smile: first", ":smile:"),
        ("[Here](https://x.example) it is", "[Here]("),
        ("A file_name_here, 2 * 3 = 6, from 10:30", ""),
        ("Fees of $5: what is due?", ""),
    ],
)
def test_a_title_that_pages_would_turn_into_something_else_is_told(title, seen):
    told = marked(title)
    assert (f"“{seen}”" in told) if seen else told == ""
