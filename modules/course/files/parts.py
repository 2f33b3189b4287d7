"""What could be read of a module so far, and the reader that knows what could not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from modules.course import model
from modules.course.files.heads import LessonHead, ModuleFile
from modules.course.files.marked import Document
from modules.course.files.reader import Reader
from modules.questions import AnyQuestion
from modules.scenarios import Scenario


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
