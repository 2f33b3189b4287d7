"""What everything shares: strict content, grades, answers and the errors people can mend."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    # Named again, so that strict typing lets others import it from here.
    from streamlit.delta_generator import DeltaGenerator

    Surface = DeltaGenerator
else:
    Surface = Any


NEUTRAL = "neutral"
LAWS = ("eu", "uk")
"""The laws that notes are written for; each marks its paragraphs by its name in braces."""


class Content(BaseModel):
    """Something a writer typed into a file: frozen, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Words(Protocol):
    """Interface text by key, in one language: ``words("lesson.check", n=3)``."""

    def __call__(self, key: str, /, **values: object) -> str:
        """The text for ``key`` with its ``{names}`` filled in."""
        ...


@dataclass(frozen=True)
class Grade:
    """What an answer is worth.

    ``score`` runs from 0.0 to 1.0; ``right`` is true at full marks (a lab: when it is passed).
    ``tags`` names the misconceptions that the answer shows. ``version`` is the grader's.
    """

    score: float
    right: bool
    tags: tuple[str, ...] = ()
    version: int = 1


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file: where, what was found, what is expected, what to do."""

    file: str
    place: str
    sentence: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.sentence}"


class StewardError(Exception):
    """An error whose message a person can read and act on."""


class ContentError(StewardError):
    """Content that a trainer can mend."""

    def __init__(self, problems: list[Problem] | str) -> None:
        self.problems = [] if isinstance(problems, str) else list(problems)
        super().__init__(problems if isinstance(problems, str) else "\n".join(map(str, problems)))


class BadInput(StewardError):
    """Input that its sender can mend."""


class Denied(StewardError):
    """Somebody asked for what their rights do not cover. Logged."""


@dataclass(frozen=True)
class Draft:
    """What somebody has chosen or typed but not sent yet, as JSON values."""

    body: Mapping[str, Any] = field(default_factory=dict)


def seed_for(seed: str, part: str) -> str:
    """The seed of one part of an attempt: SHA-256 of the attempt's seed and the part's id."""
    return hashlib.sha256(f"{seed}/{part}".encode()).hexdigest()
