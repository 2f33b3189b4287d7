"""Judgement: a decision that people of good will differ on, graded by the reason given for it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from modules.basics import Content
from modules.questions.document_text import Text
from modules.questions.judgement_item import JudgementItem
from modules.questions.parts import Id, fault, unlike
from modules.questions.question import Many, Question, shuffled


class Choice(Content):
    """Something that one could do; ``acceptable`` when it can be defended."""

    id: Id
    acceptable: bool = False
    tag: str = ""
    text: Text
    why: str = ""


class Reason(Content):
    """A reason; ``supports`` names the acceptable choices that it carries, none if it is weak."""

    id: Id
    supports: Many[str] = ()
    tag: str = ""
    text: Text
    why: str = ""


class Judgement(Question):
    """A choice and the reason for it. The response is ``{"choice": "a", "reason": "r1"}``.

    Full marks for any acceptable choice with a reason that supports it: no opinion is the
    right one, a weak reason is what costs. ``shuffle: false`` keeps the order of the choices;
    the reasons are always mixed.
    """

    VERSION: ClassVar[int] = 1
    ORDERS_ONLY: ClassVar[bool] = True
    SECONDS: ClassVar[int] = 60
    TEXT: ClassVar[frozenset[str]] = frozenset(
        {"stem", "source", "why", "options", "reasons", "text"}
    )

    kind: Literal["judgement"]
    options: Many[Choice] = Field(min_length=2, max_length=6)
    reasons: Many[Reason] = Field(min_length=2, max_length=8)
    shuffle: bool = True

    @field_validator("options")
    @classmethod
    def _one_can_be_defended(cls, options: tuple[Choice, ...]) -> tuple[Choice, ...]:
        unlike(options, "id", "two options")
        unlike(options, "text", "two options")
        if not any(option.acceptable for option in options):
            raise ValueError("no option is acceptable: give at least one “acceptable: true”")
        if odd := [option.id for option in options if option.acceptable and option.tag]:
            raise ValueError(f"{', '.join(odd)} is acceptable, so it has no misconception tag")
        return options

    @field_validator("reasons")
    @classmethod
    def _reasons_support(
        cls, reasons: tuple[Reason, ...], info: ValidationInfo
    ) -> tuple[Reason, ...]:
        unlike(reasons, "id", "two reasons")
        unlike(reasons, "text", "two reasons")
        options = {option.id: option for option in info.data.get("options", ())}
        if not options:
            return reasons
        for place, reason in enumerate(reasons):
            if unknown := [id_ for id_ in reason.supports if id_ not in options]:
                raise fault((place, "supports"), f"there is no option {', '.join(unknown)}")
            if poor := [id_ for id_ in reason.supports if not options[id_].acceptable]:
                raise fault((place, "supports"), f"{', '.join(poor)} is not acceptable")
            if reason.supports and reason.tag:
                sentence = "a reason that supports a choice has no misconception tag"
                raise fault((place, "tag"), sentence)
        sound = {id_ for id_, option in options.items() if option.acceptable}
        if bare := sorted(sound - {id_ for reason in reasons for id_ in reason.supports}):
            raise ValueError(f"no reason supports {', '.join(bare)}")
        if len(sound) == len(options) and all(sound <= set(one.supports) for one in reasons):
            raise ValueError("every answer would earn full marks: add a weak reason")
        return reasons

    def _item(self, seed: str) -> JudgementItem:
        """The choices and the reasons in the orders of ``seed``."""
        options = shuffled(self.options, seed) if self.shuffle else self.options
        return JudgementItem(self, options, shuffled(self.reasons, f"{seed}/reasons"))
