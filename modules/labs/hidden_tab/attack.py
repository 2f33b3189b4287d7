"""The attack: which hidden things give away a person, and what a release holds too much of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import pairwise

from modules import synth
from modules.labs.hidden_tab.material import LEAST, YEARS, Material
from modules.labs.hidden_tab.options import RELEASED, Benefit, Book
from modules.labs.hidden_tab.stranger import Opened, opened


def planted(from_town: Material) -> tuple[str, ...]:
    """Names, addresses and claim numbers of everyone in the workbook, officers among them."""
    people = [one for _, group in from_town.groups for one in group]
    told = [text for one in people for text in (one.name, one.address, one.claim)]
    return (*told, *from_town.officers)


def loci(body: bytes) -> dict[str, tuple[str, str]]:
    """Whatever is hidden in a file or easily overlooked: kind and text, by id.

    The kinds: sheet, very-hidden, rows, column, comment, pivot, people, about, name, white.
    """
    file = opened(body)
    found: dict[str, tuple[str, str]] = {}
    for sheet in file.sheets:
        texts = {cell: f"{cell.value} {cell.formula}" for cell in sheet.cells}
        if sheet.state != "visible":
            kind = "sheet" if sheet.state == "hidden" else "very-hidden"
            found[f"sheet:{sheet.name}"] = kind, "\n".join(texts.values())
            continue
        rows = [text for cell, text in texts.items() if cell.row in sheet.hidden_rows]
        if rows:
            found[f"rows:{sheet.name}"] = "rows", "\n".join(rows)
        for column in sorted(sheet.hidden_columns):
            inside = [text for cell, text in texts.items() if cell.column == column]
            if inside:
                found[f"column:{sheet.name}!{column}"] = "column", "\n".join(inside)
        for cell, text in texts.items():
            if cell.white:
                found[f"white:{sheet.name}!{cell.column}{cell.row}"] = "white", text
    for name, place, text in file.comments:
        found[f"comment:{name}!{place}"] = "comment", text
    if file.caches:
        found["pivot"] = "pivot", "\n".join(file.caches)
    if file.people:
        found["people"] = "people", "\n".join(file.people)
    if file.about:
        found["about"] = "about", "\n".join(file.about)
    for name, target in file.names:
        found[f"name:{name}"] = "name", target
    return found


def leaks(body: bytes, strings: Collection[str]) -> dict[str, str]:
    """The kind, by id, of each hidden thing in which one of ``strings`` stands."""
    return {
        id_: kind
        for id_, (kind, text) in loci(body).items()
        if any(one.casefold() in text.casefold() for one in strings)
    }


Table = tuple[tuple[str, str], ...]


@lru_cache(maxsize=16)
def approved(words: Book, benefit: Benefit) -> tuple[tuple[str, Table], ...]:
    """The counts that were asked for, counted anew from Fernleigh's rows: label and count as text.

    Not from `material`, which drew the workbook: each claim is looked at once, in plain Python.
    """
    town = synth.fernleigh()
    home = {row["resident_id"]: row["ward"] for row in town.table("residents").rows()}
    wards: Counter[str] = Counter()
    years: Counter[int] = Counter()
    states: Counter[str] = Counter()
    named = {"in payment": words.in_payment, "under review": words.under_review}
    for claim in town.table("benefit_claims").rows():
        if claim["benefit"] == benefit.record:
            years[claim["claimed_on"].year] += 1
            states[named.get(claim["status"], words.ended)] += 1
            wards[home[claim["resident_id"]]] += claim["status"] == "in payment"
    small = _small(wards)
    total = sum(wards.values())
    rows = [(ward, count) for ward, count in sorted(wards.items()) if count and ward not in small]
    rows += [(words.others, sum(wards[ward] for ward in small))] if small else []
    order = (words.in_payment, words.under_review, words.ended)
    return (
        ("wards", tuple((ward, str(count)) for ward, count in [*rows, (words.total, total)])),
        ("years", tuple((str(year), str(years[year])) for year in YEARS)),
        ("status", tuple((state, str(states[state])) for state in order)),
    )


def _small(wards: Counter[str]) -> set[str]:
    """The smallest wards, joined until together they, and each that is left, reach the least."""
    left = sorted((count, ward) for ward, count in wards.items() if count)
    joined: set[str] = set()
    while left and (left[0][0] < LEAST or 0 < sum(wards[one] for one in joined) < LEAST):
        joined.add(left.pop(0)[1])
    return joined


def too_much(body: bytes, words: Book, benefit: Benefit, strings: Iterable[str]) -> tuple[str, ...]:
    """What is wrong with a released file: some of `RELEASED`, in that order; none when clean."""
    file = opened(body)
    tables = approved(words, benefit)
    wrong = {
        "approved": not _has_all(file, tables),
        "only": not _has_no_more(file, words, benefit, tables),
        "hidden": any(
            sheet.state != "visible" or sheet.hidden_rows or sheet.hidden_columns
            for sheet in file.sheets
        ),
        "objects": bool(
            file.comments
            or file.caches
            or file.others
            or any(not name.startswith("_xlnm.") for name, _ in file.names)
        ),
        "metadata": any(one != words.office and one != "openpyxl" for one in file.people),
        "planted": any(one.casefold() in file.words.casefold() for one in strings),
    }
    return tuple(part for part in RELEASED if wrong[part])


def _has_all(file: Opened, tables: tuple[tuple[str, Table], ...]) -> bool:
    """Whether each label stands in a row with its count right after it, both as plain values."""
    rows: dict[tuple[str, int], list[str]] = {}
    for cell in file.visible():
        rows.setdefault((cell.sheet, cell.row), []).append(
            "" if cell.formula else _plain(cell.value)
        )
    pairs = {pair for row in rows.values() for pair in pairwise(row)}
    return all(pair in pairs for _, table in tables for pair in table)


def _has_no_more(
    file: Opened, words: Book, benefit: Benefit, tables: tuple[tuple[str, Table], ...]
) -> bool:
    """Whether no cell, shown or not, holds anything but the tables and their headings."""
    allowed = {words.title.format(benefit=benefit.told), words.synthetic, words.office}
    allowed |= {words.ward, words.year, words.state, words.claims}
    allowed |= {words.wards, words.years, words.status, ""}
    allowed |= {text for _, table in tables for pair in table for text in pair}
    return all(
        _plain(cell.value) in allowed and not cell.formula
        for sheet in file.sheets
        for cell in sheet.cells
    )


def _plain(value: str) -> str:
    """A number as it is read, whether the file has 28, 28.0 or 2.8E1."""
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < 1e12 else value
