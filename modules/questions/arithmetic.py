"""Whitelisted arithmetic: + − × ÷, brackets, numbers and names; exact, and never ``eval``."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache

LONGEST = 200
_DO: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def exact(number: int | float) -> Fraction:
    """The number as it is written: 0.1 is one tenth, not the nearest binary fraction."""
    return Fraction(str(number))


@cache
def _tree(formula: str) -> ast.expr:
    if len(formula) > LONGEST:
        raise ValueError(f"a formula has at most {LONGEST} characters")
    try:
        return ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ValueError(f"“{formula}” is not arithmetic") from error


def work_out(formula: str, values: Mapping[str, int | float]) -> Fraction:
    """The exact value of ``formula``, with names from ``values``.

    Raises ValueError, in words for a trainer, for anything but + - * /, brackets, numbers and
    known names, and for a division by zero.
    """
    try:
        return _value(_tree(formula), values)
    except ZeroDivisionError as error:
        raise ValueError(f"“{formula}” divides by zero") from error


def _value(node: ast.expr, values: Mapping[str, int | float]) -> Fraction:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _DO:
            return _DO[type(op)](_value(left, values), _value(right, values))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            if abs(number) > 1e15:
                raise ValueError(f"{number} is too large")
            return exact(number)
        case ast.Name(id=name) if name in values:
            return exact(values[name])
        case ast.Name(id=name):
            raise ValueError(f"“{name}” is not one of the parameters: {', '.join(values)}")
        case _:
            raise ValueError(f"only + - * / and brackets may be used, not “{ast.unparse(node)}”")
