"""What single and multiple choice share: options, their checks and how they are listed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import Field, model_validator

from modules.basics import BadInput, Content, Surface, Words
from modules.markup import given_html
from modules.questions.question import Many, Question, Response, shuffled, spoken


class Option(Content):
    """One thing to choose. ``tag`` names the misconception that choosing it shows."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")
    key: bool = False
    tag: str = ""
    text: str
    why: str = ""

    @model_validator(mode="after")
    def _reads(self) -> Option:
        if not spoken(self.text):
            raise ValueError(f"option {self.id} has no text")
        if self.key and self.tag:
            raise ValueError(f"option {self.id} is right, so it has no misconception tag")
        return self


class Choices(Question):
    """A question answered by choosing from two to eight options.

    ``shuffle: false`` keeps the written order, for options with an order of their own.
    """

    options: Many[Option] = Field(min_length=2, max_length=8)
    shuffle: bool = True

    @model_validator(mode="after")
    def _options_differ(self) -> Choices:
        for field in ("id", "text"):
            values = [spoken(getattr(option, field)) for option in self.options]
            twice = sorted({value for value in values if values.count(value) > 1})
            if twice:
                raise ValueError(f"two options have the same {field}: {', '.join(twice)}")
        rights = sum(option.key for option in self.options)
        if not 0 < rights < len(self.options):
            raise ValueError(f"{rights} of {len(self.options)} options are right")
        return self

    def order(self, seed: str) -> tuple[Option, ...]:
        """The options as this learner meets them."""
        return shuffled(self.options, seed) if self.shuffle else self.options


Q = TypeVar("Q", bound=Choices)


@dataclass(frozen=True)
class ChoiceItem(Generic[Q]):
    """A question of choice with its options in the order of one attempt."""

    question: Q
    options: tuple[Option, ...]

    @property
    def stem(self) -> str:
        """What is asked."""
        return self.question.stem

    def complete(self, response: Response) -> bool:
        """Whatever is chosen can be sent."""
        return bool(response)

    def _offered(self, chosen: Any) -> Option:
        """The option with this id, or BadInput."""
        for option in self.options:
            if isinstance(chosen, str) and option.id == chosen:
                return option
        raise BadInput("This answer names an option that the question does not offer.")

    def _list(self, surface: Surface, chosen: Collection[str], words: Words) -> None:
        surface.html(
            given_html([_row(option, option.id in chosen, words) for option in self.options])
        )


def _row(option: Option, chosen: bool, words: Words) -> tuple[str, str, str]:
    states = {
        (True, True): ("right-yours", "question.right_and_yours"),
        (True, False): ("right", "question.right_answer"),
        (False, True): ("yours", "question.your_answer"),
    }
    state, key = states.get((option.key, chosen), ("plain", ""))
    return spoken(option.text), state, words(key) if key else ""


def sentences(texts: Iterable[str]) -> str:
    """Texts one after another as paragraphs, without the empty ones."""
    return "\n\n".join(text for text in texts if text)
