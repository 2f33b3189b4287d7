"""A sheet of marks as CSV: one row for each taker, one column for each item.

Written by hand, by a spreadsheet, or by Moodle's quiz report (grades as CSV, whose heads are such
as “Q. 1 /10.00”, whose “-” is no answer, and whose last row is the average).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from modules.basics import BadInput
from modules.exchange import texts

MOST_COLUMNS, MOST_TAKERS = 2_000, 200_000
SHOWN = 40
"""Characters of a cell that an error repeats."""
NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,12})?")
MOST_IN_HEAD = re.compile(r"^(.*?)\s*/\s*(\d{1,9}(?:[.,]\d{1,12})?)$")
NO_ANSWER = frozenset({"", "-", "–", "—"})
WHO = re.compile(
    r"id|takers?|names?|(first|last|full|given|family) ?name|surname|user( ?name| ?id)?|nr|no\.?|#"
    r"|(e-?)?mail( address)?|student( ?id)?|learner|person|candidate|participant|respondent"
    r"|examinee|id number|index|row|code|[psu]id|.*[ _-](id|name|number|no\.?|nr)",
    re.IGNORECASE,
)
"""Heads of columns that say who it was."""
SUMS = frozenset({"total", "sum", "grade", "total score", "total mark", "total marks"})
"""Heads of columns that add up the others: counted as an item they would spoil every figure."""
AVERAGE = "overall average"


@dataclass(frozen=True)
class Marks:
    """The marks of a sheet. ``left_out`` says of each column that is no item why it is not."""

    items: tuple[str, ...]
    most: tuple[Fraction, ...]
    rows: tuple[tuple[Fraction, ...], ...]
    left_out: Mapping[str, str]
    unanswered: int


def read(path: Path, most: Sequence[str] = ()) -> Marks:
    """The sheet in a file. ``most`` is what items give: “3” for all, or “Q1=5” for one.

    What no head and no ``most`` says is the largest mark found in the column, and at least 1. An
    empty cell is 0: it counts as Moodle counts a question that was seen and not answered.
    Raises BadInput that says where, what was found, what was expected and what to do.
    """
    try:
        with path.open("rb") as file:
            lines = list(texts.rows(file, kind="a sheet of marks", most=MOST_COLUMNS))
    except OSError as error:
        raise BadInput(f"{path}: the file cannot be read ({error.strerror}).") from error
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from error
    try:
        return _sheet(lines, most)
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from error


def _sheet(lines: list[tuple[int, list[str]]], most: Sequence[str]) -> Marks:
    if not lines:
        raise BadInput(
            "the file is empty. Expected a row with the names of the items, then a row of marks "
            "for each taker."
        )
    (first, head), *rest = lines
    head = [_plain(one) for one in head]
    while head and not head[-1] and all(len(row) < len(head) or not row[-1] for _, row in rest):
        head.pop()  # a delimiter at every row's end
        rest = [(number, row[: len(head)]) for number, row in rest]
    rows = [(number, [_plain(cell) for cell in row]) for number, row in rest]
    rows = [(number, row) for number, row in rows if AVERAGE not in map(str.casefold, row)]
    _fits(first, head, rows)
    left_out = dict(_no_items(head, rows))
    items = [place for place in range(len(head)) if place not in left_out]
    if not items:
        raise BadInput(
            "no column holds marks. Expected at least one column of numbers; found "
            f"{', '.join(_told(one) for one in head)}."
        )
    names, tops = _names([head[place] for place in items], most)
    _same_taker(head, rows)
    marks = [
        tuple(_mark(row[place], number, name) for place, name in zip(items, names, strict=True))
        for number, row in rows
    ]
    return Marks(
        tuple(names),
        tuple(_most(names, tops, marks, rows)),
        tuple(marks),
        {head[place] or f"column {place + 1}": why for place, why in left_out.items()},
        sum(row[place] in NO_ANSWER for _, row in rows for place in items),
    )


def _fits(first: int, head: list[str], rows: list[tuple[int, list[str]]]) -> None:
    if len(rows) < 2:
        raise BadInput(
            f"found {len(rows)} {'row' if len(rows) == 1 else 'rows'} of marks under the head. "
            "Expected at least two takers: statistics of one person say nothing."
        )
    if len(rows) > MOST_TAKERS:
        raise BadInput(f"found {len(rows):,} takers. At most {MOST_TAKERS:,} are read at once.")
    for number, row in rows:
        if len(row) != len(head):
            raise BadInput(
                f"row {number} has {len(row)} cells, and the head in row {first} has {len(head)}. "
                "Give every row as many. A mark with a decimal comma needs quotes, or “;” between "
                "the cells."
            )


def _no_items(head: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[tuple[int, str]]:
    """Columns that are no item, each with why."""
    for place, name in enumerate(head):
        cells = [row[place] for _, row in rows]
        plain = MOST_IN_HEAD.sub(r"\1", name).casefold()
        filled = [cell for cell in cells if cell not in NO_ANSWER]
        if WHO.fullmatch(name):
            yield place, "says who it was"
        elif plain in SUMS:
            yield place, "adds up the others"
        elif not name and place == 0:
            yield place, "has no name and stands first: it numbers the rows"
        elif not name:
            raise BadInput(f"column {place + 1} has no name. Write one into the first row.")
        elif filled and not any(NUMBER.fullmatch(cell) for cell in filled):
            yield place, "holds no numbers"


def _names(heads: list[str], most: Sequence[str]) -> tuple[list[str], dict[str, Fraction]]:
    """The items' names, and what their heads and the command say that they give."""
    names, tops = [], {}
    for head in heads:
        parted = MOST_IN_HEAD.match(head)
        name = parted[1] if parted and parted[1] else head
        names.append(name)
        if parted and parted[1]:
            tops[name] = _number(parted[2])
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(
            f"two columns are called {', '.join(map(_told, twice))}. Give each item its own name."
        )
    if all(name.isdigit() for name in names) and names != [
        str(int(names[0]) + place) for place in range(len(names))
    ]:
        raise BadInput(
            f"the first row holds numbers only ({', '.join(names[:6])}), so it looks like marks. "
            "Expected the items' names there: put a row with names above it."
        )
    for one in most:
        name, parted_by, value = one.rpartition("=")
        if not NUMBER.fullmatch(value.strip()) or _number(value.strip()) <= 0:
            raise BadInput(f"--max {one}: expected a number above 0, such as 5 or Q1=5.")
        if parted_by and name not in names:
            raise BadInput(
                f"--max {one}: there is no item {_told(name)}. There are {', '.join(names[:12])}."
            )
        tops |= dict.fromkeys([name] if parted_by else names, _number(value.strip()))
    return names, tops


