"""The check’s advice: hard prose, and questions that give themselves away."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.unit.tiny_course import SLUG, change, found


def test_advice_does_not_stop(root: Path) -> None:
    change(root, "questions.en.yaml", "The small one", "The small one " * 5)
    hard = "Notwithstanding organisational interoperability considerations, institutional " * 8
    change(root, "lesson.en.md", "> **Rule", f"{hard}.\n\n> **Rule")
    problems = found(root)
    assert [problem.stops for problem in problems] == [False] * 2
    said = " ".join(problem.sentence for problem in problems)
    assert "a clue" in said
    assert "school grade" in said


def test_the_bar_of_the_reading_grade_goes_with_the_level(root: Path) -> None:
    middling = (
        "The department decides about the purpose, and about the minimum information that "
        "another department requires. "
    )
    change(root, "lesson.en.md", "> **Rule", f"{middling * 4}\n\n> **Rule")
    (problem,) = found(root)
    assert "aim for 9 at most" in problem.sentence
    for file, old in (("module.yaml", "level: foundation"), ("course.yaml", "level: foundation")):
        change(root, file, old, "level: practitioner")
    assert found(root) == []


ADVICE: dict[str, tuple[str, str, str, str]] = {
    # what: (file, old, new, said)
    "a stem of two ideas": (
        "questions.en.yaml",
        "What is tiny in {place}, case 1?",
        "What is tiny " + "and small " * 30 + "in {place}?",
        "The stem has 65 words",
    ),
    "absolutes in the wrong options only": (
        "questions.en.yaml",
        "The other one",
        "Never the large one",
        "Only the wrong options say always",
    ),
}


@pytest.mark.parametrize("advised", ADVICE.values(), ids=ADVICE.keys())
def test_what_gives_an_item_away_is_advised_upon(root: Path, advised: tuple[str, ...]) -> None:
    file, old, new, said = advised
    if "Only the wrong" in said:
        change(root, file, "The large one", "Always the large one")
    change(root, file, old, new)
    (problem,) = found(root)
    assert said in problem.sentence
    assert not problem.stops


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("text: The small one", "text: The smaller one", "picks the longest option"),
        ("", "", "Option 1 is right in 100%"),
    ],
)
def test_keys_that_show_over_a_module_are_advised_upon(
    root: Path, old: str, new: str, said: str
) -> None:
    path = root / SLUG / "questions.en.yaml"
    if old:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    else:
        items = yaml.safe_load((root / SLUG / "questions.yaml").read_text("utf-8"))
        for item in items:
            item["options"].sort(key=lambda option: str(option["id"]))
        (root / SLUG / "questions.yaml").write_text(yaml.safe_dump(items), "utf-8")
    (problem,) = found(root)
    assert said in problem.sentence
    assert not problem.stops
