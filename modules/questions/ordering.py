"""Ordering: steps to bring into the one order that works."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from modules.basics import Content
from modules.questions.joining import join_with_traps
from modules.questions.ordering_item import OrderingItem
from modules.questions.parts import Id, fault, unlike, written
from modules.questions.question import Many, Question, shuffled


class Step(Content):
    """One thing to put in its place. ``rank`` says where: the lowest comes first."""

    id: Id
    rank: int
    text: str
    why: str = ""

    _text_is_written = field_validator("text")(written)


class Swap(Content):
    """Putting ``first`` before ``second``, which a known misconception (``tag``) leads to."""

    first: str
    second: str
    tag: str = Field(min_length=1)
    why: str = ""


class Ordering(Question):
    """Three to six steps with one right order. The response is ``{"order": ["a", "b", "c"]}``.

    Steps without an order between them make no fair question, so equal ranks are refused. A
    trap is always against the order.
    """

    VERSION: ClassVar[int] = 1
    ORDERS_ONLY: ClassVar[bool] = True
    SECONDS: ClassVar[int] = 45

    kind: Literal["ordering"]
    options: Many[Step] = Field(min_length=3, max_length=6)
    traps: Many[Swap] = ()

    @field_validator("options")
    @classmethod
    def _steps_differ(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        for field in ("id", "rank", "text"):
            unlike(steps, field, "two steps")
        return steps

    @field_validator("traps")
    @classmethod
    def _traps_are_wrong(cls, traps: tuple[Swap, ...], info: ValidationInfo) -> tuple[Swap, ...]:
        ranks = {step.id: step.rank for step in info.data.get("options", ())}
        swaps = [(trap.first, trap.second) for trap in traps]
        for n, trap in enumerate(traps if ranks else ()):
            for field, name in (("first", trap.first), ("second", trap.second)):
                if name not in ranks:
                    raise fault(
                        (n, field),
                        f"the trap “{trap.tag}” names “{name}”; the steps are {', '.join(ranks)}",
                    )
            if ranks[trap.first] <= ranks[trap.second]:
                raise fault(
                    (n, "first"),
                    f"the trap “{trap.tag}” puts {trap.first} before {trap.second}, "
                    "which is not wrong",
                )
            if swaps[n] in swaps[:n]:
                raise fault((n, "first"), f"two traps put {trap.first} before {trap.second}")
        return traps

    @property
    def right(self) -> tuple[Step, ...]:
        """The steps in the order that works."""
        return tuple(sorted(self.options, key=lambda step: step.rank))

    def _item(self, seed: str) -> OrderingItem:
        return OrderingItem(self, shuffled(self.options, seed))

    @classmethod
    def merge(cls, structure: Mapping[str, Any], text: Mapping[str, Any]) -> dict[str, Any]:
        """As in other types; the reasons of traps are written by tag: ``{tag: reason}``."""
        return join_with_traps(structure, text, cls.TEXT)
