"""The file that goes out, built for real from the learner's switches."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from modules.labs.hidden_tab.material import Material
from modules.labs.hidden_tab.options import Book
from modules.labs.hidden_tab.packing import SAVED, packed
from modules.labs.hidden_tab.workbook import HEAD, labels
from modules.labs.libraries import need

STARTS = ("save-as", "clean", "new")
COLUMNS = {
    "wards": ("label", "count", "officer"),
    "years": ("label", "count"),
    "status": ("label", "count"),
}
PASTED = ("as-is", "values")
AUTHORS = ("person", "office")


@dataclass(frozen=True)
class Choices:
    """How the release is made. ``columns`` are such as ``wards/count``; None is not yet chosen."""

    start: str | None = None
    columns: tuple[str, ...] = ()
    pasted: str | None = None
    author: str | None = None

    def ready(self) -> bool:
        """Whether a file can be made of them."""
        if self.start == "save-as":
            return True
        return bool(self.start and self.columns and self.pasted and self.author)


def built(
    words: Book, from_town: Material, original: bytes, marks: Collection[str], choices: Choices
) -> bytes:
    """The released file. ``marks`` are the ids of what was reported: a cleaned copy loses those."""
    if choices.start == "save-as":
        return original
    if choices.start == "clean":
        return _cleaned(words, from_town, original, marks, choices)
    return _new(words, from_town, original, choices)


def _cleaned(
    words: Book, from_town: Material, original: bytes, marks: Collection[str], choices: Choices
) -> bytes:
    """The working file, without what was reported and without the columns that were not chosen."""
    book = need("openpyxl").load_workbook(io.BytesIO(original))
    for sheet in list(book.worksheets):
        if f"sheet:{sheet.title}" in marks:
            book.remove(sheet)
            continue
        for row in range(sheet.max_row, 0, -1):
            if sheet.row_dimensions[row].hidden and f"rows:{sheet.title}" in marks:
                sheet.delete_rows(row)
                sheet.row_dimensions[row].hidden = False
        for cell in [cell for row in sheet.iter_rows() for cell in row]:
            place = f"{sheet.title}!{cell.coordinate}"
            if cell.comment and f"comment:{place}" in marks:
                cell.comment = None
            if f"white:{place}" in marks:
                cell.value = None
        if "pivot" in marks:
            sheet._pivots = []
    for table, name in (("wards", words.wards), ("years", words.years), ("status", words.status)):
        sheet = book[name]
        for number, column in reversed(list(enumerate(COLUMNS[table], 1))):
            if f"{table}/{column}" not in choices.columns:
                sheet.delete_cols(number)
        if f"column:{name}!D" in marks:
            sheet.delete_cols(sheet.max_column)
            sheet.column_dimensions["D"].hidden = False
        if choices.pasted == "values":
            _as_values(sheet, from_town)
    for name in [name for name in book.defined_names if f"name:{name}" in marks]:
        del book.defined_names[name]
    if "people" in marks:
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]
    if "about" in marks:
        book.properties.title = book.properties.subject = None
    _signed(book, words, from_town, choices)
    return packed(book, _results(from_town))


def _new(words: Book, from_town: Material, original: bytes, choices: Choices) -> bytes:
    """An empty workbook, into which the chosen columns of the tables are put."""
    source = need("openpyxl").load_workbook(io.BytesIO(original))
    book = need("openpyxl").Workbook()
    book.remove(book.active)
    sizes = {table: len(rows) for table, rows in labels(words, from_town).items()}
    for table, name in (("wards", words.wards), ("years", words.years), ("status", words.status)):
        chosen = [
            number
            for number, column in enumerate(COLUMNS[table], 1)
            if f"{table}/{column}" in choices.columns
        ]
        if not chosen:
            continue
        sheet = book.create_sheet(name)
        sheet["A1"], sheet["A2"] = source[name]["A1"].value, source[name]["A2"].value
        last = HEAD + sizes[table] + (table == "wards")
        for row in range(HEAD, last + 1):
            for place, column in enumerate(chosen, 1):
                _put(sheet.cell(row, place), source[name].cell(row, column), choices)
        sheet.column_dimensions["A"].width = 24
        if choices.pasted == "values":
            _as_values(sheet, from_town)
    _signed(book, words, from_town, choices)
    return packed(book, _results(from_town))


def _put(cell: Any, source: Any, choices: Choices) -> None:
    """A cell pasted: as it is, its comment comes along."""
    cell.value = source.value
    if choices.pasted == "as-is" and source.comment:
        comment = need("openpyxl.comments").Comment
        cell.comment = comment(source.comment.text, source.comment.author)


def _results(from_town: Material) -> dict[str, float]:
    """What the one formula of the workbook comes to."""
    last = HEAD + len(from_town.wards)
    return {f"SUM(B{HEAD + 1}:B{last})": float(sum(count for _, count in from_town.wards))}


def _as_values(sheet: Any, from_town: Material) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = int(_results(from_town).get(cell.value[1:], 0))


def _signed(book: Any, words: Book, from_town: Material, choices: Choices) -> None:
    """The properties: the officer's name, as the program fills it in, or the office's."""
    officer = choices.author == "person"
    who = from_town.officers[0] if officer else words.office
    book.properties.creator = book.properties.lastModifiedBy = who
    book.properties.created = book.properties.modified = SAVED
