"""Frozen grades: what was graded once is graded so again, or the type's VERSION was raised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from modules.questions import QUESTION_TYPES, read_question

FILE = Path(__file__).with_name("frozen_grades.json")
CASES = json.loads(FILE.read_text("utf-8"))


def graded(case):
    item = read_question(case["question"], case["text"]).variant(case["seed"])
    grades = (item.grade(response) for response in case["responses"])
    return [[grade.score, grade.right, list(grade.tags)] for grade in grades]


@pytest.mark.parametrize("kind", CASES)
def test_a_grader_that_changes_says_so_in_its_version(kind):
    frozen, version = CASES[kind], QUESTION_TYPES[kind].VERSION
    now = [graded(case) for case in frozen["cases"]]
    was = [case["grades"] for case in frozen["cases"]]
    advice = f"then write the new grades and version into {FILE.name}: {json.dumps(now)}"
    if version == frozen["version"]:
        assert now == was, f"{kind} grades differently: raise {kind}'s VERSION, {advice}"
    else:
        assert (frozen["version"], was) == (version, now), (
            f"{kind} is now version {version}: {advice}"
        )


def test_every_type_of_ours_has_frozen_grades():
    ours = {k for k, type_ in QUESTION_TYPES.items() if type_.__module__.startswith("modules.")}
    assert ours == set(CASES)
