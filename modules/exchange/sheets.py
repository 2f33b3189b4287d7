"""A staff list as a workbook (.xlsx): the first sheet that shows, read as a stream."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from modules.basics import BadInput
from modules.exchange import archives
from modules.exchange.texts import COLUMNS

MACROS = ("vbaproject", "macrosheets/", "activex/", "dialogsheets/")
NEEDED = ("[content_types].xml", "xl/workbook.xml")
# How a formula's cell is handed on: it is reported, never calculated, its kept result never read.
FORMULA = "\x00formula\x00"


def rows(file: BinaryIO, size: int) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds anything, with its number. Raises BadInput."""
    with archives.opened(file, size) as archive:
        _plain(archive)
    file.seek(0)
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


def _plain(archive: zipfile.ZipFile) -> None:
    """Refuse macros, document types and parts that would fill the memory."""
    names = {entry.filename.lower() for entry in archive.infolist()}
    if not set(NEEDED) <= names:
        raise BadInput("This is no workbook. Save the table as .xlsx or CSV.")
    if any(mark in name for name in names for mark in MACROS):
        raise BadInput("The workbook holds macros. Save it as .xlsx without them.")
    try:
        for entry in archive.infolist():
            low = entry.filename.lower()
            if low.endswith((".xml", ".rels")) and archives.declares(archive, entry.filename):
                raise BadInput("The workbook declares a document type, which none needs.")
            if "worksheets/" not in low and entry.file_size > archives.WHOLE:
                raise BadInput(archives.BOMB)
    except archives.BROKEN as error:
        raise BadInput(archives.DAMAGED) from error


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
