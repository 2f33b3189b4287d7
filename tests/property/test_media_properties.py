"""Whatever bytes somebody sends as a picture or a recording: a sentence, never a crash."""

from __future__ import annotations

import random

import pytest

from modules.basics import BadInput
from modules.course.media import measured, prepared
from tests import media

SEEDS = {
    "a.png": media.picture(),
    "a.jpg": media.photograph((120, 80)),
    "a.webp": media.picture("WEBP"),
    "a.gif": media.moving(),
    "a.svg": media.SVG,
    "a.mp4": media.film(place=b"+53.7-1.5/"),
    "a.webm": media.webm(),
    "a.mp3": media.sound(b"TPE1 somebody"),
    "a.en.vtt": media.VTT,
}
TIMES = 150


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The data with some of its bytes changed, cut off, doubled, or put elsewhere."""
    made = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(made) or 1)
        size = rng.randint(1, 40)
        match rng.randrange(5):
            case 0:
                made[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                made[at : at + size] = b""
            case 2:
                made[at:at] = made[at : at + size] * rng.randint(1, 4)
            case 3:
                made[at : at + 4] = rng.choice(
                    (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff")
                )
            case 4:
                made = made[: max(1, at)]
    return bytes(made)


@pytest.mark.parametrize("name", SEEDS)
def test_a_damaged_or_hostile_file_is_taken_whole_or_refused_with_a_sentence(name: str) -> None:
    rng = random.Random(name)
    refused = 0
    for _ in range(TIMES):
        data = mutated(SEEDS[name], rng)
        for sentence in measured(data, name).problems:
            assert sentence.rstrip("”").endswith(".")
        try:
            made, called = prepared(data, name)
        except BadInput as error:
            refused += 1
            assert str(error)
            continue
        assert measured(made, called).problems == ()
    assert refused
