"""What the seed draws, what the learner has chosen, and how that is kept as JSON."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from modules.basics import BadInput
from modules.labs.basis_builder.notice import Sentence, sentences
from modules.labs.basis_builder.options import Card, Options, Use
from modules.labs.basis_builder.rules import BASES, FACTORS, TOLD
from modules.labs.lab import Place

T = TypeVar("T")
PURPOSES = ("fit", "wide", "other")
REASONS = ("good", "bad", "ours")
NEEDED = ("yes", "no")
SPEAKS = ("for", "against")
VERDICTS = ("go", "stop")
ASKED: Mapping[str, tuple[str, ...]] = {
    "purpose": PURPOSES,
    "basis": BASES,
    "condition": NEEDED,
    "told": TOLD,
}
"""What a card asks, and the ids of the answers."""
USE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(FACTORS, SPEAKS),
    "verdict": VERDICTS,
    "reason": REASONS,
}
"""What the new use asks, and the ids of the answers."""


class Drawn(NamedTuple):
    """What one learner meets, in the order of the page; ``orders`` of purposes and reasons."""

    cards: tuple[Card, ...]
    told: Card
    sentences: tuple[Sentence, ...]
    use: Use
    orders: Mapping[str, tuple[str, ...]]


def _shuffled(rng: random.Random, things: Sequence[T]) -> list[T]:
    """In an order by ``random()``, which never changes from one Python to the next."""
    return sorted(things, key=lambda _: rng.random())


def draw(options: Options, seed: str) -> Drawn:
    """What this seed picks. The notice is for a card whose data come from the person herself."""
    rng = random.Random(f"{seed}/basis-builder")
    picked = [
        one
        for group, number in options.draw.items()
        for one in _shuffled(rng, [one for one in options.cards if one.group == group])[:number]
    ]
    cards = _shuffled(rng, picked)
    first = next(iter(options.draw))
    told = next(one for one in cards if one.group == first)
    use = _shuffled(rng, options.uses)[0]
    orders = {one.id: tuple(_shuffled(rng, PURPOSES)) for one in cards}
    orders["reason"] = tuple(_shuffled(rng, REASONS))
    lines = tuple(_shuffled(rng, sentences(options, told)))
    return Drawn(tuple(cards), told, lines, use, orders)


@dataclass(frozen=True)
class State:
    """``answers`` by what they answer ("lift/basis", "use/verdict"); ``notice`` by sentence.

    ``page`` is the number of the card on the page, and ``citizen`` the id of the learner's own
    resident: no part of what is kept or graded.
    """

    options: Options
    seed: str
    answers: Mapping[str, str] = field(default_factory=dict)
    notice: tuple[str, ...] = ()
    page: int = 1
    citizen: str = field(default="", compare=False)

    @cached_property
    def drawn(self) -> Drawn:
        """What the seed picked."""
        return draw(self.options, self.seed)

    @property
    def pages(self) -> int:
        """How many there are: the cards, the notice, the new use."""
        return len(self.drawn.cards) + 2

    @cached_property
    def offered(self) -> Mapping[str, tuple[str, ...]]:
        """Whatever is asked, and the ids of its answers."""
        cards = {f"{one.id}/{what}": ids for one in self.drawn.cards for what, ids in ASKED.items()}
        return cards | {f"use/{what}": ids for what, ids in USE.items()}

    @property
    def chosen(self) -> tuple[Sentence, ...]:
        """The sentences of the notice, in the order in which a notice says them."""
        return tuple(
            one for one in sentences(self.options, self.drawn.told) if one.id in self.notice
        )

    def open(self) -> tuple[int, ...]:
        """The numbers of the pages on which something is still to do."""
        asked = [
            all(f"{one.id}/{what}" in self.answers for what in ASKED) for one in self.drawn.cards
        ]
        asked += [bool(self.notice), all(f"use/{what}" in self.answers for what in USE)]
        return tuple(number for number, done in enumerate(asked, 1) if not done)


def start(options: Options, seed: str) -> State:
    """Nothing chosen yet."""
    return State(options, seed)


def shown_to(state: State, resident_id: str) -> State:
    """The same for a learner whose citizen that is: she is to read the notice."""
    return replace(state, citizen=resident_id)


def place(state: State) -> Place:
    """One hands in from the last page, or from anywhere once nothing is open."""
    return Place(state.page, state.page == state.pages or not state.open())


def dump(state: State) -> dict[str, Any]:
    """What was chosen, as JSON; what is open is left out."""
    body: dict[str, Any] = {
        "answers": dict(sorted(state.answers.items())),
        "notice": sorted(state.notice),
    }
    return {name: value for name, value in body.items() if value}


def load(options: Options, seed: str, body: Mapping[str, Any]) -> State:
    """The state of what was kept. BadInput for what was never offered to this seed."""
    state = start(options, seed)
    if not isinstance(body, Mapping) or not body.keys() <= {"answers", "notice"}:
        raise BadInput("A lab of bases keeps answers and a notice.")
    answers, notice = body.get("answers", {}), body.get("notice", [])
    if not isinstance(answers, Mapping) or not answers.keys() <= state.offered.keys():
        raise BadInput("This answers what was not asked.")
    for what, value in answers.items():
        if not isinstance(value, str) or value not in state.offered[what]:
            raise BadInput("This is not one of the answers that were offered.")
    known = {one.id for one in state.drawn.sentences}
    if not isinstance(notice, list) or not all(isinstance(one, str) for one in notice):
        raise BadInput("A notice is a list of sentences by id.")
    if not set(notice) <= known or len(set(notice)) < len(notice):
        raise BadInput("A sentence here was not offered, or stands twice.")
    return State(options, seed, dict(answers), tuple(sorted(notice)))
