"""What could be read of a module so far, and the reader that knows what could not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from modules.course import model
from modules.course.files.heads import LessonHead, ModuleFile
from modules.course.files.marked import At, Document
from modules.course.files.reader import Reader
from modules.questions import AnyQuestion
from modules.scenarios import Scenario

OWN = re.compile(r"M[5-9]\d")
"""The ids of modules that organisations write themselves; those of the course stay below."""


def written_by_a_body(id: str) -> bool:
    """Whether a module of that id is an organisation's own, not one of the course."""
    return OWN.fullmatch(id) is not None


@dataclass
class Parts:
    """What could be read of a module in one language. None: missing or broken, and reported."""

    slug: str
    language: str
    reader: Reader
    head_file: Document | None = None
    head: ModuleFile | None = None
    front: Document | None = None
    lesson: LessonHead | None = None
    screens: dict[str, model.Screen] | None = None
    structure: Document | None = None
    text: Document | None = None
    items: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    questions: dict[str, AnyQuestion] = field(default_factory=dict)
    scenario: Scenario | None = None
    labs: dict[str, model.Lab] = field(default_factory=dict)
    aid: model.JobAid | None = None

    def path(self, name: str) -> str:
        """The path of one of the module's files, as the reader knows it."""
        return f"{self.slug}/{name}"

    @property
    def own(self) -> bool:
        """Whether an organisation wrote this module itself: our course's standard is advice."""
        data = self.head_file.data if self.head_file else {}
        return written_by_a_body(str(data.get("id", "")))

    def standard(self, document: Document, at: At, sentence: str) -> None:
        """Note what our course does not allow itself, and an organisation may."""
        self.reader.wrong(document, at, sentence, stops=not self.own)

    @property
    def steps(self) -> tuple[model.Step, ...]:
        """Every step that the module's file names."""
        sittings = self.head.sittings if self.head else ()
        return tuple(step for sitting in sittings for step in sitting.steps)

    def has(self, kind: str) -> bool:
        """Whether the module has a step of that kind."""
        return any(step.kind == kind for step in self.steps)

    @property
    def lab_files(self) -> tuple[str, ...]:
        """Labs by the names of their files ("lab", "lab-2"): those there, and those of steps."""
        named = {step.lab for step in self.steps if step.kind == "lab"}
        there = re.compile(rf"{re.escape(self.slug)}/(lab(?:-[2-9])?)\.yaml")
        found = {match[1] for path in self.reader.files if (match := there.fullmatch(path))}
        return tuple(sorted(named | found))
