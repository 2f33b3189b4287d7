"""What a learner meets and has put on the canvas so far."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from modules.basics import BadInput
from modules.labs.ethics_canvas.options import TAKEN, Options, Proposal
from modules.labs.lab import Place

CARDS = 6
LONGEST = 200
"""Characters that a note may have. It is the learner's own, and is never graded."""
PICKS = ("benefit", "least", "decision", "reason", "owner", "review")
T = TypeVar("T")


@dataclass(frozen=True)
class State:
    """``picks`` by box; ``groups`` affected; ``likely`` and ``severe`` by harm; ``taken``.

    ``taken`` are mitigations, ``note`` is what was typed. ``page`` is the card on the page and
    ``citizen`` the learner's resident: neither is kept.
    """

    options: Options
    seed: str
    picks: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    likely: Mapping[str, str] = field(default_factory=dict)
    severe: Mapping[str, str] = field(default_factory=dict)
    taken: tuple[str, ...] = ()
    note: str = ""
    page: int = field(default=1, compare=False)
    citizen: str = field(default="", compare=False)

    @cached_property
    def proposal(self) -> Proposal:
        """The proposal that the seed picked, its lists in this learner's order."""
        rng = random.Random(f"{self.seed}/ethics-canvas")
        several = self.options.proposals
        one = several[int(rng.random() * len(several))]
        names = ("cuts", "groups", "benefits", "ways", "harms", "mitigations", "reasons")
        return one.model_copy(update={name: _mixed(rng, getattr(one, name)) for name in names})

    def offered(self, box: str) -> dict[str, str]:
        """The ids and texts that may be picked in a box, in order."""
        if box == "decision":
            return dict(self.options.decisions)
        lists: dict[str, Sequence[Any]] = {
            "benefit": self.proposal.benefits,
            "least": self.proposal.ways,
            "reason": self.proposal.reasons,
            "owner": self.options.owners,
            "review": self.options.reviews,
        }
        return {one.id: one.text for one in lists[box]}

    def score(self, harm: str) -> int:
        """Likelihood times severity, 1 to 9; 0 while one of the two is open."""
        if harm not in self.likely or harm not in self.severe:
            return 0
        steps = list(self.options.likely), list(self.options.severe)
        return (steps[0].index(self.likely[harm]) + 1) * (steps[1].index(self.severe[harm]) + 1)  # type: ignore[arg-type]

    def highest(self) -> tuple[str, ...]:
        """The harms that the learner rates highest; none while a rating is open."""
        scores = {harm.id: self.score(harm.id) for harm in self.proposal.harms}
        if not all(scores.values()):
            return ()
        return tuple(harm for harm, score in scores.items() if score == max(scores.values()))

    def spent(self) -> int:
        """Points that the taken mitigations cost."""
        return sum(one.cost for one in self.proposal.mitigations if one.id in self.taken)

    def open(self) -> tuple[int, ...]:
        """The numbers of the cards on which something is still to do."""
        done = (
            "benefit" in self.picks,
            bool(self.groups),
            "least" in self.picks,
            bool(self.highest()),
            len(self.taken) == TAKEN,
            all(box in self.picks for box in PICKS[2:]),
        )
        return tuple(number for number, held in enumerate(done, 1) if not held)


def _mixed(rng: random.Random, things: Sequence[T]) -> tuple[T, ...]:
    """The same in another order, by ``random()``, which never changes from Python to Python."""
    return tuple(sorted(things, key=lambda _: rng.random()))


def start(options: Options, seed: str) -> State:
    """An empty canvas."""
    return State(options, seed)


def shown_to(state: State, resident_id: str) -> State:
    """The same, with the learner's citizen to be marked in the figures."""
    return replace(state, citizen=resident_id)


def place(state: State) -> Place:
    """One hands in from the last card, or from anywhere once nothing is open."""
    return Place(state.page, state.page == CARDS or not state.open())


def dump(state: State) -> dict[str, Any]:
    """What was done, as JSON; what is open is left out."""
    body: dict[str, Any] = {
        "picks": dict(sorted(state.picks.items())),
        "groups": list(state.groups),
        "likely": dict(sorted(state.likely.items())),
        "severe": dict(sorted(state.severe.items())),
        "taken": list(state.taken),
        "note": state.note,
    }
    return {name: value for name, value in body.items() if value}


def load(options: Options, seed: str, body: Mapping[str, Any]) -> State:
    """The state of what was kept. BadInput for what was never offered to this seed."""
    state = start(options, seed)
    names = {"picks", "groups", "likely", "severe", "taken", "note"}
    if not isinstance(body, Mapping) or not body.keys() <= names:
        raise BadInput("A canvas keeps picks, groups, two ratings, mitigations and a note.")
    picks, note = body.get("picks", {}), body.get("note", "")
    if not isinstance(picks, Mapping) or not picks.keys() <= set(PICKS):
        raise BadInput("This fills a box that the canvas does not have.")
    for box, value in picks.items():
        if not isinstance(value, str) or value not in state.offered(box):
            raise BadInput(f"This was not offered in the box “{box}”.")
    harms = {one.id for one in state.proposal.harms}
    steps: tuple[tuple[str, Mapping[Any, str]], ...] = (
        ("likely", options.likely),
        ("severe", options.severe),
    )
    rated: dict[str, dict[str, str]] = {}
    for name, scale in steps:
        given = body.get(name, {})
        if not isinstance(given, Mapping) or not given.keys() <= harms:
            raise BadInput("This rates a harm that was not offered.")
        if not all(isinstance(value, str) and value in scale for value in given.values()):
            raise BadInput("A harm is rated on three steps.")
        rated[name] = dict(given)
    several = {
        "groups": {one.id for one in state.proposal.groups},
        "taken": {one.id for one in state.proposal.mitigations},
    }
    listed = {name: _listed(body.get(name, []), known) for name, known in several.items()}
    if not isinstance(note, str) or len(note) > LONGEST:
        raise BadInput(f"A note has {LONGEST} characters at most.")
    return State(
        *(options, seed, dict(picks), listed["groups"]),
        *(rated["likely"], rated["severe"], listed["taken"], note),
    )


def _listed(given: object, known: set[str]) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise BadInput("What is picked is a list of ids.")
    if not set(given) <= known or len(set(given)) < len(given):
        raise BadInput("Something here was not offered, or is named twice.")
    return tuple(given)
