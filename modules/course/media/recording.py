"""Sound and film: whole or cut off, how large the film's picture is, and what they tell besides."""

from __future__ import annotations

from collections.abc import Iterator

DAMAGED = "The recording is damaged or cut off. Save it again from where it came."
LOCATED = (
    "The recording still says where it was made. Save it without its metadata: the studio does "
    "when you upload it."
)
PLACES = (b"\xa9xyz", b"com.apple.quicktime.location", b"loci")
SEGMENT, TRACKS, TRACK, VIDEO, WIDE, HIGH = 0x18538067, 0x1654AE6B, 0xAE, 0xE0, 0xB0, 0xBA
Box = tuple[bytes, int, int]


def look(data: bytes, type: str) -> tuple[int, int, tuple[str, ...]]:
    """Width, height, and what is wrong."""
    try:
        if type == "video/mp4":
            return _mp4(data)
        if type == "video/webm":
            return (*_webm(data), ())
        return 0, 0, () if _frames(data, _tag_end(data)) else (DAMAGED,)
    except (ValueError, IndexError):
        return 0, 0, (DAMAGED,)


def bare(data: bytes, type: str) -> bytes:
    """The recording without what it says of place, machine and people, where that is easily told.

    Raises ValueError for a damaged one.
    """
    if type == "audio/mpeg":
        end = len(data) - 128 if data[-128:-125] == b"TAG" else len(data)
        return data[_tag_end(data) : end]
    if type != "video/mp4":
        return data
    made = bytearray(data)
    for kind, start, end in _boxes(data, 0, len(data)):
        # The room stays, since the film's own tables count in bytes from the beginning.
        for first, last in _notes(data, start, end) if kind == b"moov" else ():
            made[first - 4 : last] = b"free" + bytes(last - first)
    return bytes(made)


def _notes(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where in a film's head boxes of notes begin, behind their names, and end."""
    for kind, inside, last in _boxes(data, start, end):
        if kind in (b"udta", b"meta"):
            yield inside, last
        elif kind == b"trak":
            yield from _notes(data, inside, last)


def _boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    while start < end:
        size, head = int.from_bytes(data[start : start + 4], "big"), 8
        kind = data[start + 4 : start + 8]
        if size == 1:
            size, head = int.from_bytes(data[start + 8 : start + 16], "big"), 16
        size = size or end - start
        if size < head or start + size > end:
            raise ValueError(kind)
        yield kind, start + head, start + size
        start += size


def _mp4(data: bytes) -> tuple[int, int, tuple[str, ...]]:
    every = list(_boxes(data, 0, len(data)))
    kinds = [kind for kind, _, _ in every]
    if b"moov" not in kinds or b"mdat" not in kinds:
        raise ValueError("moov")
    width = height = 0
    located = False
    for kind, start, end in every:
        if kind != b"moov":
            continue
        located |= any(place in data[start:end] for place in PLACES)
        for inner, first, last in _boxes(data, start, end):
            for deep, _, ends in _boxes(data, first, last) if inner == b"trak" else ():
                if deep == b"tkhd":
                    width = max(width, int.from_bytes(data[ends - 8 : ends - 6], "big"))
                    height = max(height, int.from_bytes(data[ends - 4 : ends - 2], "big"))
    return width, height, (LOCATED,) if located else ()


def _webm(data: bytes) -> tuple[int, int]:
    if b"webm" not in data[:64]:
        raise ValueError("doctype")
    sides, seen = {WIDE: 0, HIGH: 0}, False
    for id, start, end in _elements(data, 0, len(data)):
        if id != SEGMENT:
            continue
        seen = True
        for inner, first, last in _elements(data, start, end):
            for one, begins, ends in _elements(data, first, last) if inner == TRACKS else ():
                for two, at, till in _elements(data, begins, ends) if one == TRACK else ():
                    for side, low, top in _elements(data, at, till) if two == VIDEO else ():
                        if side in sides:
                            sides[side] = int.from_bytes(data[low:top], "big")
            if inner == TRACKS:
                break
    if not seen:
        raise ValueError("segment")
    return sides[WIDE], sides[HIGH]


def _elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Elements of EBML (RFC 8794): id, and where the body begins and ends."""
    while start < end:
        id, start = _number(data, start, marked=True)
        width = 9 - data[start].bit_length()
        size, start = _number(data, start, marked=False)
        # All ones: its size was not known when it was written.
        last = end if size == (1 << (7 * width)) - 1 else start + size
        if last > end:
            raise ValueError(id)
        yield id, start, last
        start = last


def _number(data: bytes, at: int, *, marked: bool) -> tuple[int, int]:
    first = data[at]
    width = 9 - first.bit_length()
    if width > 8:
        raise ValueError(at)
    number = int.from_bytes(data[at : at + width], "big")
    return (number if marked else number & ((1 << (7 * width)) - 1)), at + width


def _tag_end(data: bytes) -> int:
    """Where the sound begins behind an ID3 tag, which names people and holds pictures."""
    if data[:3] != b"ID3":
        return 0
    size = 0
    for one in data[6:10]:
        size = size << 7 | one & 0x7F
    return 10 + size


def _frames(data: bytes, at: int) -> bool:
    """Whether three frames of MPEG sound follow each other there."""
    for _ in range(3):
        head = data[at : at + 4]
        if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
            return False
        version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
        rate, speed = head[2] >> 4, head[2] >> 2 & 3
        if version == 1 or layer != 1 or rate in (0, 15) or speed == 3:
            return False
        at += _length(version, rate, speed, head[2] >> 1 & 1)
    return True


def _length(version: int, rate: int, speed: int, padded: int) -> int:
    """Bytes of a frame of MPEG layer III (ISO 11172-3, 2.4.2.3)."""
    first = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    second = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    kilobits = (first if version == 3 else second)[rate]
    samples = (44100, 48000, 32000)[speed] // {3: 1, 2: 2, 0: 4}[version]
    return (144 if version == 3 else 72) * kilobits * 1000 // samples + padded
