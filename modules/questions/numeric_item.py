"""One numeric question with its figures: drawing, reading and grading what is typed."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from modules import fields
from modules.basics import BadInput, Grade, Surface, Words
from modules.markup import given_html
from modules.questions.arithmetic import exact
from modules.questions.cases import NAME
from modules.questions.number_text import LARGEST, read_number, write_number
from modules.questions.question import Feedback, Response, only, spoken

if TYPE_CHECKING:
    from modules.questions.numeric import Numeric

DUST = Fraction(1, 10**9)
"""Relative slack beside the tolerance, so that an exact third can be typed with ten digits."""


@dataclass(frozen=True)
class NumericItem:
    """A numeric question with the parameters of one attempt; values are exact."""

    question: Numeric
    values: Mapping[str, int | float]
    answer: Fraction
    traps: tuple[Fraction, ...]

    @property
    def stem(self) -> str:
        """What is asked, with the figures in place."""
        return self._filled(self.question.stem)

    def near(self, value: Fraction, to: Fraction | None = None) -> bool:
        """Whether ``value`` counts as the answer (or as ``to``)."""
        aim = self.answer if to is None else to
        return abs(value - aim) <= exact(self.question.tolerance) + DUST * abs(aim)

    def ask(
        self, surface: Surface, key: str, draft: Response, words: Words
    ) -> dict[str, Any] | None:
        """Draw a text field named by the stem, and say so when its text is no number.

        Text, not a number field: that one refuses decimal commas and grouped thousands.
        """
        question = self.question
        unit = spoken(question.unit)
        typed = fields.text(
            surface,
            words("question.number_label", unit=unit) if unit else words("question.number_plain"),
            key=f"{key}/value",
            value=self._restored(draft),
            help=words("question.number_hint"),
        )
        if not typed.strip():
            return None
        value = read_number(typed, unit, question.decimal_mark)
        if value is None:
            surface.warning(words("question.number_unread", text=spoken(typed)))
            return None
        return {"value": value}

    def complete(self, response: Response) -> bool:
        """Whatever was read as a number can be sent."""
        return bool(response)

    def _restored(self, draft: Response) -> str:
        try:
            number = self._value({"value": draft.get("value")})
        except BadInput:
            return ""
        return write_number(number, self.question.decimal_mark, decimals=12)

    def _value(self, response: Response) -> Fraction:
        value = only(response, "value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BadInput("The answer to this question is a number.")
        if not abs(value) <= LARGEST:
            raise BadInput("This number is too large, or none.")
        return exact(value)

    def grade(self, response: Response) -> Grade:
        """1 within the tolerance, else 0 with the tag of the trap that it fell into, if any."""
        value = self._value(response)
        right = self.near(value)
        trap = None if right else self._trap(value)
        tags = () if trap is None else (self.question.traps[trap].tag,)
        return Grade(float(right), right, tags, self.question.VERSION)

    def _trap(self, value: Fraction) -> int | None:
        """The place of the nearest trap within the tolerance of ``value``."""
        near = [n for n, trap in enumerate(self.traps) if self.near(value, trap)]
        return min(near, key=lambda n: abs(self.traps[n] - value), default=None)

    def review(self, surface: Surface, response: Response, words: Words) -> None:
        """The right number and, if it is another, the learner's."""
        value = self._value(response)
        mine = self.plain(response)
        if self.near(value):
            rows = [(mine, "right-yours", words("question.right_and_yours"))]
        else:
            right = self._written(self.answer, self.question.decimals)
            rows = [
                (mine, "yours", words("question.your_answer")),
                (right, "right", words("question.right_answer")),
            ]
        surface.html(given_html(rows))

    def feedback(self, response: Response) -> Feedback:
        """The question's reason and, in a trap, that trap's."""
        value = self._value(response)
        trap = None if self.near(value) else self._trap(value)
        why = "" if trap is None else self._filled(self.question.traps[trap].why)
        return Feedback(self._filled(self.question.why), (why,) if why else ())

    def sample(self, rng: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
        """The answer, and a number beyond the tolerance of it."""
        beyond = float(self.answer) + (exact(self.question.tolerance) + 1) * rng.randint(2, 9)
        wrong = rng.choice([*map(float, self.traps), float(beyond)])
        return {"value": float(self.answer)}, {"value": wrong}

    def plain(self, response: Response) -> str:
        """The number with its unit."""
        return self._written(self._value(response))

    def _written(self, number: Fraction, decimals: int = 6) -> str:
        unit = spoken(self.question.unit)
        gap = "" if unit == "%" else "\u00a0"
        written = write_number(number, self.question.decimal_mark, decimals)
        return f"{written}{gap if unit else ''}{unit}"

    def _filled(self, text: str) -> str:
        def figure(found: re.Match[str]) -> str:
            name = found[1]
            if name.startswith("year"):
                return str(self.values[name])
            number = self.answer if name == "answer" else self.values[name]
            return write_number(number, self.question.decimal_mark)

        return NAME.sub(figure, text)
