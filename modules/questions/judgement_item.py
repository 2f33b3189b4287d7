"""One judgement as it is drawn and graded: what to do, and the reason that carries it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from modules.basics import BadInput, Grade, Surface, Words
from modules.markup import given_html
from modules.questions.choices import sentences
from modules.questions.parts import about
from modules.questions.question import Feedback, Response, label, spoken

if TYPE_CHECKING:
    from modules.questions.judgement import Choice, Judgement, Reason

FIELDS = ("choice", "reason")


@dataclass(frozen=True)
class JudgementItem:
    """A judgement with its choices and reasons in the orders of one attempt."""

    question: Judgement
    choices: tuple[Choice, ...]
    reasons: tuple[Reason, ...]

    @property
    def stem(self) -> str:
        """What is asked."""
        return self.question.stem

    def ask(
        self, surface: Surface, key: str, draft: Response, words: Words
    ) -> dict[str, Any] | None:
        """Draw the choices as radio buttons and, below them, the reasons."""
        parts: tuple[Sequence[Choice | Reason], ...] = (self.choices, self.reasons)
        given = {}
        for field, offered in zip(FIELDS, parts, strict=True):
            names = {part.id: label(part.text) for part in offered}
            ids = list(names)
            told = words(f"question.judge_{field}")
            drafted = draft.get(field)
            box = surface.container(key=f"choices-{key}-{field}")
            box.markdown(f"**{told}**")
            chosen = box.radio(
                told,
                ids,
                index=ids.index(drafted) if isinstance(drafted, str) and drafted in ids else None,
                format_func=lambda chosen, names=names: names.get(chosen, ""),
                width="stretch",
                label_visibility="collapsed",
                key=f"{key}/{field}",
            )
            if chosen in names:
                given[field] = chosen
        return given or None

    def complete(self, response: Response) -> bool:
        """A choice needs its reason."""
        return all(response.get(field) for field in FIELDS)

    def _taken(self, response: Response) -> tuple[Choice, Reason]:
        if not isinstance(response, Mapping) or set(response) != set(FIELDS):
            raise BadInput("An answer to this question has a choice and a reason, nothing else.")
        choice = next((one for one in self.choices if one.id == response["choice"]), None)
        reason = next((one for one in self.reasons if one.id == response["reason"]), None)
        if choice is None or reason is None:
            raise BadInput("This answer names an option that the question does not offer.")
        return choice, reason

    def grade(self, response: Response) -> Grade:
        """1 for an acceptable choice with a reason that supports it, 0.5 with a weak one, else 0.

        Tags are those of the choice and of the reason.
        """
        choice, reason = self._taken(response)
        carried = choice.id in reason.supports
        score = (1.0 if carried else 0.5) if choice.acceptable else 0.0
        tags = dict.fromkeys(tag for tag in (choice.tag, reason.tag) if tag)
        return Grade(score, carried, tuple(tags), self.question.VERSION)

    def review(self, surface: Surface, response: Response, words: Words) -> None:
        """The choices that can be defended and the learner's; the reasons that carry it and hers.

        Where the choice cannot be defended, the reasons that carry one that can.
        """
        choice, reason = self._taken(response)
        surface.markdown(f"**{words('question.judge_choices')}**")
        surface.html(
            given_html(
                [
                    _row(one.text, one.acceptable, one is choice, "choice", words)
                    for one in self.choices
                ]
            )
        )
        surface.markdown(f"**{words('question.judge_reasons')}**")
        carries = {one.id for one in self.reasons if self._carries(one, choice)}
        surface.html(
            given_html(
                [
                    _row(one.text, one.id in carries, one is reason, "reason", words)
                    for one in self.reasons
                ]
            )
        )

    def _carries(self, reason: Reason, choice: Choice) -> bool:
        """Whether it supports the choice or, when that cannot be defended, any."""
        return choice.id in reason.supports if choice.acceptable else bool(reason.supports)

    def feedback(self, response: Response) -> Feedback:
        """The question's reason, or what speaks for the choice; why what was weak tempts."""
        choice, reason = self._taken(response)
        carried = choice.id in reason.supports
        sound = [choice] if choice.acceptable else [one for one in self.choices if one.acceptable]
        good = [one for one in self.reasons if self._carries(one, choice)]
        told = [about(one.text, one.why) for one in sound]
        told += [about(one.text, one.why) for one in ([reason] if carried else good)]
        weak = [] if choice.acceptable else [about(choice.text, choice.why)]
        weak += [] if self._carries(reason, choice) else [about(reason.text, reason.why)]
        return Feedback(
            self.question.why or sentences(told),
            tuple(why for why in weak if why),
        )

    def sample(self, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
        """A choice with a reason that supports it, and one without."""
        both = [(choice, reason) for choice in self.choices for reason in self.reasons]
        right = [pair for pair in both if pair[0].id in pair[1].supports]
        wrong = [pair for pair in both if pair not in right]
        picked = (rng.choice(right), rng.choice(wrong))
        first, second = ({"choice": one.id, "reason": two.id} for one, two in picked)
        return first, second

    def plain(self, response: Response) -> str:
        """The choice and the reason, in their words."""
        choice, reason = self._taken(response)
        return f"{spoken(choice.text)}; {spoken(reason.text)}"


def _row(text: str, sound: bool, mine: bool, part: str, words: Words) -> tuple[str, str, str]:
    states = {
        (True, True): ("right-yours", f"question.judge_{part}_sound_yours"),
        (True, False): ("right", f"question.judge_{part}_sound"),
        (False, True): ("yours", f"question.judge_{part}_yours"),
    }
    state, key = states.get((sound, mine), ("plain", ""))
    return spoken(text), state, words(key) if key else ""
