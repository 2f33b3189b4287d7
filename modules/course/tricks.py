"""Test-taking tricks: what somebody who knows nothing looks for in a stem and its options.

As collected by Millman, Bishop and Ebel (1965): length, hedges, absolutes, grammar, words of the
stem, middle values, and the option that wrong ones were made from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

ABSOLUTE = re.compile(
    r"\b(?:always|never|all|every(?:one|body|thing)?|none|nobody|nothing|only|must|any(?:one|body)?|"
    r"entirely|completely|impossible|cannot)\b",
    re.IGNORECASE,
)
HEDGE = re.compile(
    r"\b(?:may|might|can|could|often|usually|sometimes|some|likely|generally|normally|mostly|"
    r"depends|unless|if|enough|necessary|proportionate|reasonabl[ey])\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
WORD = re.compile(r"[a-z’']{4,}")

Texts = tuple[str, ...]
Trick = Callable[[str, Texts], Sequence[float]]
"""From a stem and its options to a score for each option; the highest is taken."""


def length(stem: str, options: Texts) -> list[float]:
    """The longest option: keys are often hedged and filled out until nobody can object."""
    return [len(one) for one in options]


def _hedged(stem: str, options: Texts) -> list[float]:
    return [len(HEDGE.findall(one)) for one in options]


def _modest(stem: str, options: Texts) -> list[float]:
    return [-len(ABSOLUTE.findall(one)) for one in options]


def _middle(stem: str, options: Texts) -> list[float]:
    """The option whose number lies in the middle; nothing where an option has none."""
    found = [NUMBER.search(one) for one in options]
    if not all(found):
        return [0.0] * len(options)
    values = [float(one.group().replace(",", "")) for one in found if one]
    ranks = [sorted(values).index(value) for value in values]
    return [-abs(rank - (len(values) - 1) / 2) for rank in ranks]


def _agrees(stem: str, options: Texts) -> list[float]:
    """After “a” or “an” at the end of the stem, the options that begin as the article asks."""
    article = re.search(r"\b(an?)\W*$", stem)
    if not article:
        return [0.0] * len(options)
    return [float((one[:1].lower() in "aeiou") == (article[1] == "an")) for one in options]


def _echo(stem: str, options: Texts) -> list[float]:
    asked = set(WORD.findall(stem.lower()))
    return [len(asked & set(WORD.findall(one.lower()))) for one in options]


def _central(stem: str, options: Texts) -> list[float]:
    """The option that shares most words with the others: wrong ones are often made from the key."""
    words = [set(WORD.findall(one.lower())) for one in options]
    return [
        sum(len(one & other) for place, other in enumerate(words) if place != here)
        for here, one in enumerate(words)
    ]


TRICKS: dict[str, Trick] = {
    "longest": length,
    "most hedged": _hedged,
    "fewest absolutes": _modest,
    "middle number": _middle,
    "grammar": _agrees,
    "words of the stem": _echo,
    "most like the others": _central,
}


def together(stem: str, options: Texts) -> list[float]:
    """Every trick gives its favourites one point to share; one that sees no difference abstains."""
    points = [0.0] * len(options)
    for trick in TRICKS.values():
        scores = trick(stem, options)
        best = [place for place, score in enumerate(scores) if score == max(scores)]
        if len(best) < len(options):
            for place in best:
                points[place] += 1 / len(best)
    return points
