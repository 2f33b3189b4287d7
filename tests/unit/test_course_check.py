"""The content check as a whole: what passes, what is missing, what cannot be read."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.unit.tiny_course import MODULE, SLUG, change, found, questions


def test_a_sound_course_has_no_problems(root: Path) -> None:
    assert found(root, date(2026, 11, 22)) == []


SMALLEST = """\
sittings:
  - id: first
    minutes: 5
    steps:
      - {id: reading, kind: screen, minutes: 2}
      - id: check
        kind: questions
        form: check
        items: [M01-Q03, M01-Q04, M01-Q05, M01-Q06, M01-Q07, M01-Q08]
        minutes: 3
reserve: [M01-Q09]
"""


def test_the_smallest_module_of_the_contributors_guide_passes(root: Path) -> None:
    (root / SLUG / "module.yaml").write_text(MODULE.partition("sittings:")[0] + SMALLEST, "utf-8")
    for old, new in (
        ("  second: {title: Second, done: You have finished.}\n", ""),
        ("  before: {title: Before, intro: Guess.}\n  story: {title: A story}\n", ""),
        ("  aid: {title: To keep}\n", ""),
        ("{ask M01-Q02}\n", ""),
    ):
        change(root, "lesson.en.md", old, new)
    for name in ("scenario.yaml", "scenario.en.yaml", "job-aid.en.md"):
        (root / SLUG / name).unlink()
    kept = [f"M01-Q{number:02}" for number in range(3, 10)]
    structure, text = (yaml.safe_load(one) for one in questions())
    items = [item for item in structure if item["id"] in kept]
    for name, data in (("", items), (".en", {id: text[id] for id in kept})):
        (root / SLUG / f"questions{name}.yaml").write_text(yaml.safe_dump(data), "utf-8")
    assert [str(problem) for problem in found(root) if problem.stops] == []


def _not_utf8(root: Path) -> None:
    (root / SLUG / "questions.en.yaml").write_bytes(b"M01-Q01:\n  stem: caf\xe9\n")


def _empty(root: Path) -> None:
    (root / SLUG / "questions.en.yaml").write_text("\n")


def _absent(root: Path) -> None:
    (root / SLUG / "questions.en.yaml").unlink()


def _broken(root: Path) -> None:
    (root / SLUG / "questions.en.yaml").write_text("M01-Q01: {stem: [\n")


@pytest.mark.parametrize("spoil", [_not_utf8, _empty, _absent, _broken])
def test_a_broken_file_is_named_once_and_hides_no_other(
    root: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(root)
    change(root, "lesson.en.md", " [@fact-a]", "")
    problems = [problem.file for problem in found(root) if problem.stops]
    assert problems == [f"content/{SLUG}/lesson.en.md", f"content/{SLUG}/questions.en.yaml"]


def test_a_second_language_needs_every_file_and_every_text(root: Path) -> None:
    change(root, "module.yaml", "languages: [en]", "languages: [en, fr]")
    missing = {problem.file for problem in found(root) if "missing" in problem.sentence}
    assert missing == {
        f"content/{SLUG}/{name}"
        for name in ("lesson.fr.md", "questions.fr.yaml", "scenario.fr.yaml", "job-aid.fr.md")
    }


def test_problems_can_be_written_as_json(root: Path) -> None:
    change(root, "module.yaml", "[O1]", "[O1, O2]")
    assert json.loads(json.dumps([dataclasses.asdict(problem) for problem in found(root)]))
