"""A course and a module are read whole, and as a revision without files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from modules.basics import ContentError
from modules.course import files
from tests.unit.tiny_course import FACTS, SLUG, change


def test_a_module_is_read_with_everything_that_its_steps_name(root: Path) -> None:
    module = files.read_module(root, SLUG, "en")
    assert [step.id for step in module.steps] == ["before", "reading", "story", "check", "aid"]
    assert [step.title for step in module.steps][:3] == ["Before", "What is tiny", "A story"]
    assert module.forms["practice"] == ("M01-Q02",)
    assert len(module.forms["check"]) == 6
    assert module.next_step("reading") == module.step("story")
    assert module.next_step("aid") is None
    assert module.twins("M01-Q03") == ("M01-Q09",)
    assert module.twins("M01-Q04") == ()
    assert module.question("M01-Q01").stem == "What is tiny in {place}, case 1?"
    item = module.question("M01-Q01").variant("any", "case-2")
    assert item.stem == "What is tiny in the case-2, case 1?"
    assert module.facts["fact-a"].review_by == date(2027, 5, 1)
    assert module.sources["source-a"].publisher == "A publisher"
    assert module.scenario is not None
    assert module.aid is not None


def test_a_course_lists_planned_modules_and_paths(root: Path) -> None:
    course = files.read_course(root)
    assert [card.planned for card in course.modules] == [False, True]
    assert course.paths[0].modules == ("M01", "M02")
    assert course.card(SLUG) is course.card("M01")


def test_a_revision_loads_without_files_as_the_same_module(root: Path) -> None:
    kept = json.loads(json.dumps(files.bundle(root, SLUG)))
    assert files.module_from_bundle(kept, "en") == files.read_module(root, SLUG, "en")


def test_a_fact_that_the_module_does_not_cite_leaves_its_revision_as_it_is(root: Path) -> None:
    before = files.sha256_of(files.bundle(root, SLUG))
    other = FACTS.replace("fact-a", "fact-b")
    (root / "facts.yaml").write_text(other + FACTS, "utf-8")
    assert files.sha256_of(files.bundle(root, SLUG)) == before
    change(root, "facts.yaml", 'id: fact-a\n  statement: "27%', 'id: fact-a\n  statement: "28%')
    assert files.sha256_of(files.bundle(root, SLUG)) != before


def test_a_picture_counts_in_the_revision_by_its_hash(root: Path) -> None:
    before = files.sha256_of(files.bundle(root, SLUG))
    (root / SLUG / "cover.png").write_bytes(b"\x89PNG\xff")
    assert files.sha256_of(files.bundle(root, SLUG)) != before


def test_reading_a_broken_module_raises_its_located_problems(root: Path) -> None:
    change(
        root, "questions.en.yaml", "stem: What is tiny in {place}, case 4?", "stme: What is tiny?"
    )
    with pytest.raises(ContentError) as raised:
        files.read_module(root, SLUG, "en")
    assert all(problem.file == f"{SLUG}/questions.en.yaml" for problem in raised.value.problems)
    assert "M01-Q04" in str(raised.value)
