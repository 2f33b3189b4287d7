"""Text as a directory compares it, the same on both databases: letter case, order, parts."""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


def fold(text: str) -> str:
    """What comparisons without letter case use: NFC, lower case, NFC again (RFC 7643, 2.2)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())


def bare(text: str | None) -> str | None:
    """`fold` as SQLite calls it."""
    return None if text is None else fold(text)


class folded(FunctionElement[str]):
    """`fold` in SQL. SQLite calls Python; PostgreSQL lowers by Unicode, whatever its locale."""

    type = String()
    inherit_cache = True
    name = "folded"


@compiles(folded, "sqlite")
def _folded_sqlite(element: folded, compiler: Any, **kw: Any) -> str:
    return f"folded({compiler.process(element.clauses, **kw)})"


@compiles(folded, "postgresql")
def _folded_postgresql(element: folded, compiler: Any, **kw: Any) -> str:
    inner = compiler.process(element.clauses, **kw)
    return f'normalize(lower(normalize(({inner})::text, NFC) COLLATE "und-x-icu"), NFC)'


class ordered(FunctionElement[str]):
    """Text in the order of its code points, as Python sorts it, whatever the locale."""

    type = String()
    inherit_cache = True
    name = "ordered"


@compiles(ordered, "sqlite")
def _ordered_sqlite(element: ordered, compiler: Any, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)})"


@compiles(ordered, "postgresql")
def _ordered_postgresql(element: ordered, compiler: Any, **kw: Any) -> str:
    return f'(({compiler.process(element.clauses, **kw)})::text COLLATE "C")'


class position(FunctionElement[int]):
    """Where a text begins inside another, from 1; 0 when it is not in it."""

    type = Integer()
    inherit_cache = True
    name = "position"


@compiles(position, "sqlite")
def _position_sqlite(element: position, compiler: Any, **kw: Any) -> str:
    return f"instr({compiler.process(element.clauses, **kw)})"


@compiles(position, "postgresql")
def _position_postgresql(element: position, compiler: Any, **kw: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **kw)})"


class id_text(FunctionElement[str]):
    """A UUID as it is written, with its hyphens; SQLite keeps the 32 digits alone."""

    type = String()
    inherit_cache = True
    name = "id_text"


@compiles(id_text, "sqlite")
def _id_sqlite(element: id_text, compiler: Any, **kw: Any) -> str:
    inner = compiler.process(element.clauses, **kw)
    parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return "(" + "||'-'||".join(f"substr({inner},{at},{n})" for at, n in parts) + ")"


@compiles(id_text, "postgresql")
def _id_postgresql(element: id_text, compiler: Any, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)})::text"


def contains(text: Any, part: str) -> ColumnElement[bool]:
    """Whether a text holds a part; every text holds the empty one."""
    return position(text, part) > 0 if part else text.is_not(None)


def begins(text: Any, part: str) -> ColumnElement[bool]:
    """Whether a text begins with a part. No wildcard has a meaning in it."""
    return func.substr(text, 1, len(part), type_=String()) == part


def ends(text: Any, part: str) -> ColumnElement[bool]:
    """Whether a text ends with a part."""
    long = func.length(text, type_=Integer())
    tail = func.substr(text, long - len(part) + 1, type_=String()) == part
    return (long >= len(part)) & tail if part else text.is_not(None)


def storable(text: str) -> bool:
    """Whether both databases can hold this text: no NUL, nothing that is no character."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
