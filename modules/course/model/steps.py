"""Sittings and the kinds of step in them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from modules.basics import Content


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
    """A lab. ``lab`` names its file: ``lab`` for lab.yaml, ``lab-2`` for a second one."""

    kind: Literal["lab"]
    lab: str = Field(default="lab", pattern=r"^lab(-[2-9])?$")


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
