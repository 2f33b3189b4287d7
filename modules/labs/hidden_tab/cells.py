"""The cells of a workbook, from the raw XML of its sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WHITE = "FFFFFF"


@dataclass(frozen=True)
class Cell:
    """``value`` is what is kept as text or number; ``formula`` the formula, "" for a value."""

    sheet: str
    row: int
    column: str
    value: str
    formula: str
    white: bool


@dataclass(frozen=True)
class Sheet:
    """A sheet: ``state`` is visible, hidden or veryHidden."""

    name: str
    state: str
    cells: tuple[Cell, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[str]


def elements(tree: Any, name: str) -> list[Any]:
    """The elements of a local name, whatever their namespace."""
    return [one for one in tree.iter() if local(one.tag) == name]


def local(tag: Any) -> str:
    """A name without its namespace."""
    return str(tag).rpartition("}")[2]


def shared_texts(tree: Any) -> list[str]:
    """The texts that cells point to by number."""
    return [] if tree is None else ["".join(one.itertext()) for one in elements(tree, "si")]


def white_formats(tree: Any) -> frozenset[int]:
    """The numbers of the cell formats whose letters are white."""
    if tree is None:
        return frozenset()
    fonts = [
        any(color.get("rgb", "").endswith(WHITE) for color in elements(font, "color"))
        for listed in elements(tree, "fonts")
        for font in listed
    ]
    formats = [one for listed in elements(tree, "cellXfs") for one in listed]
    return frozenset(
        number
        for number, one in enumerate(formats)
        if int(one.get("fontId", "0")) < len(fonts) and fonts[int(one.get("fontId", "0"))]
    )


def sheet_of(name: str, state: str, tree: Any, shared: list[str], white: frozenset[int]) -> Sheet:
    """A sheet, of its part's tree."""
    cells = []
    for row in elements(tree, "row"):
        for cell in row:
            value = _value(cell, shared)
            formula = "".join(one.text or "" for one in elements(cell, "f"))
            if value or formula:
                reference = cell.get("r", "")
                column = reference.rstrip("0123456789")
                styled = int(cell.get("s", "0")) in white
                number = int(reference[len(column) :] or row.get("r", "0"))
                cells.append(Cell(name, number, column, value, formula, styled))
    hidden = {"1", "true"}
    return Sheet(
        name,
        state,
        tuple(cells),
        frozenset(
            int(one.get("r", "0")) for one in elements(tree, "row") if one.get("hidden") in hidden
        ),
        frozenset(
            letters(number)
            for one in elements(tree, "col")
            if one.get("hidden") in hidden
            for number in range(int(one.get("min", "1")), min(int(one.get("max", "1")), 256) + 1)
        ),
    )


def _value(cell: Any, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(text for one in elements(cell, "is") for text in one.itertext()).strip()
    value = next((one.text or "" for one in elements(cell, "v")), "").strip()
    if cell.get("t") == "s":
        return shared[int(value)].strip() if value.isdigit() and int(value) < len(shared) else ""
    return value


def letters(number: int) -> str:
    """The letters of a column, from 1: A, Z, AA."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
