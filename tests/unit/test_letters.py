"""What a decision means for the learner's citizen: letters with her details in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from modules.course import check
from modules.scenarios import filled
from modules.scenarios.letters import FIELDS, unknown
from modules.settings import settings

WHOM = {name: f"her {name}" for name in FIELDS}
SLUG = "m01-why-share"


def test_every_detail_takes_its_place():
    for name in FIELDS:
        assert filled(f"Dear {{citizen.{name}}},", WHOM) == f"Dear her {name},"


def test_a_detail_that_is_not_known_leaves_no_braces():
    assert filled("To {citizen.first} {citizen.pet}", {"first": "Ada"}) == "To Ada …"


def test_a_name_cannot_bring_markup_into_the_letter():
    assert filled("{citizen.name}", {"name": "*Ann* [x](y)"}) == r"\*Ann\* \[x\](y)"


@given(st.text())
def test_text_without_places_stays_as_it_is(text):
    if "{citizen." not in text:
        assert filled(text, WHOM) == text
        assert unknown(text) == ()


def reaching(root: Path, citizen: dict[str, str]) -> list[str]:
    """The sentences of the check on the story, with the first choice reaching her so."""
    path = root / SLUG / "scenario.en.yaml"
    story = yaml.safe_load(path.read_text("utf-8"))
    story["nodes"]["d1"]["choices"]["ask"]["citizen"] = citizen
    path.write_text(yaml.safe_dump(story, allow_unicode=True), "utf-8")
    return [one.sentence for one in check.problems(root) if "/scenario" in one.file]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(settings().content, tmp_path / "content"))


def test_a_choice_may_say_what_reaches_her(root):
    letter = {"kind": "letter", "text": "Dear {citizen.name},", "entry": "A list with her address."}
    assert reaching(root, letter) == []


def test_a_misspelt_detail_is_told_with_those_that_exist(root):
    letter = {"kind": "letter", "text": "Dear {citizen.nmae},", "entry": "A list."}
    [told] = reaching(root, letter)
    assert told.startswith("{citizen.nmae} is nothing that we know of her")
    assert "postcode" in told


def test_a_kind_that_nobody_sends_is_refused(root):
    told = reaching(root, {"kind": "telegram", "text": "Stop.", "entry": "A wire."})
    assert len(told) == 1
    assert "letter" in told[0]


def test_an_entry_is_needed_since_her_file_is_made_of_them(root):
    assert reaching(root, {"kind": "silence", "text": "Nothing came."})
