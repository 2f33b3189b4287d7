"""Whether a mended sentence holds its figure, its base and its year, and claims no more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated, TypeVar

from pydantic import Field

from modules.basics import Content

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
PARTS = ("figure", "base", "year", "forbid")
# Ways to say whose answer it is: a writer who lists one of them means all of them.
SAYING = (
    *("said", "say", "says", "saying", "told", "tell", "tells", "stated", "states", "state that"),
    *("report", "reports", "reported", "reporting", "answer", "answers", "answered", "replied"),
    *("noted", "claimed", "according to", "by their own account"),
)
_ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


class Repair(Content):
    """What a mended sentence needs: one of ``figure``, one of each list in ``base``, one of
    ``year``, and nothing of ``forbid``. Words of a base may go on: organisation(s). A list
    with one of `SAYING` in it takes any of them. “By 74%” forbids an amount, and not the share
    in “reported by 74% of organisations”.
    """

    figure: Many[str] = Field(min_length=1)
    base: Many[Many[str]] = Field(min_length=1)
    year: Many[str] = Field(min_length=1)
    forbid: Many[str] = ()


def plain(text: str) -> str:
    """``text`` for comparison: lower case, straight quotes, one blank, “%” for “per cent”."""
    text = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    text = " ".join(re.sub(r"\s*(%|\bper\s?cent\b)", "% ", text).split())
    return re.sub(r"%\s+(?=[^\w\s])", "%", text)


def _whole(words: Iterable[str], text: str) -> bool:
    """Whether one of ``words`` stands in ``text`` by itself: 80% is not in 180% or 80%5."""
    return any(re.search(rf"(?<![\w.,]){re.escape(plain(w))}(?!\w|[.,]\d)", text) for w in words)


def _begun(words: Iterable[str], text: str) -> bool:
    """Whether a word of ``text`` begins with one of ``words``."""
    return any(re.search(rf"(?<!\w){re.escape(plain(word))}", text) for word in words)


def _claimed(words: Iterable[str], text: str) -> bool:
    """Whether ``text`` has one of ``words``, whole; after a last “%”, “of” makes it a share."""
    ends = r"(?!\w|(?<=%) of\b)"
    return any(re.search(rf"(?<!\w){re.escape(plain(word))}{ends}", text) for word in words)


# “This does not mean that 55% of employees are trained” says the opposite; “not only” does not.
_DENIED = re.compile(
    r"\b(?:not|no|never|nothing|cannot|\w+n't)\b(?! (?:only|doubt|less|wonder)\b)[^.;:()]*"
)


def judge(repair: Repair, text: str) -> dict[str, bool]:
    """For each of ``PARTS``, whether ``text`` passes. An empty sentence passes nothing."""
    said = plain(text)
    if not said:
        return dict.fromkeys(PARTS, False)
    return {
        "figure": _whole(repair.figure, said),
        "base": all(
            _begun(synonyms, said)
            or (any(plain(word) in SAYING for word in synonyms) and _whole(SAYING, said))
            for synonyms in repair.base
        ),
        "year": _whole(repair.year, said),
        "forbid": not _claimed(repair.forbid, _DENIED.sub(" ", said)),
    }
