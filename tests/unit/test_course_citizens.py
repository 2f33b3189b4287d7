"""Her details stand in a story's letters, and are refused wherever learners would read braces."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from modules.course import check
from modules.course.check.citizens import citizens
from tests.unit.tiny_course import SLUG, change

STORY = "scenario.en.yaml"
TERM = '- {id: claim, term: Claim, definition: "{citizen.first} makes one."}\n'


def stops(root: Path) -> list[str]:
    return [str(one) for one in check.problems(root) if one.stops]


def with_letter(root: Path, text: str, entry: str = "Told by letter.") -> None:
    """Give the story's first choice a letter."""
    path = root / SLUG / STORY
    story = yaml.safe_load(path.read_text("utf-8"))
    node = next(iter(story["nodes"].values()))
    choice = next(iter(node["choices"].values()))
    choice["citizen"] = {"kind": "letter", "text": text, "entry": entry}
    path.write_text(yaml.safe_dump(story, allow_unicode=True), "utf-8")


def test_her_details_are_welcome_in_a_letter_and_in_her_file(root: Path) -> None:
    with_letter(root, "Dear Ms {citizen.last}, it is done.", "Written to at {citizen.address}.")
    assert stops(root) == []


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("lesson.en.md", "> **Rule of thumb.** Keep it small."),
        ("lesson.en.md", "You can read a tiny lesson."),
        ("questions.en.yaml", "What is tiny in"),
        ("questions.en.yaml", "It is small."),
        (STORY, "What do you do?"),
        ("job-aid.en.md", None),
    ],
)
def test_elsewhere_each_is_named_with_its_place_and_what_to_do(
    root: Path, file: str, old: str | None
) -> None:
    body = (root / SLUG / file).read_text("utf-8")
    old = old or body.strip().splitlines()[-1]
    change(root, file, old, old + " {citizen.first}")
    [told] = [one for one in stops(root) if "Found {citizen.first}" in one]
    assert f"{SLUG}/{file}" in told
    assert "line " in told
    assert "only in the citizen text and entry of a story’s choice" in told
    assert "Move the sentence there" in told


def test_a_definition_of_the_glossary_holds_no_details_of_hers() -> None:
    [problem] = citizens({"glossary.en.yaml": TERM})
    assert "definition" in problem.place
    assert problem.stops


@pytest.mark.parametrize("wrong", ["{Citizen.first}", "{ citizen.first }", "{citizen .first}"])
def test_a_misspelt_place_in_a_letter_is_told_how_it_is_written(root: Path, wrong: str) -> None:
    with_letter(root, f"Dear {wrong}, it is done.")
    [told] = stops(root)
    assert f"Found {wrong}; expected {{citizen.first}}" in told


def test_a_detail_that_we_do_not_know_is_told_once(root: Path) -> None:
    with_letter(root, "Dear {citizen.husband}, it is done.")
    [told] = stops(root)
    assert "husband" in told


def test_a_question_may_have_a_case_word_of_that_name() -> None:
    assert citizens({"m/questions.en.yaml": "Q:\n  stem: 'What does {citizen} ask?'\n"}) == []
