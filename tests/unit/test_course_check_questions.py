"""The check on questions: keys, tags, cases, texts, and the facts that a grade rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.tiny_course import Break, change, found, says_where

QUESTIONS: dict[str, Break] = {
    "an unknown tag": (
        "questions.yaml",
        "tag: haste",
        "tag: hast",
        "questions.yaml",
        "M01-Q01 > options > b > tag",
        "misconceptions.yaml",
    ),
    "a case without its word": (
        "questions.en.yaml",
        "      place: the case-1",
        "      town: the case-1",
        "questions.yaml",
        "M01-Q01",
        "place",
    ),
    "a word that no case has": (
        "questions.en.yaml",
        "stem: What is tiny in {place}, case 4?",
        "stem: What is tiny in {town}, case 4?",
        "questions.yaml",
        "M01-Q04",
        "town",
    ),
    "words for an unknown case": (
        "questions.en.yaml",
        "    case-3:",
        "    case-9:",
        "questions.en.yaml",
        "M01-Q01",
        "case-3",
    ),
    "a pre-question matched with a harder one": (
        "questions.yaml",
        "id: M01-Q04\n  kind: single_choice\n  objective: O1\n  difficulty: 1",
        "id: M01-Q04\n  kind: single_choice\n  objective: O1\n  difficulty: 2",
        "module.yaml",
        "matched > M01-Q01",
        "difficulty 1",
    ),
    "a family that disagrees on what is critical": (
        "questions.yaml",
        "critical: true\n  family: twins",
        "critical: false\n  family: twins",
        "questions.yaml",
        "M01-Q09 > critical",
        "Make them agree",
    ),
    "a family that disagrees on how hard it is": (
        "questions.yaml",
        "id: M01-Q09\n  kind: single_choice\n  objective: O1\n  difficulty: 1",
        "id: M01-Q09\n  kind: single_choice\n  objective: O1\n  difficulty: 3",
        "questions.yaml",
        "M01-Q09 > difficulty",
        "Make them agree",
    ),
    "an item of another module": (
        "questions.yaml",
        "id: M01-Q02",
        "id: M02-Q02",
        "questions.yaml",
        "M02-Q02 > id",
        "Found “M02-Q02”; expected an id that begins with M01-",
    ),
    "a text missing for an item": (
        "questions.en.yaml",
        "M01-Q04:",
        "M01-Q44:",
        "questions.en.yaml",
        "line 1",
        "M01-Q04",
    ),
    "a text for an unknown item": (
        "questions.en.yaml",
        "M01-Q04:",
        "M01-Q44:",
        "questions.en.yaml",
        "M01-Q44",
        "no item",
    ),
    "a text for an unknown option": (
        "questions.en.yaml",
        "    b:",
        "    d:",
        "questions.en.yaml",
        "options > d",
        "“d”",
    ),
    "a translation that sets a key": (
        "questions.en.yaml",
        "      text: The large",
        "      key: true\n      text: The large",
        "questions.en.yaml",
        "options > b > key",
        "belongs in",
    ),
    "two items with one id": (
        "questions.yaml",
        "id: M01-Q02",
        "id: M01-Q01",
        "questions.yaml",
        "M01-Q01",
        "twice",
    ),
    "an unknown objective": (
        "questions.yaml",
        "objective: O1",
        "objective: O9",
        "questions.yaml",
        "M01-Q01 > objective",
        "O9",
    ),
    "a critical item without a twin": (
        "questions.yaml",
        "family: twins",
        "family: alone",
        "questions.yaml",
        "M01-Q03",
        "twin",
    ),
    "no key": (
        "questions.yaml",
        "key: true",
        "tag: haste",
        "questions.yaml",
        "M01-Q01 > options",
        "0 options",
    ),
    "two keys": (
        "questions.yaml",
        "tag: haste",
        "key: true",
        "questions.yaml",
        "M01-Q01 > options",
        "2 options",
    ),
    "a distractor without a tag": (
        "questions.yaml",
        "    tag: haste\n",
        "",
        "questions.yaml",
        "options > b",
        "tag",
    ),
    "an option without a reason": (
        "questions.en.yaml",
        "      why: It is small.\n",
        "",
        "questions.en.yaml",
        "options > a",
        "expected why",
    ),
    "an item without a source": (
        "questions.en.yaml",
        "  source: The screen\n",
        "",
        "questions.en.yaml",
        "M01-Q01 > source",
        "where a learner can read it",
    ),
    "a bare year in a question": (
        "questions.en.yaml",
        "case 5?",
        "in 2022?",
        "questions.en.yaml",
        "M01-Q05 > stem",
        "2022",
    ),
    "two options only": (
        "questions.yaml",
        "  - id: c\n    tag: haste\n",
        "",
        "questions.yaml",
        "M01-Q01 > options",
        "Found 2 options",
    ),
    "an option about the others": (
        "questions.en.yaml",
        "The other one",
        "All of the above",
        "questions.en.yaml",
        "M01-Q01 > options > c",
        "about the other options",
    ),
    "a question for what is not so": (
        "questions.en.yaml",
        "What is tiny in {place}, case 1?",
        "Which of them is not tiny in {place}?",
        "questions.en.yaml",
        "M01-Q01 > stem",
        "is not",
    ),
}


@pytest.mark.parametrize("broken", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_the_check_says_where_and_what(root: Path, broken: Break) -> None:
    says_where(root, broken)


def test_an_item_that_lists_its_facts_may_name_figures(root: Path) -> None:
    change(root, "questions.en.yaml", "case 5?", "for 27%?")
    change(root, "questions.yaml", "- id: M01-Q05\n", "- id: M01-Q05\n  facts: [fact-a]\n")
    assert found(root) == []
