"""The desk a module is played at: the learner's keeps the answers, a preview's does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Protocol

from modules.basics import Surface, Words
from modules.course.local import Local
from modules.course.model import LabStep, Module, ScenarioStep, Step
from modules.progress.journey import Journey
from modules.progress.sheet import Answer, Sheet


class Desk(Protocol):
    """What play needs from whoever holds the answers.

    When `answer`, `decide`, `hand_in` and `leave` return, what they recorded is durable (in a
    preview: kept for this preview). Each gives what stands: with a second tab, the first answer.
    """

    @property
    def journey(self) -> Journey:
        """Where the learner is, after everything recorded so far."""
        ...

    @property
    def earlier(self) -> frozenset[str]:
        """The slots whose answer came first from another tab."""
        ...

    @property
    def citizen(self) -> str:
        """The seed that picks the resident of Fernleigh whom this learner's decisions reach."""
        ...

    def draft(self, sheet: Sheet, slot: str) -> Mapping[str, Any]:
        """What was chosen or typed before, not sent; ``slot`` as `draft_slot` names it."""
        ...

    def save(self, sheet: Sheet, slot: str, body: Mapping[str, Any]) -> None:
        """Keep what is chosen or typed now; nothing, where the answer stands."""
        ...

    def answer(
        self,
        sheet: Sheet,
        slot: str,
        response: Mapping[str, Any],
        sure: str | None,
        try_number: int = 1,
    ) -> Answer:
        """Record the answer to an item."""
        ...

    def decide(
        self, step: ScenarioStep, number: int, choice: str, *, reason: str = "", play: int = 1
    ) -> Answer:
        """Record a decision of a play of the story, and why."""
        ...

    def hand_in(self, step: LabStep, body: Mapping[str, Any], try_number: int) -> Answer:
        """Record a lab."""
        ...

    def leave(self, step: Step, without: str = "") -> None:
        """Record that a step was left behind; ``without``: its lab lacked this library."""
        ...

    def check_again(self) -> None:
        """Begin another attempt at the check."""
        ...

    def go(self, place: str) -> None:
        """Show another step or the end of a sitting. Does not return."""
        ...


@dataclass(frozen=True)
class Table:
    """What every step is drawn with."""

    surface: Surface
    desk: Desk
    say: Words
    # Whether the button with this key was pressed for this run, even where it is drawn no more.
    pressed: Callable[[str], bool] = field(default=lambda _key: False)
    # Draws whom to ask for help, where somebody has failed the check often enough.
    helps: Callable[[Surface], None] = field(default=lambda _surface: None)
    # What the reader's organisation has filled in, and its examples for this module.
    own: Local = field(default_factory=Local)
    # Offers to report an error at a place, such as "step/care-data" or "item/M01-Q03"; a question
    # with its number, where the page tells of several, and 0 elsewhere.
    reports: Callable[[Surface, str, int], None] = field(default=lambda *_: None)
    # Offers the job aid to take away: its own page and its PDF.
    keeps: Callable[[Surface], None] = field(default=lambda _surface: None)

    @property
    def module(self) -> Module:
        """The content."""
        return self.desk.journey.module

    def here(self, place: str, on: Surface | None = None) -> None:
        """Tell the browser which place this is: at another one it begins at the top.

        The last mark on the page counts: a question's, in its card, before that of its step.
        """
        surface = self.surface if on is None else on
        surface.html(f'<span data-sw-place="{escape(place)}"></span>')

    def key(self, sheet: Sheet, slot: str) -> str:
        """The stem of widget keys: the same widget on every rerun, another one on every attempt."""
        return f"{sheet.seed[:8]}-{slot}".replace(":", "-")
