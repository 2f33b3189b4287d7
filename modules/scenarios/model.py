"""A branching story: decisions, choices, what they do to the meters, and how it can end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import Field, field_validator

from modules.basics import Content

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")]

START, MOST = 3, 5
"""Pips of each meter at the start, and when it is full."""
MOST_REASONS = 4


class Reaches(Content):
    """What a decision means for one resident, the learner's citizen.

    ``text`` is what comes to her, or for a silence what she waits for; ``entry`` is the line that
    her file keeps of it. Both may name her as `letters.filled` says.
    """

    kind: Literal["letter", "bill", "message", "call", "visit", "silence"]
    text: str = Field(min_length=1)
    entry: str = Field(min_length=1)


class Choice(Content):
    """One thing to do. ``meters`` changes meters by −2 to +2; more is always better.

    ``when`` names earlier decisions and what must have been chosen there for this to be offered.
    ``hint`` is a caption that does not give the answer away, ``consequence`` what the choice
    did, ``duty`` the point of law or ethics that the debrief names, ``citizen`` how it reaches her.
    """

    id: Id
    goto: str
    meters: Mapping[str, Annotated[int, Field(ge=-2, le=2)]] = Field(default_factory=dict)
    when: Mapping[str, str] = Field(default_factory=dict)
    text: str = ""
    hint: str = ""
    consequence: str = ""
    duty: str = ""
    citizen: Reaches | None = None


class Reason(Content):
    """Why somebody may decide as she does. ``reply`` judges the reason, never the person."""

    id: Id
    text: str = ""
    reply: str = ""


class Node(Content):
    """A moment of decision; ``title`` begins with the time, ``decision`` counts from 1.

    ``reasons`` are offered beside the choices, whichever is chosen; content published before
    there were any has none.
    """

    decision: int = Field(ge=1)
    choices: Many[Choice] = Field(min_length=2, max_length=5)
    reasons: Many[Reason] = ()
    title: str = ""
    story: str = ""
    question: str = ""

    @field_validator("reasons")
    @classmethod
    def _enough_to_choose(cls, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
        if reasons and not 2 <= len(reasons) <= MOST_REASONS:
            raise ValueError(f"found {len(reasons)} reasons; write 2 to {MOST_REASONS}, or none")
        return reasons


class Ending(Content):
    """Where the story stops. Several endings can be acceptable."""

    kind: Literal["acceptable", "costly"]
    title: str = ""
    story: str = ""


class Scenario(Content):
    """A whole story with one language's text. ``check.problems`` says what is wrong with it."""

    id: str = Field(pattern=r"^M\d\d-S\d?$")
    start: str
    meters: Many[Id] = Field(min_length=1, max_length=4)
    nodes: Mapping[Id, Node] = Field(min_length=1)
    endings: Mapping[Id, Ending] = Field(min_length=1)
    max_steps: int = Field(default=6, ge=1, le=12)
    title: str = ""

    @property
    def has_citizen(self) -> bool:
        """Whether any decision reaches the learner's citizen."""
        return any(choice.citizen for node in self.nodes.values() for choice in node.choices)

    @property
    def decisions(self) -> int:
        """How many decisions the story counts: the number of its last one."""
        return max(node.decision for node in self.nodes.values())
