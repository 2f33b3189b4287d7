"""Rows of a staff list, checked cell by cell: what each says, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

import uuid_utils

from modules import days, words
from modules.exchange import cells
from modules.exchange.sheets import FORMULA
from modules.exchange.units import Named

# Rows that are looked at to find out whether dates have the month first.
LOOK = 2_000
# The longest piece of a wrong cell that is told.
TOLD = 60


class Fault(NamedTuple):
    """What is wrong with a row: its number in the import and in the file, field, code, found."""

    n: int
    line: int
    field: str
    code: str
    found: str


@dataclass
class Checker:
    """Turns a file's rows into what the database lays beside its people.

    ``columns`` are the file's, ``mapping`` column -> field; ``paths`` gives, when a row needs it,
    folded names -> role path.
    """

    columns: Sequence[str]
    mapping: Mapping[str, str]
    paths: Callable[[], Mapping[str, str]]
    today: date
    month_first: bool = False
    faults: list[Fault] = field(default_factory=list)
    # Every way in which rows name a unit -> its number.
    units: dict[Named, int] = field(default_factory=dict)
    n: int = 0
    _where: tuple[tuple[str, int], ...] = ()
    _paths: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        self._where = tuple(
            (self.mapping[name], place)
            for place, name in enumerate(self.columns)
            if name in self.mapping
        )

    def look(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Find out from the first rows whether dates have the month first."""
        dated = [place for name, place in self._where if name in ("joined", "last")]
        self.month_first = bool(dated) and any(
            cells.american(row[place].strip())
            for _, row in islice(rows, LOOK)
            for place in dated
            if place < len(row)
        )

    def check(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[object, ...]]:
        """Each row that has an address, as `db.roster.laying.COLUMNS`; faults are noted."""
        for line, row in rows:
            self.n += 1
            made = self._row(line, row)
            if made is not None:
                yield made

    def _wrong(self, line: int, name: str, code: str, found: str) -> None:
        told = "" if found == FORMULA else found
        told = "".join(sign if sign.isprintable() else "�" for sign in told[:TOLD])
        self.faults.append(Fault(self.n, line, name, code, told))

    def _row(self, line: int, row: list[str]) -> tuple[object, ...] | None:
        said: dict[str, str] = {}
        width = len(row)
        for name, place in self._where:
            if place < width and (raw := row[place]):
                text = cells.tidy(raw)
                if not text:
                    continue
                if code := cells.fault(name, text):
                    self._wrong(line, name, code, text)
                    # What is wrong with it is told; it is not told a second time as missing.
                    if name == "email":
                        return None
                    text = "" if name not in ("name", "given", "family") else "?"
                said[name] = text
        if width > len(self.columns) and any(row[len(self.columns) :]):
            self._wrong(line, "email", "wide", " ".join(row[len(self.columns) :]))
        said_email = said.get("email", "")
        email = cells.address(said_email)
        if email is None:
            self._wrong(line, "email", "address" if said_email else "no_email", said_email)
            return None
        name, given, family, derived = self._name(line, said)
        joined, left_on, gone = self._days(line, said)
        boss = said.get("manager")
        if boss and "@" in boss:
            boss = boss.casefold()
        return (
            *(self.n, line, email, said_email if said_email != email else None),
            *(name, given, family, derived, said.get("number") or None),
            *(said.get("title") or None, self._path(line, said.get("path", "")), joined, left_on),
            *(gone, self._unit(said), boss or None, uuid_utils.uuid7().hex, uuid_utils.uuid7().hex),
            *(said.get("job_family") or None, said.get("grade") or None),
            self._known(line, "language", said, words.tag),
            self._known(line, "zone", said, days.zone),
        )

    def _known(
        self, line: int, name: str, said: Mapping[str, str], read: Callable[[str], str | None]
    ) -> str | None:
        """A language or a time zone as it is kept; one that is none is wrong."""
        text = said.get(name)
        if not text:
            return None
        found = read(text)
        if found is None:
            self._wrong(line, name, name, text)
        return found

    def _name(self, line: int, said: Mapping[str, str]) -> tuple[str, str, str | None, int]:
        """Name, given name, family name, and whether the parts were guessed from the whole."""
        name, given, family = said.get("name", ""), said.get("given", ""), said.get("family", "")
        if given or family:
            whole = name or f"{given} {family}".strip()
            return whole, given or whole, family or None, 0
        if not name:
            self._wrong(line, "name", "no_name", "")
            return "?", "?", None, 1
        last, comma, first = name.partition(", ")
        if comma and last and first and "," not in first:
            return f"{first} {last}", first, last, 0
        return name, name.split(" ", 1)[0], None, 1

    def _days(self, line: int, said: Mapping[str, str]) -> tuple[str | None, str | None, int]:
        """The day of joining, the first day no longer here, and whether she is gone today."""
        joined = self._day(line, "joined", said)
        last = self._day(line, "last", said)
        active: bool | None = None
        if told := said.get("active"):
            active = cells.yes(told)
            if active is None:
                self._wrong(line, "active", "yes_no", told)
        left_on = last + timedelta(days=1) if last else None
        if joined and left_on and left_on <= joined:
            self._wrong(line, "last", "before", said["last"])
        gone = active is False or bool(left_on and left_on <= self.today)
        if gone and active and "active" in said:
            self._wrong(line, "last", "contradicts", said["last"])
        if gone and (left_on is None or left_on > self.today):
            left_on = self.today
        return (
            joined.isoformat() if joined else None,
            left_on.isoformat() if left_on else None,
            int(gone),
        )

    def _day(self, line: int, name: str, said: Mapping[str, str]) -> date | None:
        text = said.get(name)
        if not text:
            return None
        found = cells.day(text, self.month_first)
        if found is None:
            self._wrong(line, name, "date", text)
        return found

    def _path(self, line: int, text: str) -> str | None:
        if not text:
            return None
        if self._paths is None:
            self._paths = self.paths()
        found = self._paths.get(text.casefold())
        if found is None:
            self._wrong(line, "path", "path", text)
        return found

    def _unit(self, said: Mapping[str, str]) -> int | None:
        named = Named(said.get("unit", ""), said.get("unit_code", ""), said.get("parent", ""))
        if not named.name and not named.code:
            return None
        return self.units.setdefault(named, len(self.units) + 1)
