"""A staff list as a workbook (.xlsx): the first sheet that shows, read as a stream."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO
from xml.parsers import expat

from modules.basics import BadInput
from modules.exchange import archives
from modules.exchange.texts import COLUMNS

# What Excel itself has at the most; a row may claim to be any number.
ROWS = 1_048_576
# Cells, and other elements, since a row began: all of them are held in memory until it ends.
WIDEST = 500_000
# Elements of a part without rows, such as the texts that cells share: it is held whole.
LOOSE = 8_000_000
BLOCK = 1 << 20
MACROS = ("vbaproject", "macrosheets/", "activex/", "dialogsheets/")
NEEDED = ("[content_types].xml", "xl/workbook.xml")
AGAIN = "Copy the table into a new workbook, or save it as CSV."
DOCTYPE = "The workbook declares a document type, which none needs."
# How a formula's cell is handed on: it is reported, never calculated, its kept result never read.
FORMULA = "\x00formula\x00"


def rows(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds anything, with its number. Raises BadInput. Let `plain` look first."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, keep_links=False)
            try:
                shown = [one for one in book.worksheets if one.sheet_state == "visible"]
                if not shown:
                    raise BadInput("The workbook has no sheet that shows. Bring one with a table.")
                # A sheet may claim to end anywhere; its rows say where it does.
                shown[0].reset_dimensions()
                for number, cells in enumerate(shown[0].iter_rows(), 1):
                    if number > ROWS:
                        raise BadInput(f"A row says that it is beyond row {ROWS:,}. {AGAIN}")
                    if len(cells) > COLUMNS and any(one.value for one in cells[COLUMNS:]):
                        raise BadInput(f"Row {number} has {len(cells)} cells. Is it a staff list?")
                    made = [_text(one) for one in cells[:COLUMNS]]
                    if any(made):
                        yield number, made
            finally:
                book.close()
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises what a stranger's parts happen to raise
        raise BadInput(archives.DAMAGED) from error


def plain(archive: zipfile.ZipFile) -> None:
    """Refuse macros, document types and parts that would fill the memory."""
    names = {entry.filename.lower() for entry in archive.infolist()}
    if not set(NEEDED) <= names:
        raise BadInput("This is no workbook. Save the table as .xlsx or CSV.")
    if any(mark in name for name in names for mark in MACROS):
        raise BadInput("The workbook holds macros. Save it as .xlsx without them.")
    try:
        for entry in archive.infolist():
            low = entry.filename.lower()
            if "worksheets/" not in low and entry.file_size > archives.WHOLE:
                raise BadInput(archives.BOMB)
            if low.endswith((".xml", ".rels")):
                if archives.declares(archive, entry.filename):
                    raise BadInput(DOCTYPE)
                _narrow(archive, entry.filename)
            elif _begins(archive, entry.filename):
                # What is called otherwise can be a sheet all the same.
                with suppress(expat.ExpatError):
                    _narrow(archive, entry.filename)
    except (*archives.BROKEN, expat.ExpatError) as error:
        raise BadInput(archives.DAMAGED) from error


def _begins(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        return b"<" in part.read(100)


def _narrow(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a part with a row, or with anything outside of rows, that would fill the memory."""
    most = WIDEST if "worksheets/" in name.lower() else LOOSE
    cells = others = seen = blank = 0

    def start(tag: str, _: object) -> None:
        nonlocal cells, others, seen
        seen += 1
        local = tag.rpartition(":")[2]
        if local == "row":
            cells = others = 0
        elif local == "c":
            cells += 1
        else:
            others += 1
        if cells > WIDEST or others > most:
            raise BadInput(archives.BOMB)

    def declared(*_: object) -> None:
        raise BadInput(DOCTYPE)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, declared
    with archive.open(name) as part:
        while block := part.read(BLOCK):
            before = seen
            parser.Parse(block, False)
            # A text longer than two blocks is none that a cell can hold.
            blank = blank + 1 if seen == before else 0
            if blank > 2:
                raise BadInput(archives.BOMB)
        parser.Parse(b"", True)


def _text(cell: Any) -> str:
    """A cell as the text that the same cell has in a CSV."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
