"""The team's workbook, as an .xlsx: what is asked for, six leaks, and things that only look so."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

from modules.labs.hidden_tab.material import Material, Person, material
from modules.labs.hidden_tab.options import Benefit, Book
from modules.labs.hidden_tab.packing import SAVED, packed
from modules.labs.hidden_tab.pivot import pivot
from modules.labs.libraries import need

HEAD = 4
"""The row of the headings in each of the three tables."""
HARMLESS = ("column", "white", "name", "about")
"""Hidden, and telling of nobody: three of these, and a comment on the method, are in each one."""


@lru_cache(maxsize=64)
def workbook(words: Book, benefit: Benefit, seed: str) -> bytes:
    """The workbook of ``seed``: always the same bytes. About 40 ms."""
    rng = random.Random(f"hidden-tab/book/{seed}")
    from_town = material(benefit, seed)
    harmless = sorted(HARMLESS, key=lambda _: rng.random())[:3]
    book = need("openpyxl").Workbook()
    book.remove(book.active)
    tables = [book.create_sheet(name) for name in (words.wards, words.years, words.status)]
    results = _tables(tables, words, from_town)
    _rows(tables[0], words, from_town)
    pivot(tables[2], words, from_town, HEAD)
    last = HEAD + len(from_town.wards)
    sheets = [
        (words.hidden[int(rng.random() * len(words.hidden))], "hidden", "sheet"),
        (words.very_hidden[int(rng.random() * len(words.very_hidden))], "veryHidden", "very"),
    ]
    for name, state, group in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        _list(sheet, words, from_town.of(group), 1)
    told = from_town.of("comment")[0]
    places = sorted((f"B{row}" for row in range(HEAD + 1, last + 1)), key=lambda _: rng.random())
    comment = need("openpyxl.comments").Comment
    remark = words.remark.format(name=told.name, address=told.address)
    tables[0][places[0]].comment = comment(remark, from_town.officers[0])
    tables[1]["B4"].comment = comment(words.method, words.office)
    _properties(book, words, from_town, "about" in harmless)
    if "column" in harmless:
        _running(tables[1], words, from_town)
    if "white" in harmless:
        cell = tables[2][f"A{HEAD + len(from_town.states) + 2}"]
        cell.value = words.source
        cell.font = need("openpyxl.styles").Font(color="FFFFFFFF")
    if "name" in harmless:
        target = f"{words.wards}!$B${last + 1}"
        defined = need("openpyxl.workbook.defined_name").DefinedName
        book.defined_names[words.total_name] = defined(words.total_name, attr_text=target)
    return packed(book, results)


def labels(words: Book, from_town: Material) -> dict[str, list[tuple[str | int, int]]]:
    """The rows of the three tables as they are written: label and count, by table."""
    said = {"in payment": words.in_payment, "under review": words.under_review}
    return {
        "wards": [(ward or words.others, count) for ward, count in from_town.wards],
        "years": list(from_town.years),
        "status": [(said.get(state, words.ended), count) for state, count in from_town.states],
    }


def _tables(sheets: list[Any], words: Book, from_town: Material) -> dict[str, float]:
    """The three visible tables. Gives what their formulas come to."""
    bold, results = need("openpyxl.styles").Font(bold=True), {}
    heads = (words.ward, words.year, words.state)
    written = labels(words, from_town)
    for sheet, head, (table, rows) in zip(sheets, heads, written.items(), strict=True):
        sheet["A1"] = words.title.format(benefit=from_town.benefit.told)
        sheet["A2"] = words.synthetic
        sheet["A1"].font = bold
        for column, text in enumerate((head, words.claims), 1):
            sheet.cell(HEAD, column, text).font = bold
        for number, (label, count) in enumerate(rows, HEAD + 1):
            sheet.cell(number, 1, label)
            sheet.cell(number, 2, count)
        if table == "wards":
            sheet.cell(HEAD, 3, words.officer).font = bold
            for number in range(len(rows)):
                officer = from_town.officers[1 + number % (len(from_town.officers) - 1)]
                sheet.cell(HEAD + 1 + number, 3, officer)
            last = HEAD + len(rows)
            formula = f"SUM(B{HEAD + 1}:B{last})"
            sheet.cell(last + 1, 1, words.total)
            sheet.cell(last + 1, 2, f"={formula}")
            results[formula] = float(sum(count for _, count in rows))
        sheet.column_dimensions["A"].width = 24
        sheet.column_dimensions["C"].width = 20
    return results


def _rows(sheet: Any, words: Book, from_town: Material) -> None:
    """Four people under the table, in rows that are hidden."""
    first = HEAD + len(from_town.wards) + 3
    for number, person in enumerate(from_town.of("rows"), first):
        sheet.cell(number, 1, f"{words.check}: {person.name}")
        sheet.cell(number, 2, person.weekly)
        sheet.cell(number, 3, person.address)
        sheet.row_dimensions[number].hidden = True


def _list(sheet: Any, words: Book, people: tuple[Person, ...], first: int) -> None:
    for column, text in enumerate((words.name, words.address, words.claim, words.weekly), 1):
        sheet.cell(first, column, text)
    for number, person in enumerate(people, first + 1):
        for column, value in enumerate(
            (person.name, person.address, person.claim, person.weekly), 1
        ):
            sheet.cell(number, column, value)


def _running(sheet: Any, words: Book, from_town: Material) -> None:
    """A hidden column with the running total of what is there for all to see."""
    sheet.cell(HEAD, 4, words.running)
    total = 0
    for number, (_, count) in enumerate(from_town.years, HEAD + 1):
        total += count
        sheet.cell(number, 4, total)
    sheet.column_dimensions["D"].hidden = True


def _properties(book: Any, words: Book, from_town: Material, about: bool) -> None:
    properties = book.properties
    properties.created = properties.modified = SAVED
    properties.creator, properties.lastModifiedBy = from_town.officers[0], from_town.officers[1]
    if about:
        properties.title = words.title.format(benefit=from_town.benefit.told)
        properties.subject = words.subject
    text = need("openpyxl.packaging.custom").StringProperty
    folder = words.folder.format(name=from_town.officers[0])
    book.custom_doc_props.append(text(name="Source folder", value=folder))
