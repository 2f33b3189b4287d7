"""Pictures and recordings among text: what is one, what is none, and what text is left."""

from __future__ import annotations

import pytest

from modules import pictured
from modules.pictured import Picture, Recording


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("![A map](pictures/map.png)", Picture("pictures/map.png", "A map")),
        (
            '![A map](pictures/map.png "Where it rose [@fact-a]")',
            Picture("pictures/map.png", "A map", "Where it rose [@fact-a]"),
        ),
        (
            r'![A \[grey\] map](pictures/map.png "She said \"no\"") ',
            Picture("pictures/map.png", "A [grey] map", 'She said "no"'),
        ),
        ("{uk} ![A form](pictures/form.png)", Picture("pictures/form.png", "A form", law="uk")),
        ("![](pictures/map.png)", Picture("pictures/map.png", "")),
        ("![A call](pictures/call.mp3)", Recording("pictures/call.mp3", "A call")),
        ("![A visit](pictures/visit.webm)", Recording("pictures/visit.webm", "A visit")),
        # Elsewhere, and refused later with a sentence: it must not stay as Markdown.
        ("![A map](https://example.org/a.png)", Picture("https://example.org/a.png", "A map")),
    ],
)
def test_a_line_of_its_own_is_a_picture_or_a_recording(line: str, part: object) -> None:
    assert pictured.placed(line) == part


@pytest.mark.parametrize(
    "line",
    [
        "See ![A map](pictures/map.png)",
        "![A map](pictures/map.png) here",
        "  ![A map](pictures/map.png)",
        "![A map][map]",
        "[A map](pictures/map.png)",
        "> ![A map](pictures/map.png)",
        "![A map](pictures/my map.png)",
        "Text",
        "",
    ],
)
def test_anything_else_is_none(line: str) -> None:
    assert pictured.placed(line) is None


TEXT = "Before.\n\n![A map](pictures/map.png)\nBetween.\n![A call](pictures/call.mp3)\n\nAfter."


def test_a_text_falls_into_its_prose_and_what_is_shown_in_it() -> None:
    assert list(pictured.parted(TEXT)) == [
        "Before.",
        Picture("pictures/map.png", "A map"),
        "Between.",
        Recording("pictures/call.mp3", "A call"),
        "After.",
    ]
    assert [one.line for one in pictured.shown(TEXT)] == [2, 4]
    assert pictured.words(TEXT) == "Before.\n\nBetween.\n\nAfter."
    assert pictured.described(TEXT) == "Before.\n\n(A map)\n\nBetween.\n\n(A call)\n\nAfter."


def test_what_stands_in_code_is_shown_as_it_is_written() -> None:
    text = "```\n![A map](pictures/map.png)\n```"
    assert list(pictured.parted(text)) == [text]


def test_a_recording_knows_the_files_of_its_words() -> None:
    one = Recording("pictures/call.mp3", "A call")
    assert one.captions("fr") == "pictures/call.fr.vtt"
    assert one.transcript("fr") == "pictures/call.fr.md"
    assert one.heard
    assert not Recording("pictures/visit.mp4", "A visit").heard
