"""What a QTI item declares: its responses, what is right in each, and how it came to be marked."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal

from lxml import etree

from modules.exchange.items.gathering import NotTakenError, bare
from modules.exchange.items.qti_tree import words

NUMBERS = ("float", "integer")


def number(written: str | None, what: str) -> float:
    """A finite number."""
    try:
        value = float((written or "").strip())
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise NotTakenError(f"{what} is “{bare(written or '', 40)}”. A number is expected there.")
    return value


def between(one: float, other: float) -> float:
    """The sum of two numbers as written: in decimal, in which 128 and 0.01 are 128.01."""
    return float(Decimal(repr(one)) + Decimal(repr(other)))


@dataclass(frozen=True)
class Declared:
    """A response: what kind it is, what is right, and what each value is worth."""

    name: str
    cardinality: str
    base: str
    right: tuple[str, ...]
    worth: dict[str, float]
    upper: float | None


@dataclass
class Marking:
    """The rules of an item, as far as its responses are concerned.

    ``worth`` is by response and value, from rules that name values one by one; ``near`` holds
    numbers that are right with how far an answer may be, and those in ``open`` do not take the ends
    of it; ``right`` and ``mapped`` name responses
    that count by what they declare. ``said`` is which value of a feedback's variable goes with
    which response and what of it ("right", "wrong", or a value); ``chosen`` are variables that hold
    the choice itself, ``always`` values that a variable has whatever is answered.
    """

    declared: dict[str, Declared] = field(default_factory=dict)
    right: set[str] = field(default_factory=set)
    mapped: set[str] = field(default_factory=set)
    worth: dict[str, dict[str, float]] = field(default_factory=dict)
    near: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)
    exact: bool = False
    open: set[str] = field(default_factory=set)
    said: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)
    always: set[tuple[str, str]] = field(default_factory=set)
    ruled: bool = False


def declared(one: etree._Element) -> Declared:
    """A response declaration. Raises NotTakenError."""
    mapping, worth, upper = one.find("mapping"), dict[str, float](), None
    if one.find("areaMapping") is not None:
        raise NotTakenError(
            "It is answered by a place in a picture. Write it as a hotspot question."
        )
    if mapping is not None:
        for entry in mapping.iterfind("mapEntry"):
            key = " ".join((entry.get("mapKey") or "").split())
            worth[key] = number(entry.get("mappedValue"), f"What “{bare(key, 40)}” is worth")
        if mapping.get("upperBound"):
            upper = number(mapping.get("upperBound"), "The most that it is worth")
        if number(mapping.get("defaultValue") or "0", "The default worth") > 0:
            raise NotTakenError("Any other answer is worth something there, so none is wrong.")
    return Declared(
        str(one.get("identifier") or ""),
        str(one.get("cardinality") or "single"),
        str(one.get("baseType") or "identifier"),
        tuple(words(value) for value in one.iterfind("correctResponse/value")),
        worth,
        upper,
    )
