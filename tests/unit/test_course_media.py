"""A module with pictures: read, kept as a revision, found, and told under each law."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from modules.basics import ContentError
from modules.course import files
from modules.course.model import Picture, Recording
from modules.course.passages import of_module
from modules.questions import spoken
from tests import media
from tests.unit.test_course_check_media import SHOWN, put
from tests.unit.test_course_check_media import root as root
from tests.unit.tiny_course import SLUG, change


def test_a_screen_has_its_picture_in_its_place(root: Path) -> None:
    module = files.read_module(root, SLUG, "en")
    kinds = [type(part).__name__ for part in module.screens["reading"].parts]
    assert kinds == ["Text", "Picture", "Band", "Ask"]
    part = module.screens["reading"].parts[1]
    assert part == Picture("pictures/flood.png", "A map of the flood", "Where it rose")
    assert len(module.media["pictures/flood.png"]) == 64


def test_a_revision_names_its_pictures_and_is_read_without_them(root: Path) -> None:
    kept = json.loads(json.dumps(files.bundle(root, SLUG)))
    named = kept[f"{SLUG}/pictures/flood.png"]
    assert named.startswith("sha256:")
    read = files.read_module(root, SLUG, "en")
    (root / SLUG / "pictures/flood.png").unlink()
    assert files.module_from_bundle(kept, "en") == read


def test_another_picture_under_the_same_name_is_another_revision(root: Path) -> None:
    before = files.sha256_of(files.bundle(root, SLUG))
    put(root, "pictures/flood.png", media.picture(colour="#F2B544"))
    assert files.sha256_of(files.bundle(root, SLUG)) != before


def test_a_checkout_with_other_line_ends_is_the_same_revision(root: Path) -> None:
    put(root, "pictures/map.svg", media.SVG.replace(b"><", b">\n<"))
    before = files.sha256_of(files.bundle(root, SLUG))
    put(root, "pictures/map.svg", media.SVG.replace(b"><", b">\r\n<"))
    assert files.sha256_of(files.bundle(root, SLUG)) == before


def test_a_module_whose_picture_is_missing_is_not_read(root: Path) -> None:
    (root / SLUG / "pictures/flood.png").unlink()
    with pytest.raises(ContentError, match=r"pictures/flood\.png is not there"):
        files.read_module(root, SLUG, "en")


def test_a_picture_for_one_law_is_shown_to_its_readers_only(root: Path) -> None:
    change(root, "lesson.en.md", SHOWN, f"{{uk}} {SHOWN}")
    for law, there in (("uk", True), ("eu", False), ("neutral", False)):
        parts = files.read_module(root, SLUG, "en", law).screens["reading"].parts
        assert any(isinstance(part, Picture) for part in parts) is there


def test_the_words_of_pictures_and_recordings_can_be_searched(root: Path) -> None:
    put(root, "pictures/call.mp3", media.sound())
    put(root, "pictures/call.en.md", b"A neighbour reports the *culvert*.\n")
    change(root, "lesson.en.md", SHOWN, f"{SHOWN}\n\n![A call](pictures/call.mp3)")
    change(root, "job-aid.en.md", "Keep it small.", "![Three steps](pictures/flood.png)")
    module = files.read_module(root, SLUG, "en")
    assert any(isinstance(part, Recording) for part in module.screens["reading"].parts)
    screen, aid = of_module(module)
    for words in ("A map of the flood", "Where it rose", "A call", "reports the culvert"):
        assert words in screen.text
    assert aid.text == "(Three steps)"


def test_a_question_is_read_aloud_with_the_words_of_its_picture() -> None:
    stem = "Where did it **rise** [@fact-a]?\n\n![A map](pictures/flood.png)"
    assert spoken(stem) == "Where did it rise? (A map)"
