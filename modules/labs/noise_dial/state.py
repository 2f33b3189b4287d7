"""What the learner has set, drawn and stated so far: frozen; the draws are kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from modules.labs.lab import Place
from modules.labs.noise_dial.noise import Year
from modules.labs.noise_dial.options import TABLES, Options

DIAL, WALK, SPEND = 1, 2, 3
DRAWS = 400
LEVELS = (0, 1, 10, 100, 1000)
"""How often the attack has asked: each step asks until that many answers are there."""
FIRST = 2.0, 0.25
"""Where the dial and each table's share stand at first: both are wrong in every lab."""
MOST = 99


@dataclass(frozen=True)
class State:
    """``draws`` were made at ``drawn_at``, ``year`` with the shares ``spent_as``.

    ``guess`` is the scale that was predicted for ``epsilon``; ``count`` and ``spent`` what the
    attack is said to have found and to have cost. ``whom`` is the learner's citizen, by name,
    with the gold dot: drawn, not kept, not graded.
    """

    options: Options
    seed: str
    part: int = DIAL
    epsilon: float = FIRST[0]
    guess: float | None = None
    drawn_at: float | None = None
    draws: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    count: int | None = None
    spent: float | None = None
    shares: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(TABLES, FIRST[1]))
    spent_as: Mapping[str, float] | None = None
    year: Year | None = None
    reading: str | None = None
    whom: str = ""

    def drawn(self) -> tuple[int, ...]:
        """The releases at the present ε; none if the dial has moved since."""
        return self.draws if self.drawn_at == self.epsilon else ()

    def ended(self) -> Year | None:
        """The year that the present shares gave; None if they have changed since."""
        return self.year if self.spent_as == self.shares else None


def start(options: Options, seed: str) -> State:
    """The dial at its weakest, nothing asked, every table the same share."""
    return State(options, seed)


def shown_to(state: State, resident_id: str) -> State:
    """The state for a learner whose citizen that is."""
    return replace(state, whom=resident_id)


def place(state: State) -> Place:
    """One hands in from the third part, once its year has ended: what comes first is releasing."""
    return Place(state.part, state.part == SPEND and state.ended() is not None)
