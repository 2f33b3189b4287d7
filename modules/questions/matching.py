"""Matching: each thing on the left goes with one on the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from modules.basics import Content
from modules.questions.matching_item import MatchingItem
from modules.questions.parts import Id, fault, unlike, written
from modules.questions.question import Many, Question, shuffled


class Left(Content):
    """One thing to match. ``to`` is its right id.

    ``tags`` names, by right id, the misconception that choosing this one shows; ``tempts`` says
    why it tempts.
    """

    id: Id
    to: str
    tags: Mapping[str, str] = Field(default_factory=dict)
    text: str
    why: str = ""
    tempts: Mapping[str, str] = Field(default_factory=dict)

    _text_is_written = field_validator("text")(written)


class Right(Content):
    """One thing that may be matched: with several, or with none."""

    id: Id
    text: str

    _text_is_written = field_validator("text")(written)


class Matching(Question):
    """Two to six lefts, two to six rights. The response is ``{"pairs": {"l1": "r2", …}}``.

    A right may serve several lefts, or none, so the last pair is not given away by the others.
    """

    VERSION: ClassVar[int] = 1
    ORDERS_ONLY: ClassVar[bool] = True
    SECONDS: ClassVar[int] = 50
    TEXT: ClassVar[frozenset[str]] = frozenset(
        {"stem", "source", "why", "left", "right", "text", "tempts"}
    )

    kind: Literal["matching"]
    right: Many[Right] = Field(min_length=2, max_length=6)
    left: Many[Left] = Field(min_length=2, max_length=6)

    @field_validator("right", "left")
    @classmethod
    def _parts_differ(cls, parts: tuple[Left | Right, ...]) -> tuple[Left | Right, ...]:
        for field in ("id", "text"):
            unlike(parts, field, "two parts")
        return parts

    @field_validator("left")
    @classmethod
    def _each_has_its_right(cls, lefts: tuple[Left, ...], info: ValidationInfo) -> tuple[Left, ...]:
        known = [right.id for right in info.data.get("right", ())]
        for n, left in enumerate(lefts if known else ()):
            for field, names in (("to", [left.to]), ("tags", left.tags), ("tempts", left.tempts)):
                if unknown := sorted(set(names) - set(known)):
                    raise fault(
                        (n, field),
                        f"{left.id} names {', '.join(unknown)}, "
                        f"but on the right there are {', '.join(known)}",
                    )
                if field != "to" and left.to in names:
                    raise fault((n, field), f"{left.id} goes with {left.to}, so it tempts nobody")
            if not all(left.tags.values()):
                raise fault((n, "tags"), f"{left.id} has an empty tag")
        return lefts

    def _item(self, seed: str) -> MatchingItem:
        # Seeds of their own: else two columns written side by side would be shuffled alike.
        return MatchingItem(
            self, shuffled(self.left, f"{seed}/left"), shuffled(self.right, f"{seed}/right")
        )
