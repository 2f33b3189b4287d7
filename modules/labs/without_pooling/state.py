"""What the learner has decided so far: frozen, and JSON when it is kept. No key is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from modules.basics import BadInput
from modules.labs.lab import Place
from modules.labs.without_pooling.federated import ROUNDS, SENT
from modules.labs.without_pooling.locked import CONTEXTS, HOLDERS
from modules.labs.without_pooling.options import Options
from modules.labs.without_pooling.outputs import LEAST, REQUESTS

PARTS = 3
OFFERED: dict[str, tuple[Any, ...]] = {
    "sent": SENT,
    "rounds": ROUNDS,
    "holder": HOLDERS,
    "saved": CONTEXTS,
    "least": LEAST,
    "allowed": REQUESTS,
}


@dataclass(frozen=True)
class State:
    """``allowed`` are the totals that may be opened, ``least`` the agencies that must stand behind.

    ``page`` is the part on the page, and ``citizen`` the resident who is marked: both are drawn
    and never kept.
    """

    options: Options
    seed: str
    sent: str | None = None
    rounds: int | None = None
    holder: str | None = None
    saved: str | None = None
    least: int | None = None
    allowed: tuple[str, ...] = ()
    page: int = 1
    citizen: str = ""

    def complete(self) -> bool:
        """Whether everything has been decided."""
        return all(getattr(self, name) for name in OFFERED)


def start(options: Options, seed: str) -> State:
    """Nothing decided yet."""
    return State(options, seed)


def shown_to(state: State, resident_id: str) -> State:
    """The same lab with one resident marked: hers is the record that the update gives away."""
    return replace(state, citizen=resident_id)


def place(state: State) -> Place:
    """One hands in from the last part, or from anywhere once everything is decided."""
    return Place(state.page, state.page == PARTS or state.complete())


def dump(state: State) -> dict[str, Any]:
    """What was decided, as JSON; what is open is left out."""
    body = {name: getattr(state, name) for name in OFFERED} | {"allowed": list(state.allowed)}
    return {name: value for name, value in body.items() if value}


def load(options: Options, seed: str, body: Mapping[str, Any]) -> State:
    """The state of what was decided. BadInput for what is not offered."""
    if not isinstance(body, Mapping) or not body.keys() <= OFFERED.keys():
        raise BadInput("This names a field that the lab does not have.")
    decided: dict[str, Any] = {}
    for name, value in body.items():
        many = name == "allowed"
        values = value if many else [value]
        if not isinstance(values, list) or any(not _offered(name, one) for one in values):
            raise BadInput(f"This is not offered for {name}.")
        if len(set(values)) < len(values):
            raise BadInput(f"Something is picked twice for {name}.")
        decided[name] = in_order(values) if many else value
    return replace(start(options, seed), **decided)


def _offered(name: str, value: object) -> bool:
    # By type as well: True is 1 in Python, and no number of agencies.
    return any(type(value) is type(one) and value == one for one in OFFERED[name])


def in_order(picked: Any) -> tuple[str, ...]:
    """The totals that are picked, in the order in which they are offered."""
    return tuple(one for one in REQUESTS if one in (picked or ()))


def forget(state: State) -> State:
    """Nothing is typed here, so nothing is forgotten."""
    return state
