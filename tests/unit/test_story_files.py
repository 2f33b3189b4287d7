"""Faults of a story in its files: each told with file and line, what was found, what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from modules.course import check
from modules.settings import settings

SLUG = "m01-why-share"
STRUCTURE, TEXT = "scenario.yaml", "scenario.en.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(settings().content, tmp_path / "content"))


def faults(root: Path, file: str, old: str, new: str) -> list[tuple[str, str, str]]:
    """The problems of the story's files after one change, the line numbers checked and cut off."""
    path = root / SLUG / file
    text = path.read_text("utf-8")
    assert old in text, f"the story no longer has {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [one for one in check.problems(root) if "/scenario" in one.file]
    assert all(one.stops and one.place.startswith("line ") for one in found)
    return [
        (one.file.rpartition("/")[2], one.place.partition(", ")[2], one.sentence) for one in found
    ]


def test_the_shipped_story_has_no_faults(root):
    assert not [one for one in check.problems(root) if "/scenario" in one.file]


FAULTS = {
    "a reason without its reply": (
        TEXT,
        'reply: "You do. That',
        'note: "You do. That',
        TEXT,
        "nodes > d1 > reasons > records > note",
        "not a field here",
    ),
    "a reason without text": (
        TEXT,
        'text: "I answer for the residents’ records"',
        'text: " "',
        TEXT,
        "nodes > d1 > reasons > records > text",
        "is empty: write it",
    ),
    "two reasons of one name": (
        STRUCTURE,
        "{id: minutes}, {id: records}",
        "{id: minutes}, {id: minutes}",
        STRUCTURE,
        "nodes > d1",
        "two reasons are called “minutes”: rename one",
    ),
    "one reason only": (
        STRUCTURE,
        "[{id: team}, {id: sure}, {id: change}]",
        "[{id: team}]",
        STRUCTURE,
        "nodes > d3r > reasons",
        "ound 1 reasons; write 2 to 4, or none",
    ),
    "a meter out of range": (
        STRUCTURE,
        "safety: -1, benefit: -1}",
        "safety: -3, benefit: -1}",
        STRUCTURE,
        "nodes > d1 > choices > refuse > meters > safety",
        "Found “-3”",
    ),
    "a meter that the story does not have": (
        STRUCTURE,
        "safety: -1, benefit: -1}",
        "speed: -1, benefit: -1}",
        STRUCTURE,
        "nodes > d1 > choices > refuse",
        "“speed” is not one of trust, safety, lawfulness, benefit",
    ),
    "a meter that leaves its range on some road": (
        STRUCTURE,
        "{id: delete, goto: d4, meters: {trust: 1, safety: 1}}",
        "{id: delete, goto: d4, meters: {trust: 2, safety: 1}}",
        STRUCTURE,
        "nodes > d4 > choices > tell",
        "meters: trust comes to 6, outside 1 to 5",
    ),
    "an ending that nothing leads to": (
        STRUCTURE,
        "goto: e-partly",
        "goto: e-together",
        STRUCTURE,
        "endings > e-partly",
        "is never reached: lead a choice here",
    ),
    "a story without end": (
        STRUCTURE,
        "goto: e-missed",
        "goto: d2r",
        STRUCTURE,
        "nodes",
        "round for ever through d1, d2r, d3r",
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_located_and_says_what_to_do(root, fault):
    file, old, new, where, place, says = fault
    found = faults(root, file, old, new)
    assert any((one[0], one[1]) == (where, place) and says in one[2] for one in found), found


def test_a_moment_without_reasons_is_told(root):
    path = root / SLUG / TEXT
    text = path.read_text("utf-8")
    start = text.index("    reasons:\n      team:")
    path.write_text(text[:start] + text[text.index("    choices:", start) :], "utf-8")
    [found] = faults(root, STRUCTURE, "    reasons: [{id: team}, {id: sure}, {id: change}]\n", "")
    assert found[:2] == (STRUCTURE, "nodes > d3r")
    assert found[2].startswith("has no reasons: write 2 to 4")
