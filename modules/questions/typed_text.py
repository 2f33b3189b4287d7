"""Typed text compared as people mean it: case, accents, spaces and number marks do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from modules.questions.number_text import read_number

_ALIKE = str.maketrans("’‘‛`´“”„«»‐‑‒–—−", "'''''\"\"\"\"\"------")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_AROUND = ".,;:!?\"'()[]"


def folded(text: str) -> str:
    """``text`` without what typing may add or leave out, for comparing only.

    Case, accents, spaces, hyphens between letters and punctuation around the text are gone.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_ALIKE)).casefold()
    kept = (
        letter
        for letter in unicodedata.normalize("NFKD", plain).translate(_ALIKE)
        if not unicodedata.combining(letter)
        and not letter.isspace()
        and unicodedata.category(letter) not in ("Cf", "Cc")
    )
    return _HYPHEN.sub("", "".join(kept)).strip(_AROUND)


def meaning(text: str, mark: str = ".") -> float | str:
    """What is compared: the value of a number, so that −5 is not 5, or else the folded text.

    ``mark`` is the decimal mark of the language.
    """
    value = read_number(text, mark=mark)
    return folded(text) if value is None else value


written = lru_cache(maxsize=4096)(meaning)
"""`meaning` of what a writer wrote, worked out once; what learners type is never kept."""


def same_text(one: str, other: str, mark: str = ".") -> bool:
    """Whether two texts mean the same."""
    return meaning(one, mark) == meaning(other, mark)
