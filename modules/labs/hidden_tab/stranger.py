"""A file as a stranger opens it: the archive unpacked and its raw XML read, by no office program.

Nothing of openpyxl is used here, so that what builds a file never vouches for it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from modules.labs.libraries import need

PEOPLE = ("creator", "lastModifiedBy", "Manager", "Company")
ABOUT = ("title", "subject", "description", "keywords", "category")
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


@dataclass(frozen=True)
class Opened:
    """All that a file holds. ``words`` is the text of all its parts, a line each.

    ``comments`` are sheet, cell and text with its author; ``caches`` the text of each pivot's copy;
    ``people`` and ``about`` texts of the properties; ``others`` parts that plain tables never need.
    """

    sheets: tuple[Sheet, ...]
    comments: tuple[tuple[str, str, str], ...]
    caches: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    people: tuple[str, ...]
    about: tuple[str, ...]
    others: tuple[str, ...]
    words: str

    def visible(self) -> Iterator[Cell]:
        """The cells with something in them that are shown."""
        for sheet in self.sheets:
            for cell in sheet.cells:
                hidden = cell.row in sheet.hidden_rows or cell.column in sheet.hidden_columns
                if sheet.state == "visible" and not hidden:
                    yield cell


def opened(body: bytes) -> Opened:
    """Take a file apart. It is one that this lab built, or one that the door let in."""
    parse = need("defusedxml.ElementTree").fromstring
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        trees = {
            name: parse(archive.read(name))
            for name in names
            if name.lower().endswith((".xml", ".rels", ".vml"))
        }
    shared = _shared(trees.get("xl/sharedStrings.xml"))
    white = _white(trees.get("xl/styles.xml"))
    links = _targets(trees, "xl/workbook.xml")
    book = trees["xl/workbook.xml"]
    sheets, comments = [], []
    for one in _all(book, "sheet"):
        part = links.get(_attribute(one, "id"), "")
        if part in trees:
            name = one.get("name", "")
            sheets.append(_sheet(name, one.get("state", "visible"), trees[part], shared, white))
            for target in _targets(trees, part).values():
                if "comment" in target.lower() and target.endswith(".xml") and target in trees:
                    comments += _comments(name, trees[target])
    return Opened(
        tuple(sheets),
        tuple(comments),
        tuple(_text(tree) for name, tree in trees.items() if _is(name, "pivotcache/")),
        tuple((one.get("name", ""), one.text or "") for one in _all(book, "definedName")),
        _properties(trees, PEOPLE) + _custom(trees),
        _properties(trees, ABOUT),
        tuple(name for name in names if _is(name, *_EXTRA)),
        "\n".join(_text(tree) for tree in trees.values()),
    )


_EXTRA = (
    *("pivottables/", "externallinks/", "media/", "embeddings/", "customxml/", "charts/"),
    *("connections.xml", "querytables/", "threadedcomments/", "persons/"),
)


def _is(name: str, *marks: str) -> bool:
    return not name.endswith(".rels") and any(mark in name.lower() for mark in marks)


def _all(tree: Any, name: str) -> list[Any]:
    """The elements of a local name, whatever their namespace."""
    return [one for one in tree.iter() if _local(one.tag) == name]


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]


def _attribute(one: Any, name: str) -> str:
    return next((value for key, value in one.attrib.items() if _local(key) == name), "")


def _text(tree: Any) -> str:
    """All attribute values and texts, a line each; pieces of one text stay joined."""
    lines = []
    for one in tree.iter():
        lines += one.attrib.values()
        if _local(one.tag) in ("is", "si", "text", "comment"):
            lines.append("".join(one.itertext()))
        elif one.text and one.text.strip():
            lines.append(one.text)
    return "\n".join(lines)


def _targets(trees: dict[str, Any], part: str) -> dict[str, str]:
    """What a part points to: name of the part by relationship id."""
    folder, name = posixpath.split(part)
    rels = trees.get(f"{folder}/_rels/{name}.rels")
    if rels is None:
        return {}
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[
            1:
        ]
        for one in _all(rels, "Relationship")
    }


def _shared(tree: Any) -> list[str]:
    return [] if tree is None else ["".join(one.itertext()) for one in _all(tree, "si")]


def _white(tree: Any) -> frozenset[int]:
    """The numbers of the cell formats whose letters are white."""
    if tree is None:
        return frozenset()
    fonts = [
        any(color.get("rgb", "").endswith(WHITE) for color in _all(font, "color"))
        for listed in _all(tree, "fonts")
        for font in listed
    ]
    formats = [one for listed in _all(tree, "cellXfs") for one in listed]
    return frozenset(
        number
        for number, one in enumerate(formats)
        if int(one.get("fontId", "0")) < len(fonts) and fonts[int(one.get("fontId", "0"))]
    )


def _sheet(name: str, state: str, tree: Any, shared: list[str], white: frozenset[int]) -> Sheet:
    cells = []
    for row in _all(tree, "row"):
        for cell in row:
            value = _value(cell, shared)
            formula = "".join(one.text or "" for one in _all(cell, "f"))
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
            int(one.get("r", "0")) for one in _all(tree, "row") if one.get("hidden") in hidden
        ),
        frozenset(
            letters(number)
            for one in _all(tree, "col")
            if one.get("hidden") in hidden
            for number in range(int(one.get("min", "1")), min(int(one.get("max", "1")), 256) + 1)
        ),
    )


def _value(cell: Any, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(text for one in _all(cell, "is") for text in one.itertext()).strip()
    value = next((one.text or "" for one in _all(cell, "v")), "").strip()
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


def _comments(sheet: str, tree: Any) -> list[tuple[str, str, str]]:
    authors = [one.text or "" for one in _all(tree, "author")]
    found = []
    for one in _all(tree, "comment"):
        who = one.get("authorId", "")
        author = authors[int(who)] if who.isdigit() and int(who) < len(authors) else ""
        found.append((sheet, one.get("ref", ""), f"{''.join(one.itertext()).strip()}\n{author}"))
    return found


def _properties(trees: dict[str, Any], wanted: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        one.text.strip()
        for name in ("docProps/core.xml", "docProps/app.xml")
        if name in trees
        for one in trees[name].iter()
        if _local(one.tag) in wanted and one.text and one.text.strip()
    )


def _custom(trees: dict[str, Any]) -> tuple[str, ...]:
    tree = trees.get("docProps/custom.xml")
    if tree is None:
        return ()
    return tuple("".join(one.itertext()).strip() for one in _all(tree, "property"))