def _most(
    names: list[str],
    tops: Mapping[str, Fraction],
    marks: list[tuple[Fraction, ...]],
    rows: list[tuple[int, list[str]]],
) -> Iterator[Fraction]:
    for place, name in enumerate(names):
        found = max(row[place] for row in marks)
        top = tops.get(name, max(found, Fraction(1)))
        if top <= 0:
            raise BadInput(f"column {_told(name)}: its head says that it gives {top} marks.")
        if found > top:
            number = next(
                number for (number, _), row in zip(rows, marks, strict=True) if row[place] == found
            )
            raise BadInput(
                f"row {number}, column {_told(name)}: found {float(found):g}, and the item gives "
                f"{float(top):g} at the most. Correct the mark, or say --max {name}="
                f"{float(found):g}."
            )
        yield top


def _same_taker(head: list[str], rows: list[tuple[int, list[str]]]) -> None:
    """Refuse somebody who is there twice: only first attempts say what these figures say."""
    for place, name in enumerate(head):
        if not WHO.fullmatch(name) or name.casefold() not in {"id", "taker"}:
            continue
        seen: dict[str, int] = {}
        for number, row in rows:
            if row[place] and seen.setdefault(row[place], number) != number:
                raise BadInput(
                    f"row {number}, column {_told(name)}: {_told(row[place])} is in row "
                    f"{seen[row[place]]} already. Expected one row for each taker: keep the first "
                    "attempt."
                )


def _mark(cell: str, number: int, name: str) -> Fraction:
    if cell in NO_ANSWER:
        return Fraction()
    if not NUMBER.fullmatch(cell):
        raise BadInput(
            f"row {number}, column {_told(name)}: found {_told(cell)}, expected a mark such as 1 "
            "or 0.5, or nothing where there was no answer."
        )
    return _number(cell)


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def _plain(cell: str) -> str:
    return " ".join(cell.split())


def _told(text: str) -> str:
    return f"“{text if len(text) <= SHOWN else f'{text[:SHOWN]}…'}”"
