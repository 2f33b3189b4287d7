"""What the learner has tagged and mended so far: frozen, and JSON when it is kept."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from modules.basics import BadInput
from modules.labs.lab import Place
from modules.labs.read_figure.options import Headline, Options
from modules.labs.read_figure.repair import PARTS

LONGEST = 400
"""Characters that a mended sentence may have."""


@dataclass(frozen=True)
class Marks:
    """The tags of one headline, None while open, and the sentence that mends it.

    Of a sentence that was forgotten after its days, ``judged`` keeps the parts that held.
    """

    base: str | None = None
    date: str | None = None
    evidence: str | None = None
    safe: bool | None = None
    repair: str = ""
    judged: tuple[str, ...] | None = None

    def untouched(self) -> bool:
        """Whether nothing at all was tagged or written."""
        return self == Marks(repair=self.repair) and not self.repair.strip()

    def open(self, mends: bool) -> bool:
        """Whether something is still to do; ``mends``: it asks for a sentence if called unsafe.

        Nothing tells that a sentence is missing where it was called safe: the box would tell.
        """
        tagged = None not in (self.base, self.date, self.evidence, self.safe)
        return not tagged or (mends and self.safe is False and not self.repair.strip())


@dataclass(frozen=True)
class State:
    """The marks of each headline, by id. The seed sets the order in which they are read.

    ``page`` is the number of the headline on the page, and no part of what is kept.
    """

    options: Options
    seed: str
    marks: Mapping[str, Marks]
    page: int = 1

    def in_order(self) -> tuple[Headline, ...]:
        """The headlines in the order of the seed, by ``random()``, which never changes."""
        rng = random.Random(self.seed)
        return tuple(sorted(self.options.headlines, key=lambda _: rng.random()))

    def open(self) -> tuple[int, ...]:
        """The numbers of the headlines, as they are read, in which something is still to do."""
        return tuple(
            number
            for number, one in enumerate(self.in_order(), 1)
            if self.marks[one.id].open(mends=one.repair is not None)
        )


def start(options: Options, seed: str) -> State:
    """Nothing tagged yet."""
    return State(options, seed, {headline.id: Marks() for headline in options.headlines})


def place(state: State) -> Place:
    """One hands in from the last headline, or from anywhere once nothing is open."""
    return Place(state.page, state.page == len(state.marks) or not state.open())


def dump(state: State) -> dict[str, Any]:
    """The marks as JSON, open ones left out: ``{"h1": {"base": "…", "safe": true}}``."""
    return {
        id_: {
            name: _json(value) for name, value in asdict(marks).items() if value not in (None, "")
        }
        for id_, marks in state.marks.items()
    }


def _json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def load(options: Options, seed: str, body: Mapping[str, Any]) -> State:
    """The state of stored marks. BadInput for headlines, tags or values that are not offered."""
    state = start(options, seed)
    if not isinstance(body, Mapping) or not body.keys() <= state.marks.keys():
        raise BadInput("This names a headline that the lab does not have.")
    return State(options, seed, {**state.marks, **{i: _marks(options, m) for i, m in body.items()}})


def _marks(options: Options, given: Any) -> Marks:
    known = {field.name for field in fields(Marks)}
    if not isinstance(given, Mapping) or not given.keys() <= known:
        raise BadInput("A headline is tagged with base, date, evidence, safe and repair.")
    judged = given.get("judged")
    if judged is not None:
        if not isinstance(judged, list) or not set(judged) <= set(PARTS) or given.get("repair"):
            raise BadInput("What was judged are parts of a sentence that is kept no more.")
        given = {**given, "judged": tuple(judged)}
    for tag, names in options.lists().items():
        value = given.get(tag)
        if value is not None and not (isinstance(value, str) and value in names):
            raise BadInput(f"This is not one of the answers offered for {tag}.")
    safe, repair = given.get("safe"), given.get("repair", "")
    if safe is not None and not isinstance(safe, bool):
        raise BadInput("A headline is safe or not safe to repeat.")
    if not isinstance(repair, str) or len(repair) > LONGEST:
        raise BadInput(f"A mended sentence has at most {LONGEST} characters.")
    return Marks(**given)
