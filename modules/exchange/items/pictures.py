"""Pictures from strangers: made fit for a lesson, and kept by names that are safe anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from modules.basics import BadInput
from modules.course.media import measured, prepared

# Bytes of one picture as it comes, and of all pictures of a file as they are kept.
LARGEST, ALL = 6 << 20, 50 << 20
ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
_PLAIN = re.compile(r"[^a-z0-9]+")


class NoPictureError(Exception):
    """A picture that is not taken; its text says why, in sentences."""


def fit(data: bytes) -> tuple[bytes, str]:
    """The picture to keep, and how its name ends: by what it is, whatever it was called.

    Raises NoPictureError for what is no picture, moves, runs, or is too large to look at.
    """
    if len(data) > LARGEST:
        raise NoPictureError(f"It has more than {LARGEST >> 20} MB. Make it smaller first.")
    ending = ENDINGS.get(measured(data[:4096], "x.png").type)
    if ending is None:
        raise NoPictureError("It is no PNG, JPEG, GIF, WebP or SVG. Save it as one of them.")
    try:
        made, name = prepared(data, f"x.{ending}")
    except BadInput as error:
        raise NoPictureError(str(error)) from error
    return made, name.rpartition(".")[2]


@dataclass
class Shelf:
    """The pictures of one file."""

    kept: dict[str, bytes] = field(default_factory=dict)
    _seen: dict[bytes, str | NoPictureError] = field(default_factory=dict)

    def keep(self, name: str, data: bytes) -> str:
        """The name under which a picture is kept. Raises NoPictureError."""
        if data not in self._seen:
            try:
                self._seen[data] = self._kept(name, *fit(data))
            except NoPictureError as error:
                self._seen[data] = error
        found = self._seen[data]
        if isinstance(found, NoPictureError):
            raise found
        return found

    def _kept(self, name: str, data: bytes, ending: str) -> str:
        if sum(map(len, self.kept.values())) + len(data) > ALL:
            raise NoPictureError(
                f"The pictures of the file have more than {ALL >> 20} MB together."
            )
        stem = _PLAIN.sub("-", PurePosixPath(name).stem.casefold()).strip("-")[:40] or "picture"
        free, number = f"{stem}.{ending}", 1
        while free in self.kept:
            number += 1
            free = f"{stem}-{number}.{ending}"
        self.kept[free] = data
        return free

    def named(self, names: set[str]) -> dict[str, bytes]:
        """The pictures called ``names``: those of refused items stay out."""
        return {name: data for name, data in self.kept.items() if name in names}
