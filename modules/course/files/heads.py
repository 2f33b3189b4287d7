"""The shapes of module.yaml and of the front matter in Markdown files."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from modules.basics import Content
from modules.course import model


class ModuleFile(Content):
    """module.yaml."""

    id: str = Field(pattern=r"^M\d\d$")
    slug: str
    family: str
    level: Literal["foundation", "practitioner", "advanced"]
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    minutes: int = Field(ge=1)
    licence: str
    languages: tuple[str, ...] = Field(min_length=1)
    objectives: tuple[str, ...] = Field(min_length=1)
    pass_share: float = Field(default=0.8, ge=0.5, le=1)
    sittings: tuple[model.Sitting, ...] = Field(min_length=1)
    reserve: tuple[str, ...] = ()
    matched: dict[str, str] = Field(default_factory=dict)
    delayed: dict[Literal["first", "second"], tuple[str, ...]] = Field(default_factory=dict)
    sources: tuple[str, ...] = ()
    # The newest first.
    changes: tuple[model.Change, ...] = ()


class _SittingText(Content):
    title: str
    done: str


class _StepText(Content):
    title: str
    intro: str = ""


class LessonHead(Content):
    """Front matter of lesson.<language>.md."""

    title: str
    promise: str
    objectives: dict[str, str]
    sittings: dict[str, _SittingText]
    steps: dict[str, _StepText] = Field(default_factory=dict)


class AidHead(Content):
    """Front matter of a job aid; ``sources`` are those beyond the facts that it cites."""

    title: str
    sources: tuple[str, ...] = ()
