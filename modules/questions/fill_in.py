"""Fill in: a sentence with gaps, in which the learner types what is missing."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from modules.basics import Content
from modules.questions.fill_in_item import LONGEST, FillInItem
from modules.questions.parts import Id, fault, unlike, written
from modules.questions.question import Many, Question, spoken
from modules.questions.typed_text import folded, same_text

GAP = re.compile(r"\[\[(.*?)\]\]")


def _typeable(entries: tuple[str, ...]) -> tuple[str, ...]:
    for entry in entries:
        if not folded(entry):
            raise ValueError(f"“{entry}” has neither letters nor digits")
        if len(entry) > LONGEST:
            raise ValueError(f"“{entry}” is longer than the {LONGEST} characters one can type")
    return entries


class Wrong(Content):
    """A wrong text that is known to tempt; ``tag`` names the misconception behind it."""

    id: Id
    tag: str = ""
    accept: Many[str] = Field(min_length=1)
    why: str = ""

    _can_be_typed = field_validator("accept")(_typeable)


class Gap(Content):
    """One gap: what is asked, and every text that is right. The first is shown as the answer."""

    id: Id
    traps: Many[Wrong] = ()
    label: str
    accept: Many[str] = Field(min_length=1)
    why: str = ""

    _label_is_written = field_validator("label")(written)
    _can_be_typed = field_validator("accept")(_typeable)

    @field_validator("traps")
    @classmethod
    def _traps_differ(cls, traps: tuple[Wrong, ...]) -> tuple[Wrong, ...]:
        unlike(traps, "id", "two traps")
        return traps


class FillIn(Question):
    """One to four gaps in a sentence, written ``[[id]]``. Response ``{"gaps": {"g1": "2022"}}``.

    Typed text is compared without case, accents and spaces, and numbers by their value, read
    with ``decimal_mark``, which belongs to the language. No two traps or answers of a gap may
    be the same so.
    """

    VERSION: ClassVar[int] = 1
    ORDERS_ONLY: ClassVar[bool] = True
    SECONDS: ClassVar[int] = 35
    TEXT: ClassVar[frozenset[str]] = frozenset(
        {"stem", "source", "why", "sentence", "gaps", "label", "accept", "traps", "decimal_mark"}
    )

    kind: Literal["fill_in"]
    gaps: Many[Gap] = Field(min_length=1, max_length=4)
    sentence: str
    decimal_mark: Literal[".", ","] = "."

    @field_validator("gaps")
    @classmethod
    def _gaps_differ(cls, gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
        for field in ("id", "label"):
            unlike(gaps, field, "two gaps")
        return gaps

    @field_validator("sentence")
    @classmethod
    def _gaps_are_in_it(cls, sentence: str, info: ValidationInfo) -> str:
        if not spoken(GAP.sub("", sentence)):
            raise ValueError("is empty: write the sentence with its gaps, such as [[g1]]")
        known = [gap.id for gap in info.data.get("gaps", ())]
        found = GAP.findall(sentence)
        for name in dict.fromkeys(found) if known else ():
            if name not in known:
                raise ValueError(f"[[{name}]] is none of the gaps, which are {', '.join(known)}")
            if found.count(name) > 1:
                raise ValueError(f"[[{name}]] stands there twice")
        if missing := [f"[[{name}]]" for name in known if name not in found]:
            raise ValueError(f"{', '.join(missing)} is missing: say where the gap is")
        return sentence

    @model_validator(mode="after")
    def _answers_differ(self) -> FillIn:
        # Here and not in the gap, because the decimal mark decides whether numbers are the same.
        for n, gap in enumerate(self.gaps):
            told: list[tuple[tuple[str | int, ...], str]] = [
                (("gaps", n, "accept"), text) for text in gap.accept
            ]
            for place, trap in enumerate(gap.traps):
                told += [(("gaps", n, "traps", place, "accept"), text) for text in trap.accept]
            for place, (at, text) in enumerate(told):
                for _, other in told[:place]:
                    if same_text(text, other, self.decimal_mark):
                        raise fault(
                            at,
                            f"in {gap.id} “{text}” reads as “{other}” does, which is there too: "
                            "case, accents, spaces and number marks do not count",
                        )
        return self

    @property
    def pieces(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The texts around the gaps, one more than there are gaps, and the gaps' ids in order."""
        parts = GAP.split(spoken(self.sentence))
        return tuple(parts[::2]), tuple(parts[1::2])

    def _item(self, seed: str) -> FillInItem:
        return FillInItem(self)
