"""The bytes of a question file as text: its encoding found or guessed, nothing unseen in it."""

from __future__ import annotations

import codecs
import re

from modules.basics import BadInput
from modules.exchange.items.brought import Note
from modules.exchange.texts import BINARY

MOST = 5_000
"""Questions of one file: a trainer looks at each of them."""
LONGEST = 200_000
"""Characters of one question with all that belongs to it."""
LARGEST = 10 << 20
"""Bytes of a text: a bank of 5,000 questions has about 3 MB."""
# The longer mark first: UTF-32 begins as UTF-16 does.
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
AGAIN = "Save the file as UTF-8 and bring it again."
# Controls, signs that turn the direction of what follows, and codes that are no signs at all,
# some of which the readers use as marks of their own.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff]"
)
_ENDS = re.compile(r"\r\n?|\x0c|\x85|\u2028|\u2029")


def too_long(length: int) -> str:
    """Why a question of so many characters is refused."""
    return f"It has {length:,} characters; {LONGEST:,} are read. Is a mark missing that ends it?"


def too_many() -> BadInput:
    """What to say of a file with more questions than anybody looks at."""
    return BadInput(f"The file holds more than {MOST:,} questions. Part it.")


def text(data: bytes) -> tuple[str, tuple[Note, ...]]:
    """A file as text with plain line ends, and what had to be guessed or left out.

    Raises BadInput for what is no text, or is text in an encoding that cannot be told.
    """
    if len(data) > LARGEST:
        raise BadInput(
            f"The file has {len(data) >> 20} MB; a text has at most {LARGEST >> 20} MB. Part it."
        )
    told, notes = _decoded(data)
    lines = _ENDS.sub("\n", told)
    if unseen := len(_UNSEEN.findall(lines)):
        lines = _UNSEEN.sub("", lines)
        notes.append(Note("left", f"{unseen} control characters, which nobody can see."))
    if lost := lines.count("\ufffd"):
        sentence = f"{lost} letters were lost before the file came here; “\ufffd” stands for them."
        notes.append(Note("changed", sentence))
    if not lines.strip():
        raise BadInput("The file is empty: it holds no text.")
    return lines, tuple(notes)


def _decoded(data: bytes) -> tuple[str, list[Note]]:
    for mark, code, name in MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], code, name), []
    for magic, what in BINARY.items():
        if data.startswith(magic):
            raise BadInput(f"This is {what}, not a text of questions.")
    # UTF-16 without a mark: half of the bytes of plain text are zero, always on one side.
    even, odd = data[0:400:2].count(0), data[1:400:2].count(0)
    if even + odd > len(data[:400]) // 20:
        if max(even, odd) <= 3 * min(even, odd) or max(even, odd) <= len(data[:400]) // 4:
            raise BadInput(f"The file holds bytes that no text has. {AGAIN}")
        told = _strictly(data, "utf-16-be" if even > odd else "utf-16-le", "UTF-16")
        return told, [Note("changed", "The file does not name its encoding: read as UTF-16.")]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    loose = data.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= one <= "\udcff" for one in loose)
    if sum(one > "\x7f" for one in loose) - stray > stray:
        raise BadInput(
            "Most letters of this file are UTF-8, and some of its bytes are not, so letters would "
            f"be spoilt. {AGAIN}"
        )
    told = _strictly(data, "cp1252", "UTF-8 or Windows-1252")
    sentence = "The file is not UTF-8: read as Windows-1252. Look at letters such as é, ö and ’."
    return told, [Note("changed", sentence)]


def _strictly(data: bytes, code: str, name: str) -> str:
    try:
        return data.decode(code)
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1:,} of {len(data):,}"
        cut = " The file seems to be cut off." if error.end >= len(data) - 1 else ""
        raise BadInput(f"The file is not the {name} it seems: see {where}.{cut} {AGAIN}") from error
