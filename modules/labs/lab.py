"""What a lab is: options, a frozen state, drawing, and checks that replay without a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from modules.basics import Content, Grade, Surface, Words

Render = Callable[[str], str]
"""Turns prose with cites of facts into Markdown."""


@dataclass(frozen=True)
class Check:
    """One property that a solution should have. ``hint`` is a key of the options' hints."""

    key: str
    passed: bool
    hint: str


@dataclass(frozen=True)
class Place:
    """The part of a lab that is on the page, from 1, and whether one may hand in from there."""

    number: int = 1
    hands_in: bool = True


def graded(checks: Sequence[Check], lab: str, version: int, *, passed: bool | None = None) -> Grade:
    """The share of checks passed; right when all are, unless ``passed`` says whether it is.

    The tags name the hints of those that failed, after the lab: ``break-mend-k``.
    """
    failed = [one for one in checks if not one.passed]
    return Grade(
        (len(checks) - len(failed)) / len(checks),
        not failed if passed is None else passed,
        tuple(sorted({f"{lab}-{one.hint}" for one in failed})),
        version,
    )


class Lab(Protocol):
    """A module (or object) with a lab in it. Its state is frozen, and each lab's own.

    A lab in a folder imports these functions in its ``__init__.py``, below ``# mypy:
    implicit-reexport``: what is imported there is the lab, and mypy says what is missing.

    The page draws the title, the ``aha``, the task, the button to hand in and the code, keeps
    ``dump(state)`` (at most 50,000 characters of JSON) as a draft whenever it changes, and calls
    ``grade`` on submission. ``Grade.right`` means passed.

    One run, that is ``load`` and ``play``, or ``load`` and ``grade``, takes at most 2 s when its
    libraries are loaded: the options bound what it works on, and what is costly is kept with
    ``functools.lru_cache`` of a small size. What a learner types is never run as code.
    """

    @property
    def VERSION(self) -> int:
        """The version of its grader."""
        ...

    @property
    def LIBRARIES(self) -> tuple[str, ...]:
        """The modules that it gets from `modules.labs.libraries.need`, by dotted name; often none.

        The page tries them before it draws, and they are loaded ahead once the server has started.
        """
        ...

    @property
    def Options(self) -> type[Content]:
        """What a module's lab files say: ``title``, ``task`` and ``aha``, and the rest.

        ``task`` is Markdown. ``aha`` is the one sentence that the lab is built around; plain text.
        """
        ...

    def start(self, options: Any, seed: str) -> Any:
        """The untouched state. The seed alone decides what differs between learners."""
        ...

    def play(self, surface: Surface, state: Any, key: str, words: Words) -> Any:
        """Draw the lab as ``state`` has it; return the state that the widgets hold now."""
        ...

    # A lab on Fernleigh's residents may also have ``shown_to(state, resident_id) -> state``: the
    # learner's citizen, to be marked by the gold dot. It is drawn, never dumped and never graded.

    def place(self, state: Any) -> Place:
        """Where in the lab `play` left the learner. A lab of one part gives ``Place()``."""
        ...

    def checks(self, state: Any) -> tuple[Check, ...]:
        """Every property looked at, passed or not."""
        ...

    def grade(self, state: Any) -> Grade:
        """The share of checks passed, and whether that is enough."""
        ...

    def review(
        self, surface: Surface, state: Any, words: Words, render: Render = ..., told: bool = ...
    ) -> None:
        """Draw hints for what did not pass; with ``told``, also what is right and a model."""
        ...

    def script(self, state: Any) -> str:
        """A Python script, 60 lines at most, that does on its own what the lab did; runs as it is.

        Public calls of the real libraries. ``# %%`` lines cut it into cells. What the learner typed
        stands in it as ``repr`` only. Shown before anything is handed in: it tells no answers.
        """
        ...

    def solve(self, state: Any) -> Any:
        """The reference solution, which passes."""
        ...

    def naive(self, state: Any) -> Any:
        """What somebody who did not think would do, which does not pass."""
        ...

    def dump(self, state: Any) -> dict[str, Any]:
        """What the learner did, as JSON."""
        ...

    def forget(self, state: Any) -> Any:
        """The state without what was typed, and with how that was judged: it grades the same.

        A state in which nothing was typed comes back as it is.
        """
        ...

    def load(self, options: Any, seed: str, body: Mapping[str, Any]) -> Any:
        """The state that ``dump`` made JSON of. BadInput for what was never offered."""
        ...
