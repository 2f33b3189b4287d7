"""A table as text: which encoding, which delimiter, and its rows one after the other."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from modules.basics import BadInput

DELIMITERS = (",", ";", "\t", "|")
BLOCK = 1 << 20
# Characters in one cell, and columns: far more than any staff list has.
LONGEST, COLUMNS = 10_000, 200
BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a packed file",
    b"\xd0\xcf\x11\xe0": "an old Excel file, or one with a password",
    b"\x1f\x8b": "a packed file",
    b"\x89PNG": "a picture",
    b"SQLite format": "a database",
}
# Letters beyond ASCII; and bytes that are no UTF-8, as "surrogateescape" hands them on.
BEYOND, STRAY = re.compile(r"[^\x00-\x7f]"), re.compile("[\udc80-\udcff]")
MIXED = (
    "Most letters of this file are UTF-8, and some of its bytes are not, so names would be spoilt. "
    "Save the table as CSV in UTF-8."
)
INSIDE = re.compile(r"\d,\d")
DAMAGED = "The file is not whole: a quoted cell never ends, near row {n}. Export it again."


def encoding(file: BinaryIO) -> str:
    """How the bytes are meant: by their mark, else UTF-8 if all of it is, else Windows-1252.

    Raises BadInput for what is no text. The file is read once, in blocks, and wound back.
    """
    start = file.read(BLOCK)
    file.seek(0)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            return name
    for mark, what in BINARY.items():
        if start.startswith(mark):
            raise BadInput(f"This is {what}, not a table. Save it as CSV or .xlsx.")
    if b"\x00" in start:
        # UTF-16 without a mark: half of the bytes of plain text are zero, always on one side.
        even, odd = start[0:400:2].count(0), start[1:400:2].count(0)
        if max(even, odd) > 3 * min(even, odd) and max(even, odd) > len(start[:400]) // 4:
            return "utf-16-be" if even > odd else "utf-16-le"
        raise BadInput("This file is no text. Save the table as CSV or .xlsx.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        if _mostly_utf_8(file):
            raise BadInput(MIXED) from None
        return "cp1252"
    finally:
        file.seek(0)
    return "utf-8"


def _mostly_utf_8(file: BinaryIO) -> bool:
    """Whether more letters are UTF-8 than bytes are not: then it is no Windows-1252 either."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    file.seek(0)
    good = bad = 0
    while block := file.read(BLOCK):
        text = decoder.decode(block)
        wrong = len(STRAY.findall(text))
        good, bad = good + len(BEYOND.findall(text)) - wrong, bad + wrong
    return good > bad


def delimiter(line: str) -> str:
    """What parts the cells of the head: the sign that stands most often outside quotes.

    A comma inside a number, as in “Q1/2,5”, parts nothing.
    """
    bare = INSIDE.sub("", "".join(line.split('"')[::2]))
    return max(DELIMITERS, key=bare.count)


def rows(
    file: BinaryIO, *, kind: str = "a staff list", most: int = COLUMNS
) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds anything, with its number as a spreadsheet counts. Raises BadInput.

    ``kind`` is what the file should be, which has at most so many columns.
    """
    name = encoding(file)
    text = io.TextIOWrapper(file, encoding=name, newline="")
    first = ""
    number = 0
    try:
        first = text.readline(1_000_000)
        # Excel's own way to tell the delimiter.
        told = first.strip().casefold()
        if told.startswith("sep=") and len(told) <= 5:
            mark, number = (told[4:] or "\t"), 1
            first = ""
        else:
            while first and not first.strip(" \t\r\n,;|\ufeff"):
                first = text.readline(1_000_000)
                number += 1
            mark = delimiter(first)
        begun = [first.removeprefix("\ufeff")] if first else []
        reader = csv.reader(chain(begun, text), delimiter=mark, strict=True)
        for cells in reader:
            number += 1
            if len(cells) > most:
                raise BadInput(f"Row {number} has {len(cells)} cells. Is this {kind}?")
            if any(cells):
                yield number, cells
    except UnicodeDecodeError as error:
        raise BadInput(
            f"Row {number + 1} holds bytes that no text of its encoding ({name}) has. "
            "Save the table as CSV in UTF-8."
        ) from error
    except csv.Error as error:
        raise BadInput(DAMAGED.format(n=number + 1)) from error
    finally:
        text.detach()
