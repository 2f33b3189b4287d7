"""A staff list as it arrives: what kind of file it is, its head, its rows one after the other."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from modules.basics import BadInput
from modules.exchange import archives, oneroster, sheets, texts

BLOCK = 1 << 20
# Bytes of a file. A million people as CSV are about 120 MB.
LARGEST = 600 << 20

Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True)
class UnitRow:
    """A unit as a file of its own tells it: its code, its name, the code above it."""

    line: int
    code: str
    name: str
    parent: str


@dataclass(frozen=True)
class Table:
    """A staff list: its columns, and a function that gives its rows from the first on."""

    name: str
    kind: str
    columns: tuple[str, ...]
    rows: Callable[[], Rows]
    sha256: str
    size: int
    # What the kind of file says by itself; for others, columns are guessed.
    fixed: Mapping[str, str] = field(default_factory=dict)
    units: tuple[UnitRow, ...] = ()
    # Sentences' codes with numbers: what was left out and why.
    notes: Mapping[str, int] = field(default_factory=dict)
    # A part of the people only: whoever is missing has not left.
    partial: bool = False
    # How many bytes of `size` are read so far, where that can be said.
    position: Callable[[], int] = lambda: 0


def open_table(source: Path | bytes, name: str) -> Table:
    """A staff list from a file, a folder of OneRoster files, or an upload. Raises BadInput."""
    if isinstance(source, Path) and source.is_dir():
        return _roster(oneroster.Folder(source), name)
    if isinstance(source, Path) and not source.is_file():
        raise BadInput(f"There is no file {name}.")
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size == 0:
        raise BadInput("The file is empty.")
    if size > LARGEST:
        raise BadInput(f"The file has more than {LARGEST >> 20} MB. Part it, or save it as CSV.")
    if name.casefold().endswith((".xlsm", ".xlsb", ".xltm")):
        raise BadInput("The workbook may hold macros. Save it as .xlsx.")
    with _open(source) as file:
        if file.read(4) != b"PK\x03\x04":
            return _table(source, name, size, "csv", texts.rows)
        file.seek(0)
        with archives.opened(file, size) as archive:
            if oneroster.inside([one.filename for one in archive.infolist()]):
                return _roster(oneroster.Packed(source, size), name)
            sheets.plain(archive)
    return _table(source, name, size, "xlsx", sheets.rows)


def _open(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _sha256(source: Path | bytes) -> str:
    with _open(source) as file:
        digest = hashlib.sha256()
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _table(
    source: Path | bytes, name: str, size: int, kind: str, read: Callable[[BinaryIO], Rows]
) -> Table:
    reading: list[BinaryIO] = []

    def every() -> Rows:
        with _open(source) as file:
            reading[:] = [file]
            yield from read(file)

    def position() -> int:
        return reading[0].tell() if reading and not reading[0].closed else size

    def below() -> Rows:
        lines = every()
        next(lines, None)
        yield from lines

    first = next(every(), None)
    if first is None:
        raise BadInput("The file holds no row.")
    columns = tuple(
        " ".join(cell.split()) if cell != sheets.FORMULA else f"column {number}"
        for number, cell in enumerate(first[1], 1)
    )
    if len([one for one in columns if one]) < 2:
        raise BadInput(
            "The first row names fewer than two columns. It has to hold the names of the columns, "
            "parted by a comma, a semicolon, a tab or a bar."
        )
    return Table(name, kind, columns, below, _sha256(source), size, position=position)


def _roster(parts: oneroster.Parts, name: str) -> Table:
    found = oneroster.read(parts)
    units = tuple(UnitRow(*one) for one in found.units)
    return Table(
        name,
        "oneroster",
        tuple(found.columns),
        found.rows,
        found.sha256,
        found.size,
        fixed=found.columns,
        units=units,
        notes=found.notes,
        partial=found.partial,
    )
