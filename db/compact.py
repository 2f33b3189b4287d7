"""Columns of very many rows as arrays of numbers: no object for each row stays in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import String, cast, func
from sqlmodel import Session

Ints = NDArray[np.int32]
Ids = NDArray[np.bytes_]
# Days are numbers (date.toordinal); this one never comes.
NEVER = 2**31 - 1
AT_ONCE = 20_000
Column = Callable[[list[Any]], NDArray[Any]]


def text(column: Any) -> Any:
    """A day or an id as the database writes it: reading that is far quicker than an object."""
    return cast(column, String)


def moment(session: Session, column: Any) -> Any:
    """A moment as text in UTC."""
    postgres = session.connection().dialect.name == "postgresql"
    return text(func.timezone("UTC", column) if postgres else column)


def columns(session: Session, query: Any, *kinds: Column) -> list[NDArray[Any]]:
    """A query's columns as arrays, each read by its kind; a portion of rows at a time."""
    found: list[list[NDArray[Any]]] = [[kind([])] for kind in kinds]
    rows = session.connection().execute(query.execution_options(yield_per=AT_ONCE))
    for some in rows.partitions():
        for into, kind, values in zip(found, kinds, zip(*some, strict=True), strict=True):
            into.append(kind(list(values)))
    return [np.concatenate(some) for some in found]


def ids(values: list[str]) -> Ids:
    """Ids as 16 bytes each, from the text of either database."""
    raw = bytes.fromhex("".join(values).replace("-", ""))
    return np.frombuffer(raw, "S16") if raw else np.empty(0, "S16")


def whose(known: Ids) -> Column:
    """Reads ids as places in a sorted array that has them all."""
    return lambda values: np.searchsorted(known, ids(values)).astype(np.int32)


def coded(codes: dict[Any, int]) -> Column:
    """Reads names as numbers, in the order in which they first came."""
    return lambda values: np.array(
        [codes.setdefault(value, len(codes)) for value in values], np.int32
    )


def days() -> Column:
    """Reads days; none is `NEVER`."""
    known: dict[str | None, int] = {None: NEVER}

    def read(values: list[str | None]) -> Ints:
        for value in set(values).difference(known):
            known[value] = date.fromisoformat(str(value)).toordinal()
        return np.array([known[value] for value in values], np.int32)

    return read


def days_in(zone: str) -> Column:
    """Reads moments, as UTC says them, as days in a zone."""
    home = ZoneInfo(zone)
    hours: dict[str, int] = {}

    def day(value: str) -> int:
        return datetime.fromisoformat(value).replace(tzinfo=UTC).astimezone(home).toordinal()

    def hour(start: str) -> int:
        """The day of a whole hour; 0 where midnight falls into it, as it does in some zones."""
        first = day(f"{start}:00")
        return first if first == day(f"{start}:59:59.999999") else 0

    def read(values: list[str]) -> Ints:
        for start in {value[:13] for value in values}.difference(hours):
            hours[start] = hour(start)
        return np.array([hours[value[:13]] or day(value) for value in values], np.int32)

    return read
