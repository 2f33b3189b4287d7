"""What the learner has reported and set so far: frozen, and JSON when it is kept."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from modules.basics import BadInput
from modules.labs.hidden_tab.attack import loci
from modules.labs.hidden_tab.material import Material, material
from modules.labs.hidden_tab.options import RELEASED, Benefit, Options
from modules.labs.hidden_tab.release import AUTHORS, COLUMNS, PASTED, STARTS, Choices
from modules.labs.hidden_tab.workbook import workbook
from modules.labs.lab import Place

OFFERED = tuple(f"{table}/{column}" for table, columns in COLUMNS.items() for column in columns)

NOTHING = Choices()


@dataclass(frozen=True)
class State:
    """``marks`` are the ids of what was reported, sorted. ``choices`` make the release.

    ``brought`` is what the attack found in a file of the learner's own, some of `RELEASED`, or None
    when there is none: the file itself is let go of at once, and takes the place of the choices.
    ``page`` is the part on the page, and no part of what is kept.
    """

    options: Options
    seed: str
    marks: tuple[str, ...] = ()
    choices: Choices = NOTHING
    brought: tuple[str, ...] | None = None
    page: int = 1

    @property
    def benefit(self) -> Benefit:
        """What this learner's workbook is about."""
        given = sorted(self.options.benefits.items())
        drawn = int(random.Random(f"hidden-tab/benefit/{self.seed}").random() * len(given))
        return Benefit(given[drawn][0].replace("-", " "), given[drawn][1])

    @property
    def from_town(self) -> Material:
        """The counts and the people in it."""
        return material(self.benefit, self.seed)

    @property
    def workbook(self) -> bytes:
        """The team's workbook."""
        return workbook(self.options.book, self.benefit, self.seed)


def start(options: Options, seed: str) -> State:
    """Nothing reported, nothing set."""
    return State(options, seed)


def place(state: State) -> Place:
    """Two parts, the hunt and the release; one hands in from the second."""
    return Place(state.page, state.page == 2)


def dump(state: State) -> dict[str, Any]:
    """Marks and choices as JSON, what is open left out."""
    body: dict[str, Any] = {"marks": list(state.marks)} if state.marks else {}
    chosen = {name: value for name, value in asdict(state.choices).items() if value}
    if chosen:
        body["choices"] = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in chosen.items()
        }
    if state.brought is not None:
        body["brought"] = list(state.brought)
    return body


def forget(state: State) -> State:
    """The same: nothing is typed here, and of a file that was brought only the verdict is kept."""
    return state


def load(options: Options, seed: str, body: Mapping[str, Any]) -> State:
    """The state of stored marks and choices. BadInput for what was never offered."""
    begun = start(options, seed)
    if not isinstance(body, Mapping) or not body.keys() <= {"marks", "choices", "brought"}:
        raise BadInput("This lab keeps marks, choices and what was found in a file.")
    marks = _some(body.get("marks", []), loci(begun.workbook) if body.get("marks") else ())
    given = body.get("choices", {})
    if not isinstance(given, Mapping) or not given.keys() <= set(Choices.__annotations__):
        raise BadInput("A release is made from start, columns, pasted and author.")
    offered = {"start": STARTS, "pasted": PASTED, "author": AUTHORS}
    for name, values in offered.items():
        if given.get(name) is not None and given[name] not in values:
            raise BadInput(f"This is not one of the answers offered for {name}.")
    columns = _some(given.get("columns", []), OFFERED)
    brought = body.get("brought")
    return State(
        options,
        seed,
        tuple(sorted(marks)),
        Choices(
            given.get("start"),
            tuple(one for one in OFFERED if one in columns),
            given.get("pasted"),
            given.get("author"),
        ),
        None
        if brought is None
        else tuple(one for one in RELEASED if one in _some(brought, RELEASED)),
    )


def _some(given: Any, offered: Any) -> list[str]:
    """``given`` as a list of texts, each once and all of them offered."""
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise BadInput("A list of names is expected here.")
    if len(set(given)) < len(given) or not set(given) <= set(offered):
        raise BadInput("This names something that the lab does not have.")
    return given
