"""What the lab's files say: a register of uses, a few new ideas, and the words of a notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from modules.basics import Content
from modules.labs.basis_builder.rules import (
    BASES,
    FACTORS,
    TOLD,
    Basis,
    Entry,
    Factor,
    Told,
    bases,
    fits,
)

PARTS = ("who", "why", "basis", "receives", "long", "rights")
NOTICE = (*(f"notice-{part}" for part in PARTS), "notice-true", "notice-plain", "notice-short")
HINTS = (
    "purpose",
    *(f"basis-{basis}" for basis in BASES),
    "condition",
    "told",
    *NOTICE,
    *("use-factor", "use-verdict", "use-reason"),
)
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Text = Annotated[str, Field(min_length=1)]
Many = Field(strict=False)


class Card(Entry):
    """An entry of the register: what it states, the writer's key, and its words.

    ``basis`` is the key, best first; `rules` has to come to the same from the statements alone.
    """

    id: Id
    group: str
    basis: str
    name: Text
    story: Text
    data: Text
    source: Text
    fit: Text
    wide: Text
    other: Text
    law_says: str = ""
    no_costs: Text
    deal_says: str = ""
    danger_says: str = ""
    role_says: str = ""
    who: Text
    receives: Text
    long: Text
    why: Text

    @property
    def key(self) -> tuple[str, ...]:
        """The bases that hold, best first."""
        return tuple(self.basis.split())

    @model_validator(mode="after")
    def _stands(self) -> Card:
        if set(self.key) != set(bases(self)) or not self.key:
            raise ValueError(f"{self.id}: by its statements it stands on {bases(self)}")
        return self


class Use(Content):
    """A new use of data that are there: for each factor, whether it speaks for the use.

    ``good`` and ``bad`` name the factors on which the two sound reasons rest.
    """

    id: Id
    factors: str
    fits: bool
    good: str
    bad: str
    name: Text
    story: Text
    link: Text
    context: Text
    nature: Text
    consequences: Text
    safeguards: Text
    reason_good: Text
    reason_bad: Text
    reason_ours: Text
    why: Text

    @property
    def speaks(self) -> dict[str, bool]:
        """For each factor, whether it speaks for the new use."""
        return {factor: factor in self.factors.split() for factor in FACTORS}

    @model_validator(mode="after")
    def _adds_up(self) -> Use:
        named = {*self.factors.split(), *self.good.split(), *self.bad.split()}
        if named - set(FACTORS):
            raise ValueError(f"{self.id}: the factors are {', '.join(FACTORS)}")
        if self.fits is not fits(self.speaks):
            raise ValueError(f"{self.id}: by its factors the answer is {fits(self.speaks)}")
        rests = (self.good if self.fits else self.bad).split()
        if not rests or any(self.speaks[one] is not self.fits for one in rests):
            raise ValueError(f"{self.id}: its sound reason rests on factors that say otherwise")
        return self


class Options(Content):
    """The lab in one language. ``draw`` says how many cards of each group a learner meets."""

    title: str
    task: str
    aha: str = ""
    draw: Mapping[str, Annotated[int, Field(ge=1, le=3)]]
    longest: Annotated[int, Field(ge=60, le=150)] = 90
    bases: Mapping[Basis, Text]
    asks: Mapping[Basis, Text]
    silent: Mapping[Literal["law", "deal", "danger", "task", "aside", "private"], Text]
    told: Mapping[Told, Text]
    factors: Mapping[Factor, Text]
    parts: Mapping[str, Text]
    questions: Mapping[str, Text]
    we_use: Text
    stands: Mapping[Basis, Text]
    rights: Mapping[Basis, Text]
    vague: Mapping[Literal["receives", "long", "praise"], Text]
    wrong: Mapping[Literal["erase", "letter"], Text]
    cards: Annotated[tuple[Card, ...], Many]
    uses: Annotated[tuple[Use, ...], Many]
    hints: Mapping[str, str]

    @model_validator(mode="after")
    def _complete(self) -> Options:
        for what, several in (("cards", self.cards), ("uses", self.uses)):
            ids = [one.id for one in several]
            if len(set(ids)) < len(ids) or not ids:
                raise ValueError(f"two {what} have the same id, or there are none")
        for group, number in self.draw.items():
            if sum(one.group == group for one in self.cards) < number:
                raise ValueError(f"there are fewer than {number} cards of the group {group}")
        lists: tuple[tuple[Mapping[str, str], tuple[str, ...]], ...] = (
            (self.bases, BASES),  # type: ignore[assignment]
            (self.asks, BASES),
            (self.stands, BASES),
            (self.rights, BASES),
            (self.told, TOLD),
            (self.factors, FACTORS),
            (self.parts, PARTS),
            (self.questions, PARTS),
            (self.silent, ("law", "deal", "danger", "task", "aside", "private")),
            (self.vague, ("receives", "long", "praise")),
            (self.wrong, ("erase", "letter")),
        )
        for texts, ids_ in lists:
            if set(texts) != set(ids_):
                raise ValueError(f"write a text for each of {', '.join(ids_)}")
        if missing := [hint for hint in HINTS if not self.hints.get(hint)]:
            raise ValueError(f"there is no hint for {', '.join(missing)}")
        if unknown := sorted(self.hints.keys() - set(HINTS)):
            raise ValueError(f"no check uses the hint {', '.join(unknown)}")
        return self
