"""The check on what is shown: its words, its captions, its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import media
from tests.unit.tiny_course import SLUG, change, found, write

SHOWN = '![A map of the flood](pictures/flood.png "Where it rose")'
BAND = "> **Rule of thumb.** Keep it small."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path)
    put(tmp_path, "pictures/flood.png", media.picture())
    change(tmp_path, "lesson.en.md", BAND, f"{SHOWN}\n\n{BAND}")
    return tmp_path


def put(root: Path, name: str, data: bytes) -> None:
    path = root / SLUG / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def says(root: Path, file: str, place: str, said: str, *, stops: bool = True) -> bool:
    """Whether the check says so, there."""
    every = found(root)
    met = [
        one
        for one in every
        if one.file.endswith(f"/{file}") and place in one.place and said in one.sentence
    ]
    assert met, [str(one) for one in every]
    return all(one.stops is stops for one in met)


def test_a_picture_with_its_words_is_sound(root: Path) -> None:
    assert found(root) == []


def test_each_place_that_may_show_something_is_sound(root: Path) -> None:
    change(root, "job-aid.en.md", "Keep it small.", f"Keep it small.\n\n{SHOWN}")
    story = 'story: "Somebody rings.\\n\\n![A telephone](pictures/flood.png)"'
    change(root, "scenario.en.yaml", "story: Somebody rings.", story)
    stem = 'stem: "What is tiny in {place}, case 2?\\n\\n![A dot](pictures/flood.png)"'
    change(root, "questions.en.yaml", "stem: What is tiny in {place}, case 2?", stem)
    assert found(root) == []


@pytest.mark.parametrize(
    ("shown", "said", "stops"),
    [
        ("![A map](pictures/ebb.png)", "pictures/ebb.png is not there", True),
        ("![A map](https://example.org/a.png)", "Nothing is loaded from another site", True),
        ("![A map](//example.org/a.png)", "Nothing is loaded from another site", True),
        ("![A map](pictures/../../facts.yaml)", "expected a file such as", True),
        ("![A map](data:image/png;base64,AAAA)", "expected a file such as", True),
        ("![A map](pictures/Flood.PNG)", "in small letters", True),
        ("![](pictures/flood.png)", "Nothing says what it shows", True),
        ("![flood.png](pictures/flood.png)", "is a file’s name", True),
        ("![IMG_2041](pictures/flood.png)", "is a file’s name", True),
        (f"![{'A map ' * 30}](pictures/flood.png)", "at most 150", False),
        ("![A picture of a flood](pictures/flood.png)", "Begin with what it shows", False),
        ("![A map {uk}](pictures/flood.png)", "plain words only", True),
        ('![A map](pictures/flood.png "It rose 27% in 2019")', "“27%” has no source", True),
        ("![It rose by 27%](pictures/flood.png)", "“27%” has no source", True),
        ('![A map](pictures/flood.png "<b>Here</b>")', "Found HTML", True),
        ('![A map](pictures/flood.png "Ask {local:breach-contact}")', "A local fact cannot", True),
        ("See ![A map](pictures/flood.png) here.", "stands alone on its line", True),
        ("![A map][flood]\n\n[flood]: pictures/flood.png", "stands alone on its line", True),
    ],
)
def test_what_is_shown_wrongly_is_named_on_its_line(
    root: Path, shown: str, said: str, stops: bool
) -> None:
    change(root, "lesson.en.md", SHOWN, shown)
    assert says(root, "lesson.en.md", "line 19", said, stops=stops)


def test_a_caption_may_cite_what_it_says(root: Path) -> None:
    change(root, "lesson.en.md", "Where it rose", "27% of it [@fact-a]")
    assert found(root) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (media.picture("JPEG"), "a JPEG picture"),
        (media.picture()[:-20], "damaged"),
        (media.moving("PNG"), "WCAG 2.2.2"),
        (media.picture(size=(2400, 100)), "2400 × 100 pixels"),
    ],
)
def test_a_file_that_no_lesson_takes_is_named(root: Path, data: bytes, said: str) -> None:
    put(root, "pictures/flood.png", data)
    assert says(root, "pictures/flood.png", "whole file", said)


def test_a_file_that_is_saved_anew_is_looked_at_anew(root: Path) -> None:
    put(root, "pictures/flood.png", b"")
    assert says(root, "pictures/flood.png", "whole file", "is empty")
    put(root, "pictures/flood.png", media.picture())
    assert found(root) == []


def test_a_drawing_that_runs_something_is_refused(root: Path) -> None:
    put(root, "pictures/map.svg", media.SVG.replace(b"<rect", b"<script>1</script><rect"))
    change(root, "lesson.en.md", "flood.png", "map.svg")
    assert says(root, "pictures/map.svg", "whole file", "“script”")
    assert says(root, "pictures/flood.png", "whole file", "No text shows", stops=False)


def test_what_lies_elsewhere_or_is_of_no_kind_is_named(root: Path) -> None:
    put(root, "flood.png", media.picture())
    assert says(root, "m01-tiny/flood.png", "whole file", "Move it there")
    put(root, "pictures/notes.txt", b"Notes")
    assert says(root, "pictures/notes.txt", "whole file", "“.txt” is no picture")


def test_a_film_needs_captions_and_should_be_told_to_who_cannot_see(root: Path) -> None:
    put(root, "pictures/flood.mp4", media.film())
    change(root, "lesson.en.md", "pictures/flood.png", "pictures/flood.mp4")
    assert says(root, "lesson.en.md", "line 19", "Put WebVTT beside it, as pictures/flood.en.vtt")
    put(root, "pictures/flood.en.vtt", b"WEBVTT\n\n00:02.000 --> 00:01.000\nNo.\n")
    assert says(root, "pictures/flood.en.vtt", "whole file", "ends before it begins")
    put(root, "pictures/flood.en.vtt", media.VTT)
    assert says(root, "lesson.en.md", "line 19", "Who cannot see", stops=False)
    put(root, "pictures/flood.en.md", b"The river rises.\n")
    (root / SLUG / "pictures/flood.png").unlink()
    assert found(root) == []


def test_a_sound_needs_its_words(root: Path) -> None:
    put(root, "pictures/flood.mp3", media.sound())
    change(root, "lesson.en.md", "pictures/flood.png", "pictures/flood.mp3")
    assert says(root, "lesson.en.md", "line 19", "Write them into pictures/flood.en.md")
    put(root, "pictures/flood.en.md", b"She says <i>no</i>. 27% did.\n")
    assert says(root, "pictures/flood.en.md", "line 1", "Found HTML")
    assert says(root, "pictures/flood.en.md", "line 1", "“27%” has no source")
    put(root, "pictures/flood.en.md", b"She says no. 27% did [@fact-a].\n")
    (root / SLUG / "pictures/flood.png").unlink()
    assert found(root) == []


@pytest.mark.parametrize("field", ["text: The small one", "why: It is small."])
def test_an_option_and_a_reason_show_no_picture(root: Path, field: str) -> None:
    name, _, text = field.partition(": ")
    change(root, "questions.en.yaml", field, f'{name}: "{text} ![A dot](pictures/flood.png)"')
    assert says(root, "questions.en.yaml", "M01-Q01", "stands alone on its line")


def test_a_job_aid_with_a_picture_still_has_to_fit_on_one_page(root: Path) -> None:
    change(root, "job-aid.en.md", "Keep it small.", f"{SHOWN}\n\n" * 5)
    assert says(root, "job-aid.en.md", "line", "one A4 page")
