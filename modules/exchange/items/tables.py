"""Question lists as tables, CSV or a workbook: one question a row, columns by their names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from modules.basics import BadInput
from modules.exchange import archives, sheets
from modules.exchange.items import headings, reading
from modules.exchange.items.brought import Bank, Brought, Note, Refused
from modules.exchange.items.headings import Columns
from modules.exchange.items.rows import item
from modules.exchange.texts import COLUMNS, DELIMITERS, delimiter

Rows = Iterator[tuple[int, list[str]]]
BEFORE = 20
"""Rows that may stand before the names of the columns, such as a template's instructions."""
LONGEST_CELL = 100_000
WORKBOOK = 50 << 20
"""Bytes of a workbook."""
NO_NAMES = (
    "No row names the columns. The first row needs “question” and “answer”, and “option 1”, "
    "“option 2” … for choices."
)


def looks_xlsx(data: bytes, name: str) -> bool:
    """Whether a file is a workbook."""
    return data.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in data


def looks_csv(data: bytes, name: str) -> bool:
    """Whether a file may be a table as text: it is called so, or its first rows name columns."""
    if name.casefold().endswith((".csv", ".tsv")):
        return not data.startswith(b"PK\x03\x04")
    start = data[:20_000].replace(b"\x00", b"").decode("utf-8", "replace").lstrip("\ufeff")
    lines = start.splitlines()[:BEFORE]
    return any(headings.columns(1, one.split(delimiter(one))) for one in lines)


def read_csv(data: bytes, name: str) -> Bank:
    """The questions of a table as text. Raises BadInput for one that is none or is not whole."""
    text, notes = reading.text(data)
    return _bank("csv", _cells(text), list(notes))


def read_xlsx(data: bytes, name: str) -> Bank:
    """The questions of a workbook's first sheet that shows. Raises BadInput."""
    if len(data) > WORKBOOK:
        raise BadInput(f"The workbook has more than {WORKBOOK >> 20} MB. Part it.")
    with archives.opened(io.BytesIO(data), len(data)) as archive:
        sheets.plain(archive)
        parts = [one for one in archive.namelist() if one.startswith("xl/worksheets/sheet")]
    notes = []
    if len(parts) > 1:
        sentence = f"Only the first sheet that shows is read; the file has {len(parts)}."
        notes.append(Note("left", sentence))
    return _bank("xlsx", sheets.rows(io.BytesIO(data)), notes)


def _cells(text: str) -> Rows:
    lines = text.split("\n", 1)
    if (told := lines[0].strip().casefold()).startswith("sep=") and len(told) <= 5:
        mark, text = told[4:] or "\t", (lines[1:] or [""])[0]
        first = 2
    else:
        # The sign that the row of names is parted by, wherever it stands.
        head = next(
            (
                one
                for one in islice(text.splitlines(), BEFORE)
                if any(headings.columns(1, one.split(sign)) for sign in DELIMITERS)
            ),
            lines[0],
        )
        mark, first = delimiter(head), 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    number = first - 1
    try:
        for number, cells in enumerate(reader, first):
            if len(cells) > COLUMNS:
                raise BadInput(f"Row {number} has {len(cells)} cells. Is this a list of questions?")
            if any(map(str.strip, cells)):
                yield number, cells
    except csv.Error as error:
        raise BadInput(
            f"The table is not whole: a quoted cell never ends, or ends in the middle, near row "
            f"{number + 1}. Export it again."
        ) from error


def _bank(format: str, rows: Rows, notes: list[Note]) -> Bank:
    before: list[tuple[int, list[str]]] = []
    found: Columns | None = None
    for number, cells in rows:
        if (found := headings.columns(number, cells)) or len(before) >= BEFORE:
            break
        before.append((number, cells))
    if found is None:
        raise BadInput(NO_NAMES)
    if (like := headings.like_options(found)) and not found.options:
        raise BadInput(
            f"The column “{like[0]}” looks like one of options, and its name is none we know. Call "
            "such columns “option 1”, “option 2” …"
        )
    if before:
        numbers = ", ".join(str(number) for number, _ in before)
        notes.append(Note("left", f"Rows {numbers}, which stand before the names of the columns."))
    notes += [Note("left", f"The column “{one}”, which is none we know.") for one in found.unread]
    notes += [
        Note("left", f"A second column for the same, “{one}”: the first counts.")
        for one in found.twice
    ]
    items: list[Brought] = []
    refused: list[Refused] = []
    for number, cells in _whole(rows):
        if len(items) + len(refused) >= reading.MOST:
            raise reading.too_many()
        if not any(cell.strip() and name for cell, name in zip(cells, found.names, strict=False)):
            continue  # numbered beforehand, and nothing was written into it
        one = item(found, number, cells)
        if isinstance(one, Refused):
            refused.append(one)
        else:
            items.append(one)
    if not items and not refused:
        raise BadInput("The table holds no question: there is no row below the names of columns.")
    return Bank(format, tuple(items), tuple(refused), tuple(notes))


def _whole(rows: Iterable[tuple[int, list[str]]]) -> Rows:
    for number, cells in rows:
        if (longest := max(map(len, cells), default=0)) > LONGEST_CELL:
            raise BadInput(f"Row {number} has a cell of {longest:,} characters.")
        yield number, cells
