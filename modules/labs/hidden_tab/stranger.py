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

from modules.labs.hidden_tab.cells import (
    Cell,
    Sheet,
    elements,
    local,
    shared_texts,
    sheet_of,
    white_formats,
)
from modules.labs.libraries import need

PEOPLE = ("creator", "lastModifiedBy", "Manager", "Company")
ABOUT = ("title", "subject", "description", "keywords", "category")


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
    shared = shared_texts(trees.get("xl/sharedStrings.xml"))
    white = white_formats(trees.get("xl/styles.xml"))
    links = _targets(trees, "xl/workbook.xml")
    book = trees["xl/workbook.xml"]
    sheets, comments = [], []
    for one in elements(book, "sheet"):
        part = links.get(_attribute(one, "id"), "")
        if part in trees:
            name = one.get("name", "")
            sheets.append(sheet_of(name, one.get("state", "visible"), trees[part], shared, white))
            for target in _targets(trees, part).values():
                if "comment" in target.lower() and target.endswith(".xml") and target in trees:
                    comments += _comments(name, trees[target])
    return Opened(
        tuple(sheets),
        tuple(comments),
        tuple(_text(tree) for name, tree in trees.items() if _is(name, "pivotcache/")),
        tuple((one.get("name", ""), one.text or "") for one in elements(book, "definedName")),
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


def _attribute(one: Any, name: str) -> str:
    return next((value for key, value in one.attrib.items() if local(key) == name), "")


def _text(tree: Any) -> str:
    """All attribute values and texts, a line each; pieces of one text stay joined."""
    lines = []
    for one in tree.iter():
        lines += one.attrib.values()
        if local(one.tag) in ("is", "si", "text", "comment"):
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
        for one in elements(rels, "Relationship")
    }


def _comments(sheet: str, tree: Any) -> list[tuple[str, str, str]]:
    authors = [one.text or "" for one in elements(tree, "author")]
    found = []
    for one in elements(tree, "comment"):
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
        if local(one.tag) in wanted and one.text and one.text.strip()
    )


def _custom(trees: dict[str, Any]) -> tuple[str, ...]:
    tree = trees.get("docProps/custom.xml")
    if tree is None:
        return ()
    return tuple("".join(one.itertext()).strip() for one in elements(tree, "property"))
