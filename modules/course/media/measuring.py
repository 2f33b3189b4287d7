"""A file measured: what it really is, how large, and why no lesson would take it."""

from __future__ import annotations

from modules.course.media import captions, drawing, raster, recording
from modules.course.media.limits import (
    SIDE,
    TYPES,
    WORDS,
    Medium,
    kilobytes,
    most_bytes,
    suffix_of,
    type_of,
)

BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"WEBP", 8, "image/webp"),
    (b"GIF8", 0, "image/gif"),
    (b"ftyp", 4, "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"),
    (b"ID3", 0, "audio/mpeg"),
    (b"WEBVTT", 0, "text/vtt"),
    (b"\xef\xbb\xbfWEBVTT", 0, "text/vtt"),
)


def measured(data: bytes, name: str) -> Medium:
    """A file by its content and its name. Never raises: what is wrong is told in the problems."""
    wanted, found = type_of(name), _begins(data)
    size = len(data)
    if not wanted:
        known = ", ".join(TYPES)
        sentence = f"“.{suffix_of(name)}” is no picture or recording for a lesson. Use: {known}."
        return Medium("", 0, 0, size, (sentence,))
    if not data:
        return Medium(wanted, 0, 0, 0, ("The file is empty. Upload it again.",))
    if found != wanted:
        what = f"its content is {WORDS[found]}" if found else "its content is something else"
        sentence = f"The name says {WORDS[wanted]} and {what}. Give it its right name, or save it"
        return Medium(found, 0, 0, size, (f"{sentence} as what the name says.",))
    if size > (most := most_bytes(wanted)):
        sentence = f"It has {kilobytes(size)}; at most {kilobytes(most)} are taken. Make it smaller"
        how = "." if not wanted.startswith("image/") else ": the studio does when you upload it."
        # How many pixels it has is told too; nothing large is looked through.
        wide, high = raster.sides(data) if wanted in raster.FORMATS else (0, 0)
        return Medium(wanted, wide, high, size, (sentence + how,))
    width, height, problems = _look(data, wanted)
    if max(width, height) > SIDE and wanted in raster.FORMATS:
        problems += (
            f"It has {width} × {height} pixels; at most {SIDE} on a side are shown. Make it "
            "smaller: the studio does when you upload it.",
        )
    return Medium(wanted, width, height, size, problems)


def _look(data: bytes, type: str) -> tuple[int, int, tuple[str, ...]]:
    if type in raster.FORMATS:
        return raster.look(data)
    if type == "image/svg+xml":
        return drawing.look(data)
    if type == "text/vtt":
        return 0, 0, captions.problems(data)
    return recording.look(data, type)


def _begins(data: bytes) -> str:
    for mark, at, type in BEGINNINGS:
        if data[at : at + len(mark)] == mark:
            return type
    if len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0:
        return "audio/mpeg"
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "image/svg+xml" if head[:1] == b"<" and b"<svg" in head else ""
