"""A guesser who knows nothing but test-taking tricks, and how often a bank lets it be right.

Each trick scores the options of one single-choice question; ties share the point. The guesser lets
all tricks vote and takes what has most votes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean as mean

from modules.course.tricks import TRICKS, Trick, length, together
from modules.questions import Question, SingleChoice, spoken

GIVEN_AWAY = 0.6
"""The share of a question's cases from which its wording gives it away."""

MOST = 0.45
"""What somebody may score who knows the tricks and nothing else."""
MARGIN = 0.05
"""How far above blind guessing a bet on the key's place, or on the longest option, may come."""


@dataclass(frozen=True)
class Guessed:
    """Shares of a bank's single-choice questions (0 to 1); ``chance`` is blind guessing's."""

    questions: int
    chance: float
    all_tricks: float
    tricks: dict[str, float]
    place: int
    in_place: float
    given_away: tuple[str, ...] = ()

    @property
    def fair(self) -> bool:
        """Whether tricks, place and length say no more about the keys than they may."""
        bound = self.chance + MARGIN
        little = self.all_tricks < MOST and all(share < MOST for share in self.tricks.values())
        return little and self.in_place <= bound and self.tricks["longest"] <= bound


def guess(questions: Iterable[Question]) -> Guessed:
    """How the guesser does over the single-choice questions among ``questions``.

    Each question counts once, however many cases it has. ``place`` is the place (from 1) in which
    keys are written most often, ``in_place`` how often one is right who bets on it;
    ``given_away`` are the ids of questions that the tricks together answer. Learners meet options
    in an order of their own, so a place says nothing to them; it is kept even for paper copies.
    """
    chosen = [one for one in questions if isinstance(one, SingleChoice)]
    if not chosen:
        return Guessed(0, 0.0, 0.0, dict.fromkeys(TRICKS, 0.0), 0, 0.0)
    place, in_place, chance = crowded(chosen)
    shares = {one.id: _share(one, together) for one in chosen}
    return Guessed(
        questions=len(chosen),
        chance=chance,
        all_tricks=mean(shares.values()),
        tricks={name: mean(_share(one, trick) for one in chosen) for name, trick in TRICKS.items()},
        place=place,
        in_place=in_place,
        given_away=tuple(id for id, share in shares.items() if share > GIVEN_AWAY),
    )


def longest(questions: Iterable[Question]) -> tuple[float, float]:
    """How often the longest option is the key, and how often by chance."""
    chosen = [one for one in questions if isinstance(one, SingleChoice)]
    chance = mean(1 / len(one.options) for one in chosen)
    return mean(_share(one, length) for one in chosen), chance


def crowded(questions: Iterable[Question]) -> tuple[int, float, float]:
    """The place (from 1) where keys are written most often, its share, and chance.

    Who bets on the fourth place guesses blindly where there are three options.
    """
    chosen = [one for one in questions if isinstance(one, SingleChoice)]
    shares = {}
    for place in range(1, max(len(one.options) for one in chosen) + 1):
        bets = [
            float(one.options[place - 1].key) if place <= len(one.options) else 1 / len(one.options)
            for one in chosen
        ]
        shares[place] = mean(bets)
    best = max(shares, key=lambda place: shares[place])
    return best, shares[best], mean(1 / len(one.options) for one in chosen)


def _share(question: SingleChoice, trick: Trick) -> float:
    """How often a trick finds the key, over the question's cases."""
    rights = []
    for key in question.variants():
        told = question.variant("guess", key).question
        options = tuple(spoken(one.text) for one in told.options)  # type: ignore[attr-defined]
        scores = trick(spoken(told.stem), options)
        best = [place for place, score in enumerate(scores) if score == max(scores)]
        right = next(n for n, one in enumerate(told.options) if one.key)  # type: ignore[attr-defined]
        rights.append((right in best) / len(best))
    return mean(rights)
