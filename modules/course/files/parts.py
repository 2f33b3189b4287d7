"""What could be read of a module so far, and the reader that knows what could not."""

from __future__ import annotations

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
    lab: model.Lab | None = None
    aid: model.JobAid | None = None

    def path(self, name: str) -> str:
        """The path of one of the module's files, as the reader knows it."""
        return f"{self.slug}/{name}"

    def has(self, kind: str) -> bool:
        """Whether the module has a step of that kind."""
        sittings = self.head.sittings if self.head else ()
        return any(step.kind == kind for sitting in sittings for step in sitting.steps)
