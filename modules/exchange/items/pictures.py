"""Pictures from strangers: kinds that browsers draw, of a size that can be looked at."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass, field
from pathlib import PurePosixPath

# Bytes and pixels of one picture, and bytes of all pictures of a file.
LARGEST, PIXELS, ALL = 5 << 20, 25_000_000, 50 << 20
FRAMES = 200
SUFFIXES = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
_PLAIN = re.compile(r"[^a-z0-9]+")


class NoPictureError(Exception):
    """A picture that is not taken; its text says why, as the end of a sentence."""


def suffix(data: bytes) -> str:
    """How a file with this picture ends. Raises NoPictureError for what is not taken."""
    from PIL import Image

    if len(data) > LARGEST:
        raise NoPictureError(f"has more than {LARGEST >> 20} MB")
    head = data[:1000].lstrip().lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg")) or b"<svg" in head:
        raise NoPictureError("is an SVG drawing, which can carry scripts: save it as PNG")
    try:
        with Image.open(io.BytesIO(data), formats=tuple(SUFFIXES)) as picture:
            kind, (wide, high) = str(picture.format), picture.size
            if wide * high > PIXELS:
                raise NoPictureError(f"has {wide:,} × {high:,} pixels; {PIXELS:,} are the most")
            if getattr(picture, "n_frames", 1) > FRAMES:
                raise NoPictureError(f"has more than {FRAMES} frames")
            picture.verify()
    except NoPictureError:
        raise
    except Image.DecompressionBombError as error:
        raise NoPictureError("has more pixels than can be looked at") from error
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, IndexError, TypeError):
        raise NoPictureError("is no PNG, JPEG, GIF or WebP, or is damaged") from None
    return SUFFIXES[kind]


@dataclass
class Shelf:
    """The pictures of one file, by names that are safe anywhere."""

    kept: dict[str, bytes] = field(default_factory=dict)
    _names: dict[bytes, str] = field(default_factory=dict)

    def keep(self, name: str, data: bytes) -> str:
        """The name under which ``data`` is kept. Raises NoPictureError."""
        if data in self._names:
            return self._names[data]
        ending = suffix(data)
        if sum(map(len, self.kept.values())) + len(data) > ALL:
            raise NoPictureError(f"is one too many: the pictures have more than {ALL >> 20} MB")
        stem = _PLAIN.sub("-", PurePosixPath(name).stem.casefold()).strip("-")[:40] or "picture"
        free, number = f"{stem}{ending}", 1
        while free in self.kept:
            number += 1
            free = f"{stem}-{number}{ending}"
        self.kept[free] = data
        self._names[data] = free
        return free

    def named(self, names: set[str]) -> dict[str, bytes]:
        """The pictures called ``names``: those of refused items stay out."""
        return {name: data for name, data in self.kept.items() if name in names}
