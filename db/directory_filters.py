"""A SCIM filter as a condition in SQL (RFC 7644, 3.4.2.2), true for the same rows as in Python.

No leaf is ever NULL, so that `not` means what it says.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from scim2_models import InvalidFilterException
from scim2_models.path import (
    AttrPath,
    CompareOperator,
    Comparison,
    FilterNode,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
)
from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, true

from db.texts import begins, contains, ends, fold, folded, id_text, ordered, storable

Op = CompareOperator


@dataclass(frozen=True)
class Value:
    """One value of a resource: an expression, and how it is compared.

    ``kind`` is text (in any letter case), exact (as it is written), id, flag or moment.
    ``plain`` is a faster equal for what is asked most: it takes the text asked for.
    """

    expr: Any
    kind: str = "text"
    plain: Any = None

    @property
    def key(self) -> Any:
        """What text is compared by."""
        if self.kind == "id":
            return id_text(self.expr)
        return folded(self.expr) if self.kind == "text" else self.expr


@dataclass(frozen=True)
class Node:
    """An attribute with parts. ``rows`` is a query of its entries where it has several."""

    parts: Mapping[str, Value]
    rows: Select[Any] | None = None
    # A complex attribute that is compared by its value all the same: emails, manager.
    by_value: bool = False

    @property
    def many(self) -> bool:
        """Whether it is a query of entries."""
        return self.rows is not None


Fields = Mapping[str, Value | Node]
NONE: Mapping[str, str] = {}


def condition(
    node: FilterNode, fields: Fields, extensions: Mapping[str, str] = NONE
) -> ColumnElement[bool]:
    """The rows that a filter keeps. ``extensions``: a schema -> the sign before its fields.

    Raises InvalidFilterException for what no row could be compared with.
    """
    return _Translation(fields, extensions).visit(node)


class _Translation:
    def __init__(self, fields: Fields, extensions: Mapping[str, str]) -> None:
        self.fields = fields
        self.signs = {schema.lower(): sign for schema, sign in extensions.items()}

    def visit(self, node: FilterNode) -> ColumnElement[bool]:
        if isinstance(node, Not):
            return not_(self.visit(node.expr))
        if isinstance(node, LogicalExpr):
            terms = [self.visit(term) for term in node.terms]
            return and_(*terms) if node.op == LogicalOperator.and_ else or_(*terms)
        if isinstance(node, Comparison):
            return self._compared(self._found(node.attr_path), node)
        if isinstance(node, Present):
            return self._present(self._found(node.attr_path), node.attr_path)
        if isinstance(node, ValuePath):
            return self._selected(node)
        raise InvalidFilterException(detail="That kind of filter is not known here.")

    def _found(self, path: AttrPath) -> Value | Node | None:
        sign = self.signs.get((path.uri or "").lower(), "")
        return self.fields.get(f"{sign}{path.attr.lower()}")

    def _compared(self, found: Value | Node | None, node: Comparison) -> ColumnElement[bool]:
        if found is None:
            return false()
        if isinstance(found, Value):
            return compared(found, node.op, node.value)
        sub = (node.attr_path.sub_attr or "").lower()
        if not sub and not found.many and not found.by_value:
            return self._whole(found, node)
        value = found.parts.get(sub or "value")
        if value is None:
            return false()
        if found.rows is None:
            return compared(value, node.op, node.value)
        return _any(found.rows, value, node.op, node.value)

    def _whole(self, found: Node, node: Comparison) -> ColumnElement[bool]:
        """A complex attribute is equal to no text; only that there is none can be asked."""
        there = or_(*(present(one) for one in found.parts.values()))
        if node.value is None:
            return {Op.eq: not_(there), Op.ne: there}.get(node.op, false())
        return true() if node.op == Op.ne else false()

    def _present(self, found: Value | Node | None, path: AttrPath) -> ColumnElement[bool]:
        if found is None:
            return false()
        if isinstance(found, Value):
            return present(found)
        if path.sub_attr:
            value = found.parts.get(path.sub_attr.lower())
            if value is None:
                return false()
            there = present(value)
        else:
            there = or_(*(present(one) for one in found.parts.values()))
        return found.rows.where(there).exists() if found.rows is not None else there

    def _selected(self, node: ValuePath) -> ColumnElement[bool]:
        found = self._found(node.attr_path)
        if not isinstance(found, Node):
            return false()
        inner = _Translation(found.parts, NONE).visit(node.val_filter)
        return found.rows.where(inner).exists() if found.rows is not None else inner


def _any(rows: Select[Any], value: Value, op: Op, expected: Any) -> ColumnElement[bool]:
    """Some entry fits; for `ne`, no entry is equal; a null asks whether there are entries."""
    if expected is None:
        return {Op.eq: not_(rows.exists()), Op.ne: rows.exists()}.get(op, false())
    if op == Op.ne:
        return not_(rows.where(compared(value, Op.eq, expected)).exists())
    return rows.where(compared(value, op, expected)).exists()


def present(value: Value) -> ColumnElement[bool]:
    """`pr`: there is a value, and it is not empty."""
    there: ColumnElement[bool] = value.expr.is_not(None)
    return there & (value.expr != "") if value.kind in ("text", "exact") else there


def compared(value: Value, op: Op, expected: Any) -> ColumnElement[bool]:
    """One comparison. Never NULL: what has no value is equal to nothing but null."""
    if expected is None:
        if op == Op.eq:
            return value.expr.is_(None)  # type: ignore[no-any-return]
        return value.expr.is_not(None) if op == Op.ne else false()
    if op == Op.ne:
        return not_(compared(value, Op.eq, expected))
    if value.kind == "flag":
        return _flag(value, op, expected)
    there: ColumnElement[bool] = value.expr.is_not(None)
    if value.kind == "moment":
        return there & _moment(value, op, expected)
    if not isinstance(expected, str):
        raise InvalidFilterException(detail=f"{expected!r} is no text.")
    if not storable(expected):
        raise InvalidFilterException(detail="The filter holds a character that no text can have.")
    return there & _text(value, op, expected)


def _text(value: Value, op: Op, expected: str) -> ColumnElement[bool]:
    wanted = fold(expected)
    if value.kind != "text":
        wanted = _composed(expected)
    if op == Op.eq:
        return _same(value, wanted)
    if op == Op.co:
        return contains(value.key, wanted)
    if op == Op.sw:
        return begins(value.key, wanted)
    if op == Op.ew:
        return ends(value.key, wanted)
    key = ordered(value.key)
    if op == Op.gt:
        return key > wanted
    if op == Op.ge:
        return key >= wanted
    return key < wanted if op == Op.lt else key <= wanted


def _same(value: Value, wanted: str) -> ColumnElement[bool]:
    if value.kind == "id":
        try:
            asked = uuid.UUID(wanted)
        except ValueError:
            return false()
        return value.expr == asked if str(asked) == wanted else false()
    if value.plain is not None and wanted.isascii():
        # Both databases lower the ASCII letters alike, and an index has it so.
        return value.plain(wanted)  # type: ignore[no-any-return]
    return value.key == wanted  # type: ignore[no-any-return]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _flag(value: Value, op: Op, expected: Any) -> ColumnElement[bool]:
    try:
        wanted = TypeAdapter(bool).validate_python(expected)
    except ValidationError as error:
        raise InvalidFilterException(detail=f"{expected!r} is neither true nor false.") from error
    if op != Op.eq:
        raise InvalidFilterException(detail="Only eq and ne compare true and false.")
    there: ColumnElement[bool] = value.expr.is_not(None)
    return and_(there, value.expr if wanted else not_(value.expr))


def _moment(value: Value, op: Op, expected: Any) -> ColumnElement[bool]:
    if op in (Op.co, Op.sw, Op.ew):
        return false()
    try:
        wanted = TypeAdapter(datetime).validate_python(expected)
        if wanted.tzinfo is None:
            return false()
        wanted = wanted.astimezone(UTC)
    except (ValidationError, OverflowError) as error:
        raise InvalidFilterException(detail=f"{expected!r} is no date and time.") from error
    column = value.expr
    found: ColumnElement[bool] = {
        Op.eq: column == wanted,
        Op.gt: column > wanted,
        Op.ge: column >= wanted,
        Op.lt: column < wanted,
        Op.le: column <= wanted,
    }[op]
    return found
