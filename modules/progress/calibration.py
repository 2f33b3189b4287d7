"""How sure somebody was, held against how often she was right. Pure.

Brier score: the mean of (p − o)², where p is the stated probability and o is 1 for right and 0 for
wrong; 0 is best, and always saying one half gives 0.25 (Brier 1950, Monthly Weather Review 78:1–3).
Bias: mean confidence less the share right; above 0 is surer than right. The picture sets, for each
word, the mean of what was said against how often it was right (a reliability diagram, Murphy &
Winkler 1977, Applied Statistics 26:41–47).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from modules.course.model import Module
from modules.progress.asked import item_of
from modules.progress.marking import CONFIDENCE, certainty
from modules.progress.papers import AGAIN
from modules.progress.sheet import Sheet

LEAST = 20
"""Answers from which a picture says anything: with fewer, chance draws it (curriculum 3.2)."""


class Said(NamedTuple):
    """One answer with its word: the probability that the word stands for, and how it went."""

    word: str
    confidence: float
    right: bool


@dataclass(frozen=True)
class Bin:
    """The answers given with one word: ``said`` is the mean probability that it stood for."""

    word: str
    said: float
    right: int
    answers: int

    @property
    def share(self) -> float:
        """How often they were right."""
        return self.right / self.answers


@dataclass(frozen=True)
class Calibration:
    """How well confidence fits; ``said`` and ``share`` are means over all answers."""

    answers: int
    brier: float
    said: float
    share: float
    bins: tuple[Bin, ...]

    @property
    def bias(self) -> float:
        """Above 0: surer than right. Below 0: right more often than she thought."""
        return self.said - self.share


def calibration(said: Sequence[Said], least: int = LEAST) -> Calibration | None:
    """The whole picture, with a bin for each word that was used; None under ``least`` answers."""
    if len(said) < max(1, least):
        return None
    words = {word: [one for one in said if one.word == word] for word in CONFIDENCE}
    return Calibration(
        answers=len(said),
        brier=fmean((one.confidence - one.right) ** 2 for one in said),
        said=fmean(one.confidence for one in said),
        share=fmean(one.right for one in said),
        bins=tuple(
            Bin(
                word,
                fmean(one.confidence for one in given),
                sum(one.right for one in given),
                len(given),
            )
            for word, given in words.items()
            if given
        ),
    )


def said_in(module: Module, sheets: Iterable[Sheet]) -> Iterator[Said]:
    """What was said on these attempts: first answers only, and only those with a word."""
    for sheet in sheets:
        for answer in sheet.answers.values():
            first = answer.try_number == 1 and not answer.slot.startswith(AGAIN)
            if answer.kind != "item" or not first:
                continue
            if answer.confidence is None or answer.correct is None:
                continue
            item = item_of(module, sheet, answer.slot)
            word = word_of(answer.confidence, len(getattr(item, "options", ())))
            yield Said(word, answer.confidence, answer.correct)


def word_of(confidence: float, options: int) -> str:
    """The word behind a stored number, where there were so many ``options`` to choose from."""
    numbers = {word: certainty(word, options) or 0.0 for word in CONFIDENCE}
    return min(CONFIDENCE, key=lambda word: abs(numbers[word] - confidence))
