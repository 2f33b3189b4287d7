"""Which modules use which lab, with what options: for commands and tests that try them all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from modules.course import model
from modules.course.files import read_module


@dataclass(frozen=True)
class Use:
    """A lab in a module: its file's name ("lab"), and the module's step that opens it, or ""."""

    module: str
    file: str
    step: str
    lab: model.Lab


def lab_uses(root: Path, language: str = "en") -> list[Use]:
    """Every lab of every written module below ``root``. Raises ContentError as `read_module`."""
    found = []
    for path in sorted(root.glob("*/module.yaml")):
        module = read_module(root, path.parent.name, language)
        steps = {step.lab: step.id for step in reversed(module.steps) if step.kind == "lab"}
        found += [
            Use(module.id, name, steps.get(name, ""), lab) for name, lab in module.labs.items()
        ]
    return found
