"""Numeric: a figure to work out from parameters, with known wrong turns as traps."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from modules.basics import LAWS, BadInput, Content
from modules.questions.arithmetic import work_out
from modules.questions.joining import join_with_traps
from modules.questions.number_text import LARGEST
from modules.questions.numeric_item import NumericItem
from modules.questions.question import Many, Question, spoken

MOST = 500
"""Combinations of parameters that one question may have: each is checked when it is loaded."""

Number = Annotated[int, Field(strict=True)] | Annotated[float, Field(allow_inf_nan=False)]
# A law in braces marks a paragraph and names no parameter.
_NAME = re.compile(r"\{(?!(?:" + "|".join(LAWS) + r")\})(\w*)\}")


class Trap(Content):
    """A wrong value that a known misconception (``tag``) leads to; ``value`` is a formula."""

    value: str
    tag: str = Field(min_length=1)
    why: str = ""


def _key(values: Mapping[str, int | float]) -> str:
    return ",".join(f"{name}={value}" for name, value in values.items())


class Numeric(Question):
    """A number, right within ``tolerance`` (absolute). The response is ``{"value": 270.0}``.

    ``parameters`` are finite lists; ``answer`` and trap values are arithmetic over them. Stem
    and reasons may name parameters in braces, reasons also ``{answer}``. Every combination is
    checked here: the answer is finite, whole if ``whole`` says so, and no trap comes within
    the tolerance of it. ``decimal_mark`` belongs to the language. Thousands are grouped, but
    not in a parameter whose name begins with ``year``. ``decimals`` is how exactly the answer is
    shown, where the tolerance makes more of them noise.
    """

    VERSION: ClassVar[int] = 1
    ORDERS_ONLY: ClassVar[bool] = True
    SECONDS: ClassVar[int] = 40
    TEXT: ClassVar[frozenset[str]] = frozenset({"stem", "source", "why", "unit", "decimal_mark"})

    kind: Literal["numeric"]
    parameters: Mapping[str, Many[Number]] = Field(default_factory=dict)
    answer: str
    tolerance: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    whole: bool = False
    decimals: int = Field(default=6, ge=0, le=12)
    traps: Many[Trap] = ()
    unit_id: str = ""
    unit: str = ""
    decimal_mark: Literal[".", ","] = "."

    @model_validator(mode="after")
    def _names_are_known(self) -> Numeric:
        if self.cases:
            raise ValueError("cases: a numeric question varies by its parameters, not by cases")
        for name, choices in self.parameters.items():
            if not re.fullmatch(r"[a-z]\w{0,15}", name) or name == "answer" or not choices:
                raise ValueError(f"parameter {name} needs a short lower-case name and values")
        if prod(map(len, self.parameters.values())) > MOST:
            raise ValueError(f"there are more than {MOST} combinations of parameters")
        if self.unit_id and not spoken(self.unit):
            raise ValueError(f"the unit {self.unit_id} has no text")
        reasons = " ".join((self.why, *(trap.why for trap in self.traps)))
        named = {*_NAME.findall(self.stem)} | ({*_NAME.findall(reasons)} - {"answer"})
        if unknown := sorted(named - self.parameters.keys()):
            raise ValueError(f"no parameter is called {', '.join(unknown)}")
        return self

    @model_validator(mode="after")
    def _variants_differ(self) -> Numeric:
        # Variants that read alike would be met twice, or ask one thing with two answers.
        for name, choices in self.parameters.items():
            if twice := [one for n, one in enumerate(choices) if one in choices[:n]]:
                raise ValueError(f"parameter {name} has {twice[0]} twice: write each value once")
            if len(choices) > 1 and name not in _NAME.findall(self.stem):
                sentence = (
                    f"the stem does not show parameter {name}, which has {len(choices)} values"
                )
                raise ValueError(f"{sentence}: name {{{name}}} in it, or keep one value")
        return self

    @model_validator(mode="after")
    def _every_combination_works(self) -> Numeric:
        for values in self.combinations():
            item = self.item(values)
            case = ", ".join(f"{name} = {value}" for name, value in values.items()) or "always"
            if abs(item.answer) > LARGEST:
                raise ValueError(f"{case}: the answer is too large to type")
            if self.whole and item.answer.denominator != 1:
                raise ValueError(f"{case}: the answer {float(item.answer):g} is not whole")
            for trap, value in zip(self.traps, item.traps, strict=True):
                if item.near(value):
                    raise ValueError(f"{case}: the trap “{trap.tag}” gives the right answer")
        return self

    def combinations(self) -> Iterator[dict[str, int | float]]:
        """Every choice of parameters, in written order."""
        for values in product(*self.parameters.values()):
            yield dict(zip(self.parameters, values, strict=True))

    def item(self, values: Mapping[str, int | float]) -> NumericItem:
        """The question with these parameters. Raises ValueError for a formula that fails."""
        traps: tuple[Fraction, ...] = tuple(work_out(trap.value, values) for trap in self.traps)
        return NumericItem(self, dict(values), work_out(self.answer, values), traps)

    def variants(self) -> tuple[str, ...]:
        """One for each combination of parameters: ``n=200,p=27``."""
        return tuple(_key(values) for values in self.combinations())

    def key_of(self, seed: str) -> str:
        """``random.Random`` of the seed string, which SHA-512 turns into a number, picks each
        parameter in written order by ``random()``, so the same seed gives the same figures on
        every machine and Python version.
        """
        rng = random.Random(seed)
        return _key(
            {name: some[int(rng.random() * len(some))] for name, some in self.parameters.items()}
        )

    def variant(self, seed: str, key: str | None = None) -> NumericItem:
        """The combination that ``key`` names, or the one that the seed picks."""
        chosen = self.key_of(seed) if key is None else key
        for values in self.combinations():
            if _key(values) == chosen:
                return self.item(values)
        raise BadInput(f"The question {self.id} has no variant “{chosen}”.")

    @classmethod
    def merge(cls, structure: Mapping[str, Any], text: Mapping[str, Any]) -> dict[str, Any]:
        """As in other types; the reasons of traps are written by tag: ``{tag: reason}``."""
        return join_with_traps(structure, text, cls.TEXT)
