"""The file of the learner's citizen: what the learner's decisions wrote. Derived, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import attempts
from modules import scenarios, synth
from modules.access import Viewer, require
from modules.course.model import ScenarioStep
from modules.learn import receipts
from modules.learn.path import MyPath, my_path
from modules.learn.receipts import Receipt
from modules.progress.asked import decisions
from modules.scenarios import Reaches


@dataclass(frozen=True)
class Entry:
    """One line of her file: the learner's decision behind it, and what it meant for her."""

    module: str
    title: str
    # The step of the module where the story can be played again.
    step: str
    node: str
    at: datetime | None
    decided: str
    reaches: Reaches


@dataclass(frozen=True)
class CitizenFile:
    """Who she is, and what the path wrote about her. ``waiting`` counts the modules still to do.

    She asks for her file at the end of the path: until then ``entries`` is empty.
    """

    whom: synth.Citizen
    waiting: int
    entries: tuple[Entry, ...]


def waiting(path: MyPath) -> int:
    """How many open modules of the path were never completed; one that ran out was."""
    return sum(stop.completed is None for stop in path.stops if stop.open)


def citizen_file(session: Session, viewer: Viewer, *, now: datetime) -> CitizenFile:
    """The viewer's citizen and her file, by the first play of the newest round of each story."""
    require(viewer, "learn.citizen")
    whom = synth.citizen(str(viewer.person_id))
    path = my_path(session, viewer, now=now)
    if left := waiting(path):
        return CitizenFile(whom, left, ())
    every = attempts.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id)
    sittings = [one for one in every if one.form == "practice"]
    newest: dict[str, tuple[Entry, ...]] = {}
    by_turn = sorted(
        receipts.read(session, viewer.org_id, sittings), key=lambda one: one.sitting.turn
    )
    for one in by_turn:
        if found := _entries(one):
            newest[one.sitting.module] = found
    order = [stop.card.id for stop in path.stops]
    known = sorted(newest, key=lambda id_: order.index(id_) if id_ in order else len(order))
    return CitizenFile(whom, 0, tuple(entry for id_ in known for entry in newest[id_]))


def _entries(one: Receipt) -> tuple[Entry, ...]:
    """What an attempt decided about her; nothing where the story did not end or cannot be read."""
    module = one.module
    if module is None or module.scenario is None:
        return ()
    found: list[Entry] = []
    for step in module.steps:
        if not isinstance(step, ScenarioStep):
            continue
        path = scenarios.replay(module.scenario, decisions(one.sheet, step))
        for number, taken in enumerate(scenarios.debrief(module.scenario, path), 1):
            if reaches := taken.choice.citizen:
                answer = one.sheet.answer(f"scenario:{step.id}:{number}", 1)
                at = answer.answered_at if answer else None
                text = (module.id, module.title, step.id, taken.id, at, taken.choice.text)
                found.append(Entry(*text, reaches))
    return tuple(found)
