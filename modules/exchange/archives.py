"""Zip archives from strangers: what they claim to hold is bounded before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from modules.basics import BadInput

# Bytes of all parts unpacked: a workbook of a million people has about 600 MB. Parts, and growth.
UNPACKED, PARTS = 1 << 30, 2_000
RATIO, SMALL = 150, 1 << 20
# The parts that a reader holds in memory whole (a sheet itself is read as a stream).
WHOLE = 200 << 20
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What a truncated or altered archive makes zipfile raise, beside BadZipFile.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError),
    *(LookupError, OverflowError, MemoryError, NotImplementedError),
)
DAMAGED = "The file is damaged and cannot be unpacked. Save it again and bring the new one."
BOMB = "The file would grow to more than such files ever do. Nothing of it was unpacked."


def opened(file: BinaryIO, size: int) -> zipfile.ZipFile:
    """An archive whose directory is within the limits. Raises BadInput.

    zipfile never gives more of a part than the directory claims, so the claims bound memory.
    """
    try:
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    except BROKEN as error:
        raise BadInput(DAMAGED) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadInput("The file has a password. Save it without one.")
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED:
        raise BadInput(BOMB)
    # Parts that share their bytes make a small file large.
    if sum(entry.compress_size for entry in entries) > size:
        raise BadInput(BOMB)
    for entry in entries:
        if entry.compress_type not in PLAIN:
            raise BadInput(DAMAGED)
        if entry.file_size > max(SMALL, RATIO * entry.compress_size):
            raise BadInput(BOMB)
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names):
        raise BadInput(DAMAGED)
    return archive


def declares(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether an XML part declares a document type: the only place for entities."""
    with archive.open(name) as part:
        start = part.read(4096).replace(b"\x00", b"").upper()
    return b"<!DOCTYPE" in start or b"<!ENTITY" in start
