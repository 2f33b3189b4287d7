"""What the learner has picked so far: frozen, and JSON when it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from modules.basics import BadInput
from modules.labs.break_suppression.figures import TOP, Figures, figures
from modules.labs.break_suppression.options import Options
from modules.labs.lab import Place

PARTS = 3
STATUS = ("done", "open")


@dataclass(frozen=True)
class State:
    """``begin`` less ``less`` is the sum that breaks the table; ``hide`` is what mends it.

    ``page`` is the part on the page, and nothing of what is kept.
    """

    options: Options
    seed: str
    begin: str | None = None
    less: tuple[str, ...] = ()
    joined: str | None = None
    status: str | None = None
    hide: tuple[str, ...] = ()
    page: int = 1

    @property
    def figures(self) -> Figures:
        """The table that the seed draws."""
        return figures(self.options, self.seed)

    def offered(self) -> dict[str, tuple[str, ...]]:
        """What can be picked, by field."""
        drawn = self.figures
        small = drawn.small()
        shown = tuple(cell.node for cell in drawn.first if cell.node not in small)
        return {
            "begin": tuple(one for one in shown if drawn.children(one)),
            "less": tuple(one for one in shown if one != TOP),
            "joined": tuple(cell.node for cell in drawn.first if not drawn.children(cell.node)),
            "status": STATUS,
            "hide": shown,
        }

    def complete(self) -> bool:
        """Whether something is picked in each part."""
        return bool(self.begin and self.less and self.joined and self.status and self.hide)


def start(options: Options, seed: str) -> State:
    """Nothing picked yet."""
    return State(options, seed)


def place(state: State) -> Place:
    """One hands in from the last part, or from anywhere once each part has something in it."""
    return Place(state.page, state.page == PARTS or state.complete())


def dump(state: State) -> dict[str, Any]:
    """What was picked, as JSON; what is open is left out."""
    body = {
        "begin": state.begin,
        "less": list(state.less),
        "joined": state.joined,
        "status": state.status,
        "hide": list(state.hide),
    }
    return {name: value for name, value in body.items() if value}


def load(options: Options, seed: str, body: Mapping[str, Any]) -> State:
    """The state of what was picked. BadInput for units or words that are not offered."""
    state = start(options, seed)
    offered = state.offered()
    if not isinstance(body, Mapping) or not body.keys() <= offered.keys():
        raise BadInput("This names a field that the lab does not have.")
    picked: dict[str, Any] = {}
    for name, value in body.items():
        many = name in ("less", "hide")
        if isinstance(value, list) is not many:
            raise BadInput(f"The lab keeps {name} in another form.")
        values = value if many else [value]
        if any(not isinstance(one, str) or one not in offered[name] for one in values):
            raise BadInput(f"This is not offered for {name}.")
        if len(set(values)) < len(values):
            raise BadInput(f"Something is picked twice for {name}.")
        picked[name] = in_order(offered[name], values) if many else value
    return replace(state, **picked)


def in_order(offered: tuple[str, ...], picked: Any) -> tuple[str, ...]:
    """What is picked, in the order in which it is offered; what is not offered falls away."""
    return tuple(one for one in offered if one in (picked or ()))


def forget(state: State) -> State:
    """Nothing is typed here, so nothing is forgotten."""
    return state
