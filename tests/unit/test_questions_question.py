"""What all question types share: spoken text, the list of types, and types from packages."""

from __future__ import annotations

import sys
from typing import Literal

import pytest

from modules.basics import StewardError
from modules.markup import uncited
from modules.questions import QUESTION_TYPES, VERSIONS, Question, SingleChoice, by_kind, spoken
from modules.questions.question import label


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("**Bold** and *italics* [@seed-f7].", "Bold and italics."),
        ("***both*** `code` _under_", "both code under"),
        ("3 * 4 * 5 and snake_case_name", "3 * 4 * 5 and snake_case_name"),
        ("  two\n lines ", "two lines"),
        ("[@seed-f1]", ""),
        (r"2 \* 3 \*\* 4 and \_blank\_, **\*bold\***", "2 * 3 ** 4 and _blank_, *bold*"),
        (r"\[@seed-f1\] and \[\[g1\]\]", "[@seed-f1] and [[g1]]"),
        (r"C:\windows", r"C:\windows"),
    ],
)
def test_spoken_text_has_no_marks_and_no_cites(text, heard):
    assert spoken(text) == heard


def test_uncited_text_keeps_its_marks():
    assert uncited("**27%** deployed [@seed-f2].") == "**27%** deployed."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$5 or $6", r"\$5 or \$6"),
        ("1. First", r"1\. First"),
        ("- dash", r"\- dash"),
        (":red[x]", r":red\[x\]"),
        ("a :smile: at 16:20", r"a \:smile: at 16:20"),
        ("27% in 2022", "27% in 2022"),
    ],
)
def test_a_label_is_shown_as_it_was_written(text, shown):
    assert label(text) == shown


def test_each_type_has_a_version_and_a_kind_of_its_own():
    assert {"single_choice", "multiple_choice", "numeric"} <= set(QUESTION_TYPES)
    assert {kind: type_.VERSION for kind, type_ in QUESTION_TYPES.items()} == VERSIONS
    assert all(version >= 1 for version in VERSIONS.values())


def test_two_types_of_one_kind_are_refused():
    class Rival(Question):
        kind: Literal["single_choice"]

    with pytest.raises(StewardError, match="single_choice"):
        by_kind([SingleChoice, Rival])


PACKAGE = """
from typing import Literal
from modules.questions.question import Question

class Essay(Question):
    kind: Literal["essay"]
    VERSION = 3
"""


def test_an_installed_package_adds_a_type(tmp_path, monkeypatch):
    (tmp_path / "essays.py").write_text(PACKAGE)
    meta = tmp_path / "essays-1.0.dist-info"
    meta.mkdir()
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: essays\nVersion: 1.0\n")
    (meta / "entry_points.txt").write_text("[steward.questions]\nessay = essays:Essay\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    before = sys.modules.pop("modules.questions")
    try:
        import modules.questions as again

        assert again.VERSIONS["essay"] == 3
        question = again.read_question(
            {"id": "M01-Q01", "kind": "essay", "objective": "O1", "difficulty": 1}, {"stem": "Why?"}
        )
        assert type(question).__name__ == "Essay"
    finally:
        sys.modules["modules.questions"] = before
        sys.modules["modules"].questions = before
        sys.modules.pop("essays", None)
