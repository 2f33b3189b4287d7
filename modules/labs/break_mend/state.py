"""What the learner has picked and set so far: frozen, and JSON when it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from modules.basics import BadInput
from modules.labs.break_mend.levels import LINKS, OFFERED, Setting
from modules.labs.break_mend.options import Options
from modules.labs.lab import Place

BREAK, MEND = 1, 2
MOST_OPENED = 99


@dataclass(frozen=True)
class State:
    """``link`` are the fields of the attack, ``opened`` how many records were opened with it.

    ``part`` is the one on the page: BREAK or MEND. ``whom`` is the resident with the gold ring, ""
    for anyone: it changes no grade and is not kept.
    """

    options: Options
    seed: str
    link: tuple[str, ...] = ()
    opened: int = 0
    part: int = BREAK
    setting: Setting = field(default_factory=Setting)
    whom: str = ""


def start(options: Options, seed: str) -> State:
    """Nothing linked, nothing mended."""
    return State(options, seed)


def shown_to(state: State, resident_id: str) -> State:
    """The state for a learner whose citizen that is."""
    return replace(state, whom=resident_id)


def place(state: State) -> Place:
    """One hands in from the second part."""
    return Place(state.part, state.part == MEND)


def dump(state: State) -> dict[str, Any]:
    """As JSON: ``{"link": ["sex"], "opened": 1, "part": 2, "setting": {"area": "ward", …}}``."""
    return {
        "link": list(state.link),
        "opened": state.opened,
        "part": state.part,
        "setting": state.setting.dump(),
    }


def load(options: Options, seed: str, body: Mapping[str, Any]) -> State:
    """The state of what was kept. BadInput for what is not offered."""
    known = {"link", "opened", "part", "setting"}
    if not isinstance(body, Mapping) or not body.keys() <= known:
        raise BadInput("This lab keeps link, opened, part and setting.")
    link, opened, part = body.get("link", []), body.get("opened", 0), body.get("part", BREAK)
    if not isinstance(link, list) or not all(isinstance(one, str) for one in link):
        raise BadInput("The fields to link on are a list.")
    if not set(link) <= set(LINKS) or len(set(link)) < len(link):
        raise BadInput("This names a field that cannot be linked on, or one twice.")
    if not _whole(opened) or not 0 <= opened <= MOST_OPENED:
        raise BadInput(f"Between 0 and {MOST_OPENED} records can be open.")
    if not _whole(part) or part not in (BREAK, MEND):
        raise BadInput("The lab has two parts.")
    return State(options, seed, in_order(link), opened, part, _setting(body.get("setting", {})))


def in_order(link: list[str]) -> tuple[str, ...]:
    """The fields of an attack in one order, whatever order they were picked in."""
    return tuple(one for one in LINKS if one in link)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _setting(given: Any) -> Setting:
    if not isinstance(given, Mapping) or not given.keys() <= OFFERED.keys():
        raise BadInput("A release is set by area, birth, top, sex and suppress.")
    for name, value in given.items():
        if not offered(name, value):
            raise BadInput(f"This is not one of the choices for {name}.")
    return Setting(**given)


def offered(name: str, value: object) -> bool:
    """Whether a value is among those of a control; 1 is not True here."""
    return any(type(value) is type(one) and value == one for one in OFFERED[name])
