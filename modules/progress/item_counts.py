"""What is kept of how a question did: sums of many people's first answers. Pure.

What may be told of them is decided in `modules.progress.item_telling`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, Self

from modules.progress.item_statistics import Statistics, of_item
from modules.progress.marking import certainty
from modules.questions import AnyQuestion

REASONS = ("why", "source", "facts")
"""What is told after an answer: it may change, and the question is still the same one."""
PARTS = 2520
"""Scores are kept as floats; as parts of so many, halves to tenths are again what they were."""


class Alike(Protocol):
    """So many people who answered alike, as the database adds them up."""

    @property
    def score(self) -> float: ...  # noqa: D102
    @property
    def total(self) -> float: ...  # noqa: D102
    @property
    def correct(self) -> bool: ...  # noqa: D102
    @property
    def confidence(self) -> float | None: ...  # noqa: D102
    @property
    def response(self) -> str: ...  # noqa: D102
    @property
    def tags(self) -> str: ...  # noqa: D102
    @property
    def people(self) -> int: ...  # noqa: D102


@dataclass(frozen=True)
class Counted:
    """Sums of one question's first answers.

    ``full`` had all right, ``none`` nothing. ``picks`` and ``tags`` count who picked an option and
    whose answer told a wrong idea. Of the ``said`` who said how sure they were, ``sureness`` is the
    mean; ``sure_wrong`` were not right and at least fairly sure.
    """

    statistics: Statistics
    full: int
    none: int
    picks: Mapping[str, int]
    tags: Mapping[str, int]
    said: int
    sureness: float | None
    sure_wrong: int

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """As the database keeps it."""
        return cls(**{**kept, "statistics": Statistics(**kept["statistics"])})


def counted(question: AnyQuestion, rows: Iterable[Alike], *, rest: bool) -> Counted:
    """What is kept of ``rows``; without ``rest`` there is no sitting to compare the item with."""
    pairs, picks, tags = Counter[tuple[Fraction, Fraction]](), Counter[str](), Counter[str]()
    full = none = said = sure_wrong = 0
    sureness = 0.0
    sure = certainty("fairly", len(getattr(question, "options", ()))) or 0.0
    for row in rows:
        score = _exact(row.score)
        pairs[score, _exact(row.total) - score if rest else Fraction()] += row.people
        full += row.people * (score == 1)
        none += row.people * (score == 0)
        for option in _picked(row.response):
            picks[option] += row.people
        for tag in set(json.loads(row.tags)):
            tags[tag] += row.people
        if row.confidence is not None:
            said += row.people
            sureness += row.people * row.confidence
            sure_wrong += row.people * (not row.correct and row.confidence >= sure - 1e-9)
    mean = sureness / said if said else None
    found = of_item(pairs, Fraction(1))
    return Counted(found, full, none, dict(picks), dict(tags), said, mean, sure_wrong)


def content(question: AnyQuestion) -> str:
    """SHA-256 of what is asked: with other reasons or sources it is the same question."""
    told = question.model_dump(mode="json")
    plain = {name: _without(value) for name, value in told.items() if name not in REASONS}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _without(value: Any) -> Any:
    if isinstance(value, list):
        return [_without(one) for one in value]
    if isinstance(value, dict):
        return {name: _without(one) for name, one in value.items() if name not in REASONS}
    return value


def _exact(score: float) -> Fraction:
    return Fraction(round(score * PARTS), PARTS)


def _picked(response: str) -> set[str]:
    given = json.loads(response) if response else {}
    return {str(one) for one in given.get("choices") or [given.get("choice")] if one}
