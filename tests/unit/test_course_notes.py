"""The content check on overlays and local facts: each fault is named with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules.course import check
from tests.unit.tiny_course import FACTS, SLUG, change

LAW = """\
- id: law-uk
  statement: "In force since 2026."
  jurisdiction: "EU, UK"
  source: source-a
  last_checked: 2026-11-01
  status: "V"
  review_by: 2027-05-01
- id: law-eu
  statement: "In force since 2018."
  jurisdiction: EU
  source: source-a
  last_checked: 2026-11-01
  status: "V"
  review_by: 2027-05-01
"""
LOCAL = """\
- {key: breach-contact, title: Breach contact, about: Whom to call, instead: your line manager,
   sentence: "Tell {local:breach-contact}."}
"""
LESSON, REASONS, STORY = "lesson.en.md", "questions.en.yaml", "scenario.en.yaml"
SCREEN = "Of those asked, 27% said yes [@fact-a].\n"


@pytest.fixture
def noted(root: Path) -> Path:
    (root / "facts.yaml").write_text(FACTS + LAW, "utf-8")
    (root / "local.yaml").write_text(LOCAL, "utf-8")
    return root


def stops(root: Path) -> list[str]:
    found = [one for one in check.problems(root) if one.stops]
    # A fact that the note at hand leaves unused is another rule's affair.
    return [str(one) for one in found if not one.sentence.startswith("No lesson or term")]


def screen(root: Path, note: str) -> list[str]:
    change(root, LESSON, SCREEN, f"{SCREEN}\n{note}\n")
    return stops(root)


@pytest.mark.parametrize(
    "note",
    [
        "{uk} Since 2026 [@law-uk].",
        "{eu} Since 2018 [@law-eu].",
        "{uk}\n- one [@law-uk]\n- two",
        "> {uk} Since 2026 [@law-uk].",
        "Tell {local:breach-contact} now.",
        "{local:breach-contact} knows.",
    ],
)
def test_sound_notes_and_local_facts_pass(noted: Path, note: str) -> None:
    assert screen(noted, note) == []


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("{fr} Since 2026 [@law-uk].", "Found {fr}; known markers: {eu}, {uk}"),
        ("{UK} Since 2026 [@law-uk].", "Found {UK}; expected {uk}"),
        ("{ uk } Since 2026 [@law-uk].", "Found { uk }; expected {uk}"),
        ("Since 2026 {uk} it holds [@law-uk].", "{uk} stands inside a paragraph"),
        ("- one\n- {uk} two [@law-uk]", "{uk} stands inside a paragraph"),
        ("{uk} One {uk} two [@law-uk].", "{uk} stands inside a paragraph"),
        ("{uk} It holds.", "cites no fact of UK law"),
        ("{uk} It holds [@law-eu].", "cites no fact of UK law"),
        ("{eu} It holds [@fact-a].", "cites no fact of EU law"),
        ("{uk}", "Nothing stands behind {uk}"),
        ("Tell {local:breach-desk} now.", "breach-desk is not in local.yaml; known: breach-cont"),
        ("Tell {local: breach-contact} now.", "expected the form {local:breach-contact}"),
        ("Tell {Local:breach-contact} now.", "expected the form {local:breach-contact}"),
    ],
)
def test_a_faulty_note_is_named_once_with_its_line(noted: Path, note: str, said: str) -> None:
    [problem] = screen(noted, note)
    assert said in problem
    assert "line " in problem


def test_a_text_for_one_law_alone_needs_neutral_text(noted: Path) -> None:
    change(noted, LESSON, "> **Rule of thumb.** Keep it small.", "> **Rule.** {uk} So [@law-uk].")
    [problem] = stops(noted)
    assert "Add neutral text" in problem


@pytest.mark.parametrize("marker", ["{uk} ", "{local:breach-contact} "])
@pytest.mark.parametrize(
    ("file", "old"),
    [
        (REASONS, "What is tiny in"),
        (REASONS, "The small one"),
        (STORY, "What do you do?"),
        (STORY, "Do it"),
        (LESSON, "You can read a tiny lesson."),
    ],
)
def test_questions_options_and_titles_are_the_same_for_everybody(
    noted: Path, marker: str, file: str, old: str
) -> None:
    body = (noted / SLUG / file).read_text("utf-8")
    value = f'"{marker}{old}"' if file in (STORY, LESSON) else f"{marker}{old}"
    assert old in body
    (noted / SLUG / file).write_text(body.replace(old, value, 1), "utf-8")
    found = stops(noted)
    assert found
    assert any("are the same for everybody" in one or "YAML" in one for one in found), found


def test_a_reason_may_have_a_note_also_where_the_item_has_cases(noted: Path) -> None:
    change(noted, REASONS, "It is small.", '"It is small.\\n\\n{uk} So [@law-uk]."')
    assert stops(noted) == []


def tips(root: Path) -> list[str]:
    return [str(one) for one in check.problems(root) if not one.stops and "local.yaml" in str(one)]


def test_what_is_empty_is_listed_as_advice(noted: Path) -> None:
    [tip] = tips(noted)
    assert "Empty here: breach-contact." in tip
    (noted / "local.yaml").write_text(LOCAL.replace('}."}', '}.", value: Ann}'), "utf-8")
    assert tips(noted) == []


def test_a_broken_registry_is_reported(noted: Path) -> None:
    (noted / "local.yaml").write_text("- {key: breach-contact}\n", "utf-8")
    assert any("local.yaml" in one and "“title” is missing" in one for one in stops(noted))
