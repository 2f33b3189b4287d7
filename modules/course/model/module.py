"""A module, read: whatever a step names is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from modules.basics import NEUTRAL
from modules.course.model.changes import Change
from modules.course.model.registers import Fact, Source, Term
from modules.course.model.screens import Ask, Screen
from modules.course.model.steps import Sitting, Step
from modules.questions import AnyQuestion
from modules.scenarios import Scenario


@dataclass(frozen=True)
class JobAid:
    """One page to keep."""

    title: str
    markdown: str
    line: int = field(default=0, compare=False)
    # What it rests on beyond the facts it cites: ids of sources.
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lab:
    """Which lab, and its own ``Options``, in the module's language."""

    name: str
    options: Any


@dataclass(frozen=True)
class Module:
    """A module in one language. Whatever a step names is there."""

    id: str
    slug: str
    language: str
    version: str
    family: str
    level: str
    minutes: int
    licence: str
    languages: tuple[str, ...]
    pass_share: float
    title: str
    promise: str
    objectives: Mapping[str, str]
    sittings: tuple[Sitting, ...]
    screens: Mapping[str, Screen]
    questions: Mapping[str, AnyQuestion]
    families: Mapping[str, str]
    reserve: tuple[str, ...]
    scenario: Scenario | None = None
    # By the name of its file: "lab", and "lab-2" for a second one.
    labs: Mapping[str, Lab] = field(default_factory=dict)
    aid: JobAid | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    # Each pre-question with the item of the check that gain compares it with.
    matched: Mapping[str, str] = field(default_factory=dict)
    # The items of the delayed checks, "first" and "second".
    delayed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # The law whose notes are in its texts, beside what is for everybody.
    jurisdiction: str = NEUTRAL
    # What each misconception tag means, in a plain sentence.
    misconceptions: Mapping[str, str] = field(default_factory=dict)
    # The terms that its texts mark, as they were defined when it was published.
    terms: Mapping[str, Term] = field(default_factory=dict)
    # Its files by path, each by its SHA-256, and what recordings say ("pictures/flood.en.md").
    media: Mapping[str, str] = field(default_factory=dict)
    transcripts: Mapping[str, str] = field(default_factory=dict)
    # What its versions changed, the newest first.
    changes: tuple[Change, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step, in order, across the sittings."""
        return tuple(step for sitting in self.sittings for step in sitting.steps)

    @property
    def lab(self) -> Lab | None:
        """The first lab, which most modules have only; None if there is none."""
        return self.labs.get("lab")

    def lab_of(self, step_id: str) -> Lab | None:
        """The lab of that step; None for a step without one. KeyError for an unknown id."""
        step = self.step(step_id)
        return self.labs.get(step.lab) if step.kind == "lab" else None

    @property
    def forms(self) -> Mapping[str, tuple[str, ...]]:
        """Item ids by form, and under ``practice`` those that screens ask, in order."""
        forms = {step.form: step.items for step in self.steps if step.kind == "questions"}
        asked = [
            part.item
            for step in self.steps
            if step.kind == "screen"
            for part in self.screens[step.id].parts
            if isinstance(part, Ask)
        ]
        return {**forms, "practice": tuple(asked)}

    def step(self, id: str) -> Step:
        """The step of that id; KeyError if there is none."""
        for step in self.steps:
            if step.id == id:
                return step
        raise KeyError(id)

    def next_step(self, id: str) -> Step | None:
        """The step after that one, None after the last; KeyError for an unknown id."""
        steps = self.steps
        place = steps.index(self.step(id)) + 1
        return steps[place] if place < len(steps) else None

    def question(self, id: str) -> AnyQuestion:
        """The item of that id, in this language; KeyError if there is none."""
        return self.questions[id]

    def twins(self, id: str) -> tuple[str, ...]:
        """Other items of the same family: fresh variants of one idea, in file order."""
        family = self.families.get(id)
        return tuple(other for other, its in self.families.items() if its == family and other != id)
