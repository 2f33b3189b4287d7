"""Numbers as people type them: 1,200 or 1 200, 12.5 or 12,5, 27%, "270 organisations"."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

LARGEST = 1e15
_PERCENT = re.compile(r"\s*(%|per\s?cent)\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9][0-9 .,']*|[+-]?[.,][0-9]+")
_MARKS = {".": ",", ",": "."}


def read_number(text: str, unit: str = "", mark: str = ".") -> float | None:
    """The number in ``text``, or None when it cannot be read without guessing.

    ``mark`` is the decimal mark of the language. It settles "1,200": a mark of the other kind
    before exactly three digits groups thousands; before any other number of digits it is taken
    as a decimal mark. Spaces and apostrophes may group too. A trailing % and the unit's words
    are dropped.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("’", "'").strip()
    for word in filter(None, (unit, unit.removesuffix("s"))):
        about = re.escape(unicodedata.normalize("NFKC", word))
        ends = re.compile(rf"^{about}(?![^\W\d_])|(?<![^\W\d_]){about}$", re.IGNORECASE)
        plain = ends.sub("", plain).strip()
    plain = _PERCENT.sub("", plain)
    plain = re.sub(r"^([+-])\s+", r"\1", plain)
    if not _NUMBER.fullmatch(plain):
        return None
    whole, decimals = _parted(plain, mark)
    grouped = re.split(r"[ .,']", whole.lstrip("+-"))
    if len(set(re.findall(r"[ .,']", whole))) > 1 or not _groups(grouped) or "'" in decimals:
        return None
    if not re.fullmatch(r"[0-9]*", decimals):
        return None
    sign = "-" if whole.startswith("-") else ""
    value = float(f"{sign}{''.join(grouped) or '0'}.{decimals or '0'}")
    return value if abs(value) <= LARGEST else None


def _parted(plain: str, mark: str) -> tuple[str, str]:
    """The part before the decimal mark and the part after it."""
    found = re.findall(r"[.,]", plain)
    if not found or (len(found) > 1 and len(set(found)) == 1):
        return plain, ""
    whole, last, rest = plain.rpartition(found[-1])
    thousands = re.fullmatch(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}", plain)
    return (plain, "") if last == _MARKS[mark] and thousands else (whole, rest)


def _groups(parts: list[str]) -> bool:
    """Whether digits are grouped as thousands are: 1 to 3 digits, then always 3."""
    if len(parts) == 1:
        return True
    return 0 < len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


def write_number(number: int | float | Fraction, mark: str = ".", decimals: int = 6) -> str:
    """A number for people: at most ``decimals``, thousands grouped as the language does."""
    text = f"{float(number):,.{decimals}f}".rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text.replace("-", "−")
    return text if mark == "." else text.translate(str.maketrans(",.", "\u202f,"))
