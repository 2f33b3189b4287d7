"""What may be told of how a module did, from what was counted last and from nothing else.

Objectives and wrong ideas are made of the questions that are told, as they are told: whoever adds
up or subtracts them arrives at what stands on the page already.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import analysed, revisions
from db.analysed import Kept
from modules.analysing.counting import LOOKED
from modules.analysing.taught import CHECK, GROUPS, STEPS, STORY, Text, texts
from modules.course.model import Module
from modules.progress.item_counts import Counted
from modules.progress.item_telling import Item, Range, told
from modules.progress.stopping import Stop, stops
from modules.progress.story_flow import Edge, flow


@dataclass(frozen=True)
class Objective:
    """What share of the marks an objective's questions of the check got, of how many answers."""

    id: str
    title: str
    items: int
    answers: int
    share: Range


@dataclass(frozen=True)
class Belief:
    """A wrong idea that answers to the check told: at least so many of so many answers."""

    tag: str
    sentence: str
    at_least: int
    answers: int


@dataclass(frozen=True)
class Analysis:
    """How a module did, as far as it may be told. ``waiting`` counts questions of too few."""

    module: Module
    counted_at: datetime | None
    items: tuple[Item, ...]
    waiting: int
    objectives: tuple[Objective, ...]
    beliefs: tuple[Belief, ...]
    edges: tuple[Edge, ...]
    stops: tuple[Stop, ...]

    @property
    def flagged(self) -> tuple[Item, ...]:
        """The questions that want another look, those that press most in front."""
        found = [one for one in self.items if one.flags]
        return tuple(sorted(found, key=lambda one: (-len(one.flags), one.facility.middle)))


def read(
    session: Session, *, org_id: uuid.UUID, module: str, language: str, least: int
) -> Analysis | None:
    """What may be told of a module; None when it is not published or cannot be read."""
    known = texts(session, org_id=org_id, module=module, language=language)
    latest = revisions.latest(session, org_id=org_id).get(module)
    if not known or latest is None or known[-1].sha256 != latest.sha256:
        return None
    text = known[-1]
    kept = analysed.kept(session, org_id=org_id, module=module)
    counted = dict(_counted(text, kept))
    items = tuple(
        item
        for (form, id_), one in counted.items()
        if (item := told(text.module.question(id_), form, one, least))
    )
    looked = max((one.counted_at for one in kept.values() if one.part == LOOKED), default=None)
    asked = {id_ for form in GROUPS for id_ in text.module.forms.get(form, ())}
    return Analysis(
        text.module,
        looked,
        items,
        len(asked - {one.id for one in items}),
        tuple(_objectives(text.module, items)),
        tuple(_beliefs(text.module, items, counted, least)),
        _edges(text, kept, least),
        _stops(text, kept, least),
    )


def _counted(
    text: Text, kept: dict[tuple[str, str], Kept]
) -> Iterator[tuple[tuple[str, str], Counted]]:
    for form in GROUPS:
        for id_, sha256 in text.items.items():
            if row := kept.get((f"{form}/{id_}", sha256)):
                yield (form, id_), Counted.read(row.figures)


def _objectives(module: Module, items: tuple[Item, ...]) -> Iterator[Objective]:
    for id_, title in module.objectives.items():
        of = [
            one for one in items if one.form == CHECK and module.question(one.id).objective == id_
        ]
        answers = sum(one.people for one in of)
        if answers:
            low = sum(one.people * one.facility.low for one in of) / answers
            high = sum(one.people * one.facility.high for one in of) / answers
            yield Objective(id_, title, len(of), answers, Range(low, high))


def _beliefs(
    module: Module,
    items: tuple[Item, ...],
    counted: dict[tuple[str, str], Counted],
    least: int,
) -> Iterator[Belief]:
    """The most told ideas first, in whole thresholds: exact sums could be subtracted."""
    chosen, answers = Counter[str](), Counter[str]()
    for one in items:
        if one.form != CHECK:
            continue
        for tag, people in counted[CHECK, one.id].tags.items():
            chosen[tag] += people
            answers[tag] += one.people
    for tag, many in sorted(chosen.items(), key=lambda one: (-(one[1] // least), one[0])):
        if many >= least and tag in module.misconceptions:
            whole = many // least * least
            yield Belief(tag, module.misconceptions[tag], whole, answers[tag])


def _edges(text: Text, kept: dict[tuple[str, str], Kept], least: int) -> tuple[Edge, ...]:
    scenario = text.module.scenario
    if scenario is None:
        return ()
    for step in text.tales:
        if row := kept.get((f"{STORY}{step.id}", text.story)):
            ways = {
                tuple((node, choice) for node, choice in way): people
                for way, people in row.figures["ways"]
            }
            return flow(scenario, ways, least)
    return ()


def _stops(text: Text, kept: dict[tuple[str, str], Kept], least: int) -> tuple[Stop, ...]:
    row = kept.get((STEPS, text.steps))
    left = dict(row.figures["left"]) if row else {}
    return stops([step.id for step in text.module.steps], left, least)
