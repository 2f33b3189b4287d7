"""What a lesson can hold: types by the ending of a name, and how large each may be."""

from __future__ import annotations

from dataclasses import dataclass

TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt",
}
"""Media types by the ending of a file's name."""
WORDS = {
    "image/png": "a PNG picture",
    "image/jpeg": "a JPEG picture",
    "image/webp": "a WebP picture",
    "image/gif": "a GIF picture",
    "image/svg+xml": "an SVG drawing",
    "audio/mpeg": "an MP3 recording",
    "video/mp4": "an MP4 film",
    "video/webm": "a WebM film",
    "text/vtt": "WebVTT captions",
}
PICTURE_BYTES, RECORDING_BYTES, CAPTION_BYTES = 500_000, 20_000_000, 200_000
SIDE = 2000
"""Pixels of a picture's longer side: twice what a lesson shows on a screen of double density."""
DECODED = 50_000_000
"""Pixels that are decoded at all: a camera's photograph, and no bomb."""


@dataclass(frozen=True)
class Medium:
    """What a file is: its media type ("" for one that no lesson holds), pixels (0 without), bytes.

    Each of ``problems`` is a sentence that says what to do; with one, no lesson takes the file.
    """

    type: str
    width: int
    height: int
    size: int
    problems: tuple[str, ...] = ()


def suffix_of(name: str) -> str:
    """The ending of a file's name in small letters: "png"."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def type_of(name: str) -> str:
    """The media type that a file's name says; "" for one that no lesson holds."""
    return TYPES.get(suffix_of(name), "")


def most_bytes(type: str) -> int:
    """How large a file of that type may be."""
    if type == "text/vtt":
        return CAPTION_BYTES
    return PICTURE_BYTES if type.startswith("image/") else RECORDING_BYTES


def kilobytes(size: int) -> str:
    """A size as people say it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} KB"


def address(sha256: str, name: str) -> str:
    """Where a kept file is served: "content/<sha256>.png", from the site's root."""
    return f"/content/{sha256}.{suffix_of(name)}"
