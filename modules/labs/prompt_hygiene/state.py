"""What a learner did: pieces taken out, sentences marked, and how the letter is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from modules.basics import BadInput
from modules.labs.lab import Place
from modules.labs.prompt_hygiene.drawn import Drawn, draw, sent
from modules.labs.prompt_hygiene.options import Options

CARDS = 2


@dataclass(frozen=True)
class State:
    """``covered`` pieces, ``marked`` sentences, and ``sign``, by id; ``page`` is not kept."""

    options: Options
    seed: str
    covered: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    sign: str = ""
    page: int = 1

    @cached_property
    def drawn(self) -> Drawn:
        """What the seed picked."""
        return draw(self.options, self.seed)

    @property
    def prompt(self) -> str:
        """The text that would be sent."""
        return sent(self.options, self.drawn, self.covered)

    def open(self) -> tuple[int, ...]:
        """The numbers of the cards on which nothing, or not all, is done."""
        done = (bool(self.covered), bool(self.marked and self.sign))
        return tuple(number for number, one in enumerate(done, 1) if not one)


def start(options: Options, seed: str) -> State:
    """Nothing taken out and nothing marked."""
    return State(options, seed)


def place(state: State) -> Place:
    """One hands in from the last card, or from anywhere once nothing is open."""
    return Place(state.page, state.page == CARDS or not state.open())


def dump(state: State) -> dict[str, Any]:
    """What was done, as JSON; what is open is left out."""
    body = {"covered": sorted(state.covered), "marked": sorted(state.marked), "sign": state.sign}
    return {name: value for name, value in body.items() if value}


def load(options: Options, seed: str, body: Mapping[str, Any]) -> State:
    """The state of what was kept. BadInput for what was never offered."""
    if not isinstance(body, Mapping) or not body.keys() <= {"covered", "marked", "sign"}:
        raise BadInput("A lab of prompts keeps pieces, marked sentences, and a way to send.")
    offered = {
        "covered": {one.id for one in options.pieces},
        "marked": {one.id for one in options.sentences},
    }
    held = {}
    for name, known in offered.items():
        several = body.get(name, [])
        if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
            raise BadInput(f"What is {name} is a list of ids.")
        if not set(several) <= known or len(set(several)) < len(several):
            raise BadInput(f"Something {name} here was not offered, or is named twice.")
        held[name] = frozenset(several)
    sign = body.get("sign", "")
    if not isinstance(sign, str) or sign not in {"", *(one.id for one in options.signs)}:
        raise BadInput("This is not one of the ways to send the letter.")
    return State(options, seed, held["covered"], held["marked"], sign)
