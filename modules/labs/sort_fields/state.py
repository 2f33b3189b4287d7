"""What a learner meets and has done so far: boxes, pairs, and the columns to release."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from modules.basics import BadInput
from modules.labs.lab import Place
from modules.labs.sort_fields.attack import target
from modules.labs.sort_fields.options import BOXES, Field, Options, Pair, Released, Task
from modules.labs.sort_fields.working import table, values

SHOWN = 3
"""Values that a card shows."""


class Named(Protocol):
    """Anything of the options that has an id."""

    @property
    def id(self) -> str:
        """Its id."""
        ...


T = TypeVar("T", bound=Named)


class Drawn(NamedTuple):
    """What a seed picks of the options, in the order of the cards; ``rows`` are of the table."""

    fields: tuple[Field, ...]
    pairs: tuple[Pair, ...]
    columns: tuple[Released, ...]
    task: Task
    rows: tuple[int, ...]
    neighbour: int


def _picked(rng: random.Random, things: Sequence[T], number: int) -> list[T]:
    """``number`` of them by ``random()``, which never changes from one Python to the next."""
    return sorted(things, key=lambda _: rng.random())[:number]


def draw(options: Options, seed: str) -> Drawn:
    """What this seed picks."""
    rng = random.Random(f"{seed}/sort-fields")
    fields = [
        one
        for group, number in options.draw.items()
        for one in _picked(rng, [each for each in options.fields if each.group == group], number)
    ]
    pairs = [
        one
        for kind in ("sharp", "blunt")
        for one in _picked(rng, [each for each in options.pairs if each.kind == kind], 1)
    ]
    task = _picked(rng, options.tasks, 1)[0]
    special = _picked(rng, [one for one in options.columns if one.special], 1)
    must = {*task.least, *(one.id for one in special)}
    rest = [one for one in options.columns if one.id not in must and not one.special]
    more = _picked(rng, rest, options.offered - len(must))
    chosen = must | {one.id for one in more}
    columns = _picked(rng, [one for one in options.columns if one.id in chosen], len(chosen))
    rows = tuple(int(rng.random() * len(table(options.people)["ward"])) for _ in range(SHOWN))
    return Drawn(
        tuple(_picked(rng, fields, len(fields))),
        tuple(_picked(rng, pairs, len(pairs))),
        tuple(columns),
        task,
        rows,
        target(options.people, rng.random()),
    )


@dataclass(frozen=True)
class State:
    """``boxes`` by field, ``pairs`` (can the two single out?), ``looked`` up, ``release``.

    ``page`` is the number of the card on the page, and ``citizen`` the id of the learner's own
    resident: no part of what is kept or graded.
    """

    options: Options
    seed: str
    boxes: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, bool] = field(default_factory=dict)
    looked: frozenset[str] = frozenset()
    release: tuple[str, ...] = ()
    page: int = 1
    citizen: str = field(default="", compare=False)

    @cached_property
    def drawn(self) -> Drawn:
        """What the seed picked."""
        return draw(self.options, self.seed)

    @property
    def whom(self) -> int:
        """The row of her whom a neighbour looks for: the learner's citizen, or the seed's."""
        held = table(self.options.people)["resident_id"].tolist()
        return held.index(self.citizen) if self.citizen in held else self.drawn.neighbour

    @property
    def sorting(self) -> tuple[Field | Pair, ...]:
        """The cards that sort, in order; the release comes after them."""
        return (*self.drawn.fields, *self.drawn.pairs)

    @property
    def cards(self) -> int:
        """How many cards there are: fields, pairs, and the release."""
        return len(self.sorting) + 1

    def open(self) -> tuple[int, ...]:
        """The numbers of the cards on which something is still to do."""
        asked = [one.id in self.boxes for one in self.drawn.fields]
        asked += [one.id in self.pairs for one in self.drawn.pairs]
        asked.append(bool(self.release))
        return tuple(number for number, done in enumerate(asked, 1) if not done)


def samples(state: State, one: Field) -> tuple[str, ...]:
    """Values that the card of a field shows, different ones where there are enough."""
    held = one.samples or values(state.options.people, one.table, one.column)
    rng = random.Random(f"{state.seed}/{one.id}")
    start = int(rng.random() * len(held))
    # Free text is shown whole: the one cell that tells must not be left out by the draw.
    several = dict.fromkeys(held if one.samples else (*held[start:], *held[:start]))
    return tuple(several)[:SHOWN]


def start(options: Options, seed: str) -> State:
    """Nothing sorted and nothing released yet."""
    return State(options, seed)


def shown_to(state: State, resident_id: str) -> State:
    """The same for a learner whose citizen that is: it is she whom a neighbour looks for."""
    return replace(state, citizen=resident_id)


def place(state: State) -> Place:
    """One hands in from the last card, or from anywhere once nothing is open."""
    return Place(state.page, state.page == state.cards or not state.open())


def dump(state: State) -> dict[str, Any]:
    """What was done, as JSON; what is open is left out."""
    body = {
        "boxes": dict(sorted(state.boxes.items())),
        "pairs": dict(sorted(state.pairs.items())),
        "looked": sorted(state.looked),
        "release": list(state.release),
    }
    return {name: value for name, value in body.items() if value}


def load(options: Options, seed: str, body: Mapping[str, Any]) -> State:
    """The state of what was kept. BadInput for what was never offered to this seed."""
    state = start(options, seed)
    if not isinstance(body, Mapping) or not body.keys() <= {"boxes", "pairs", "looked", "release"}:
        raise BadInput("A lab of fields keeps boxes, pairs, what was looked up, and a release.")
    boxes, pairs = body.get("boxes", {}), body.get("pairs", {})
    looked, release = body.get("looked", []), body.get("release", [])
    fields = {one.id for one in state.drawn.fields}
    twos = {one.id for one in state.drawn.pairs}
    columns = {one.id for one in state.drawn.columns}
    if not isinstance(boxes, Mapping) or not boxes.keys() <= fields:
        raise BadInput("This sorts a field that was not offered.")
    if not all(isinstance(box, str) and box in BOXES for box in boxes.values()):
        raise BadInput("This is not one of the five boxes.")
    if not isinstance(pairs, Mapping) or not pairs.keys() <= twos:
        raise BadInput("This judges a pair that was not offered.")
    if not all(isinstance(value, bool) for value in pairs.values()):
        raise BadInput("A pair can single out, or it cannot.")
    for name, several, known in (("looked up", looked, twos), ("released", release, columns)):
        if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
            raise BadInput(f"What is {name} is a list of ids.")
        if not set(several) <= known or len(set(several)) < len(several):
            raise BadInput(f"Something {name} here was not offered, or is named twice.")
    return State(options, seed, dict(boxes), dict(pairs), frozenset(looked), tuple(release))
