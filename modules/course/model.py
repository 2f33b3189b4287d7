"""What a course is made of, once read: frozen, in one language, complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from modules.basics import Content
from modules.questions import AnyQuestion
from modules.scenarios import Scenario


class Source(Content):
    """Where a fact was read."""

    id: str
    title: str
    publisher: str
    date: str = ""
    url: str = ""
    note: str = ""


class Fact(Content):
    """A statement safe to print. ``review_by`` is the day from which it must not be relied on."""

    id: str
    statement: str
    jurisdiction: str
    source: str
    place: str = ""
    in_force_from: date | None = None
    last_checked: date
    status: str
    caution: str = ""
    review_by: date


@dataclass(frozen=True)
class Text:
    """Markdown, with its cites ``[@id]`` still inside."""

    markdown: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Ask:
    """An item placed among the text."""

    item: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Band:
    """A rule of thumb: a title (without its full stop) and Markdown."""

    title: str
    text: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Screen:
    """One short page of a lesson."""

    id: str
    title: str
    parts: tuple[Text | Ask | Band, ...]
    line: int = field(default=0, compare=False)


class _Step(Content):
    """``minutes`` is the writer's estimate; ``title`` and ``intro`` come from the lesson file."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    minutes: int = Field(ge=1)
    title: str = ""
    intro: str = ""


class QuestionsStep(_Step):
    """A form: its items one after another."""

    kind: Literal["questions"]
    form: str
    items: tuple[str, ...] = Field(min_length=1)


class ScreenStep(_Step):
    """A screen of the lesson; the step and the screen share their id and title."""

    kind: Literal["screen"]


class ScenarioStep(_Step):
    """The module's branching story."""

    kind: Literal["scenario"]


class LabStep(_Step):
    """The module's lab."""

    kind: Literal["lab"]


class AidStep(_Step):
    """The job aid to take away."""

    kind: Literal["aid"]


Step = Annotated[
    QuestionsStep | ScreenStep | ScenarioStep | LabStep | AidStep, Field(discriminator="kind")
]


class Sitting(Content):
    """At most seven minutes that end in something finished (``done`` says what)."""

    id: str
    minutes: int = Field(ge=1)
    steps: tuple[Step, ...] = Field(min_length=1)
    title: str = ""
    done: str = ""


@dataclass(frozen=True)
class JobAid:
    """One page to keep."""

    title: str
    markdown: str
    line: int = field(default=0, compare=False)


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
    lab: Lab | None = None
    aid: JobAid | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step, in order, across the sittings."""
        return tuple(step for sitting in self.sittings for step in sitting.steps)

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

    def sitting_of(self, id: str) -> Sitting:
        """The sitting that holds the step; KeyError if none does."""
        for sitting in self.sittings:
            if any(step.id == id for step in sitting.steps):
                return sitting
        raise KeyError(id)

    def question(self, id: str) -> AnyQuestion:
        """The item of that id, in this language; KeyError if there is none."""
        return self.questions[id]

    def twins(self, id: str) -> tuple[str, ...]:
        """Other items of the same family: fresh variants of one idea, in file order."""
        family = self.families.get(id)
        return tuple(other for other, its in self.families.items() if its == family and other != id)


class ModuleCard(Content):
    """A module as a list shows it. A planned one has no files yet, and its minutes are a plan."""

    id: str
    slug: str
    title: str
    promise: str = ""
    family: str
    level: str
    minutes: int = Field(ge=1)
    status: Literal["available", "planned"]

    @property
    def planned(self) -> bool:
        """Whether the module is still to be written."""
        return self.status == "planned"


class Path(Content):
    """A role's way through the course: module ids in order; ``minutes`` are a plan."""

    id: str
    title: str
    promise: str = ""
    minutes: int = Field(ge=1)
    modules: tuple[str, ...] = Field(min_length=1)


class Course(Content):
    """Every module, shipped or planned, and the paths through them."""

    title: str = ""
    languages: tuple[str, ...] = ("en",)
    modules: tuple[ModuleCard, ...]
    paths: tuple[Path, ...]

    def card(self, id: str) -> ModuleCard:
        """The card of a module, by its id or slug; KeyError if there is none."""
        for card in self.modules:
            if id in (card.id, card.slug):
                return card
        raise KeyError(id)
