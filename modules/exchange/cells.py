"""One cell of a staff list: tidied, and what is wrong with it as a code. Dates, yes and no."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from modules.exchange.sheets import FORMULA

# Characters. An address has at most 254 (RFC 5321, 4.5.3.1.3 less the brackets).
LONGEST = {
    "email": 254,
    "name": 200,
    "given": 100,
    "family": 100,
    "number": 64,
    "title": 200,
    "unit": 200,
    "unit_code": 64,
    "parent": 200,
    "manager": 254,
    "path": 60,
    "joined": 40,
    "last": 40,
    "active": 40,
    "job_family": 100,
    "grade": 40,
    "language": 60,
    "zone": 60,
}
# One address: nothing that a mail program could take for a second one or for a name.
EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\\\"|`']+(?:'[^\s@<>()\[\],;:\\\"|`']+)*@(?:[\w-]+\.)+[\w-]{2,}"
)
# A spreadsheet takes a cell that begins with one of these for a formula; some take the wide ones.
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
BLANK = frozenset({"-", "–", "—"})
YES = frozenset(
    {
        *("yes", "y", "true", "t", "1", "x", "on", "active", "current", "employed", "enabled"),
        "onroll",
    }
)
NO = frozenset(
    {
        *("no", "n", "false", "f", "0", "off", "inactive", "left", "leaver", "terminated"),
        *("disabled", "ended", "tobedeleted"),
    }
)
# Controls, and signs that turn the direction of what follows or cannot be seen.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
FIRST, LAST = date(1930, 1, 1), date(2100, 1, 1)
# Excel counts days from here (it takes 1900 for a leap year).
EPOCH = date(1899, 12, 30)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?")
_NUMBERS = re.compile(r"(\d\d?)([./-])(\d\d?)\2(\d{4})(?: 0?0:00(?::00)?)?")
_WORDS = re.compile(r"(\d\d?)[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{4})")


def tidy(text: str) -> str:
    """Without blanks round it and doubled ones inside, composed as Unicode has it; "-" is empty."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = " ".join(text.split())
    return "" if text in BLANK else text


def fault(field: str, text: str) -> str:
    """What is wrong with any tidied cell: formula, error, unseen or long; "" for nothing."""
    if text == FORMULA or text.startswith(BEGINS_FORMULA):
        return "formula"
    if text.startswith("#") and text.upper() in ERRORS:
        return "error"
    if not text.isprintable() and UNSEEN.search(text):
        return "unseen"
    return "long" if len(text) > LONGEST[field] else ""


def inert(text: str) -> str:
    """A cell for a spreadsheet: one that it would compute gets an apostrophe in front."""
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text


def address(text: str) -> str | None:
    """An e-mail address without case; None for what is none."""
    folded = text.casefold()
    return folded if EMAIL.fullmatch(folded) and ".." not in folded else None


@lru_cache(maxsize=50_000)
def day(text: str, month_first: bool = False) -> date | None:
    """A date: 2026-11-27, 27/11/2026, 27.11.2026, 27 Nov 2026, or Excel's number. None otherwise.

    ``month_first`` reads 11/27/2026, as files of American systems have it.
    """
    made: tuple[int, int, int] | None = None
    if found := _ISO.fullmatch(text):
        made = (int(found[1]), int(found[2]), int(found[3]))
    elif found := _NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        if month_first and found[2] != ".":
            first, second = second, first
        made = (int(found[4]), second, first)
    elif (found := _WORDS.fullmatch(text)) and found[2].lower() in MONTHS:
        made = (int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    elif text.isascii() and text.isdigit() and len(text) == 5:
        return _within(EPOCH + timedelta(days=int(text)))
    if made is None:
        return None
    try:
        return _within(date(*made))
    except ValueError:
        return None


def _within(found: date) -> date | None:
    return found if FIRST <= found <= LAST else None


def american(text: str) -> bool:
    """Whether a date can only be read with the month first."""
    found = _NUMBERS.fullmatch(text)
    return bool(found and found[2] != "." and int(found[1]) <= 12 < int(found[3]))


def yes(text: str) -> bool | None:
    """Yes or no in the words of HR systems; None for anything else."""
    word = text.casefold().replace(" ", "").replace("-", "")
    return True if word in YES else False if word in NO else None
