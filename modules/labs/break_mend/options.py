"""What the lab's files say: the goals that a release has to reach, and a hint for each check."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field, model_validator

from modules.basics import Content

HINTS = ("attack", "matched", "k", "l", "error", "suppressed")


class Goals(Content):
    """``matched`` and ``suppressed`` are shares at most, ``error`` percentage points at most."""

    attack: float = Field(default=0.9, gt=0, le=1)
    matched: float = Field(default=0.01, ge=0, le=0.2)
    k: int = Field(default=5, ge=2, le=20)
    l: int = Field(default=2, ge=2, le=5)  # noqa: E741 - the name of the measure
    error: float = Field(default=1.5, gt=0, le=20)
    suppressed: float = Field(default=0.1, ge=0, le=0.5)


class Options(Content):
    """The lab in one language."""

    title: str
    task: str
    aha: str = ""
    goals: Goals = Goals()
    hints: Mapping[str, str]

    @model_validator(mode="after")
    def _all_hinted(self) -> Options:
        if missing := [hint for hint in HINTS if not self.hints.get(hint)]:
            raise ValueError(f"there is no hint for {', '.join(missing)}")
        if unknown := sorted(self.hints.keys() - set(HINTS)):
            raise ValueError(f"no check uses the hint {', '.join(unknown)}")
        return self
