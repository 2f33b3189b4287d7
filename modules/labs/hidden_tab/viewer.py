"""The workbook as a spreadsheet program shows it, and what each of its menus brings to light."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from modules.labs.libraries import need

LOOKS = ("sheets", "rows", "comments", "pivot", "properties", "names", "inside")
SHOWN = 6
"""Rows of a hidden list that are shown."""
WHITE = "FFFFFFFF"

Row = tuple[str, ...]


@dataclass(frozen=True)
class Tab:
    """A visible sheet. ``rows`` have the number of the row first; ``comments`` are cells."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]
    comments: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """One hidden thing. ``title`` names it (a sheet, a cell), ``rows`` are what it holds."""

    id: str
    look: str
    kind: str
    title: str
    rows: tuple[Row, ...]
    more: int = 0


@dataclass(frozen=True)
class View:
    """Everything there is to see. ``parts`` are the names of the files inside the file."""

    tabs: tuple[Tab, ...]
    findings: tuple[Finding, ...]
    parts: tuple[str, ...]

    def under(self, look: str) -> tuple[Finding, ...]:
        """What one menu brings to light."""
        return tuple(one for one in self.findings if one.look == look)


@lru_cache(maxsize=64)
def view(body: bytes) -> View:
    """Read a workbook with openpyxl: about 60 ms."""
    load = need("openpyxl").load_workbook
    book = load(io.BytesIO(body))
    values = load(io.BytesIO(body), data_only=True)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = tuple(sorted(archive.namelist()))
    tabs = tuple(_tab(sheet) for sheet in values.worksheets if sheet.sheet_state == "visible")
    return View(tabs, tuple(_findings(book)), parts)


def _tab(sheet: Any) -> Tab:
    hidden = {name for name, one in sheet.column_dimensions.items() if one.hidden}
    cells = [
        [cell for cell in row if cell.column_letter not in hidden]
        for number, row in enumerate(sheet.iter_rows(), 1)
        if not sheet.row_dimensions[number].hidden
    ]
    columns = tuple(cell.column_letter for cell in cells[0]) if cells else ()
    # Two empty rows below: where the last rows are hidden, their numbers show the jump.
    below = tuple((sheet.max_row + more, ("",) * len(columns)) for more in (1, 2))
    return Tab(
        sheet.title,
        columns,
        (
            *(
                (row[0].row, tuple("" if _white(one) else _said(one) for one in row))
                for row in cells
            ),
            *below,
        ),
        tuple(cell.coordinate for row in cells for cell in row if cell.comment),
    )


def _said(cell: Any) -> str:
    return "" if cell.value is None else str(cell.value)


def _white(cell: Any) -> bool:
    return bool(cell.font and cell.font.color and cell.font.color.rgb == WHITE)


def _findings(book: Any) -> Iterator[Finding]:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield from _in_sheet(sheet)
        else:
            listed = sheet.sheet_state == "hidden"
            kind, look = ("sheet", "sheets") if listed else ("very-hidden", "inside")
            rows = [tuple(_said(cell) for cell in row) for row in sheet.iter_rows()]
            yield Finding(f"sheet:{sheet.title}", look, kind, sheet.title, *_first(rows))
        for pivot in sheet._pivots:
            fields = [
                [one.v for one in field.sharedItems._fields] for field in pivot.cache.cacheFields
            ]
            kept = [
                tuple(str(field[one.v]) for field, one in zip(fields, record._fields, strict=True))
                for record in pivot.cache.records.r
            ]
            yield Finding("pivot", "pivot", "pivot", sheet.title, *_first(kept))
    properties = book.properties
    people = [one for one in (properties.creator, properties.lastModifiedBy) if one]
    custom = [one.value for one in book.custom_doc_props.props]
    if people or custom:
        yield Finding(
            "people", "properties", "people", "", tuple((one,) for one in people + custom)
        )
    if about := [one for one in (properties.title, properties.subject) if one]:
        yield Finding("about", "properties", "about", "", tuple((one,) for one in about))
    for name, target in book.defined_names.items():
        yield Finding(f"name:{name}", "names", "name", name, ((target.attr_text,),))


def _in_sheet(sheet: Any) -> Iterator[Finding]:
    rows = [
        tuple(_said(cell) for cell in row if cell.value is not None)
        for number, row in enumerate(sheet.iter_rows(), 1)
        if sheet.row_dimensions[number].hidden
    ]
    if any(rows):
        yield Finding(f"rows:{sheet.title}", "rows", "rows", sheet.title, *_first(rows))
    for column in [name for name, one in sheet.column_dimensions.items() if one.hidden]:
        held = [(_said(cell),) for cell in sheet[column] if cell.value is not None]
        title = f"{sheet.title}, {column}"
        yield Finding(f"column:{sheet.title}!{column}", "rows", "column", title, *_first(held))
    for cell in [cell for row in sheet.iter_rows() for cell in row]:
        place, title = f"{sheet.title}!{cell.coordinate}", f"{sheet.title}, {cell.coordinate}"
        if cell.comment:
            told = ((cell.comment.text,), (cell.comment.author,))
            yield Finding(f"comment:{place}", "comments", "comment", title, told)
        if cell.value is not None and _white(cell):
            yield Finding(f"white:{place}", "names", "white", title, ((_said(cell),),))


def _first(rows: Sequence[Row]) -> tuple[tuple[Row, ...], int]:
    return tuple(rows[:SHOWN]), max(0, len(rows) - SHOWN)
