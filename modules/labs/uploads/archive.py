"""The parts of a workbook, unpacked under limits: what its directory claims is not believed."""

from __future__ import annotations

import io
import zipfile
import zlib

from modules.labs.uploads import limits
from modules.labs.uploads.refusing import Refused

NEEDED = ("[Content_Types].xml", "xl/workbook.xml")
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
CODE = ("vbaproject", "macrosheets/", "activex/", "dialogsheets/", "customui", "ctrlprops/")
OUTSIDE = ("externallinks/", "connections.xml", "querytables/", "webextensions/")
INSIDE = ("embeddings/", "model/", "oleobject")
_ENCRYPTED = 0x1
# What a truncated or altered archive makes zipfile raise, beside BadZipFile.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError),
    *(LookupError, OverflowError, MemoryError),
)


def unpack(body: bytes) -> dict[str, bytes]:
    """The parts of an .xlsx by name. Raises Refused for whatever a plain workbook does not have."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            entries = archive.infolist()
            _directory(entries, len(body))
            return _read(archive, entries)
    except BROKEN as error:
        raise Refused("lab.upload.broken") from error


def _directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    """What can be said from the names alone."""
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused("lab.upload.locked")
    if len(entries) > limits.PARTS or sum(entry.file_size for entry in entries) > limits.UNPACKED:
        raise Refused("lab.upload.bomb")
    # Entries that share their bytes make a small file large.
    if sum(entry.compress_size for entry in entries) > size:
        raise Refused("lab.upload.bomb")
    for name in names:
        if "\\" in name or name.startswith("/") or ".." in name.split("/"):
            raise Refused("lab.upload.broken")
    low = [name.lower() for name in names]
    if len(set(low)) < len(low) or not set(NEEDED) <= set(names):
        raise Refused("lab.upload.broken")
    for marks, key in (
        (CODE, "lab.upload.macros"),
        (OUTSIDE, "lab.upload.links"),
        (INSIDE, "lab.upload.embedded"),
    ):
        if any(mark in name for name in low for mark in marks):
            raise Refused(key)


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = limits.UNPACKED
    for entry in entries:
        if entry.is_dir():
            continue
        if entry.compress_type not in PLAIN:
            raise Refused("lab.upload.broken")
        with archive.open(entry) as file:
            part = file.read(left + 1)
        left -= len(part)
        grown = len(part) > limits.RATIO * max(entry.compress_size, 1)
        if left < 0 or (grown and len(part) > limits.SMALL):
            raise Refused("lab.upload.bomb")
        if part.startswith((b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
            raise Refused("lab.upload.embedded")
        parts[entry.filename] = part
    return parts
