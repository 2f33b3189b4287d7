"""What the lab's files say: a case note with marked pieces, its tasks, and a letter to check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field as Limits
from pydantic import model_validator

from modules.basics import Content

Kind = Literal["direct", "indirect", "health", "third", "need"]
PROMPT = ("direct", "third", "health", "alone", "beyond", "needed")
ERRORS = ("amount", "date", "rule", "claim", "bias")
HINTS = (
    *(f"prompt-{part}" for part in PROMPT),
    *(f"draft-{part}" for part in ERRORS),
    "draft-decoys",
    "sign",
)
MARK = re.compile(r"\[\[([a-z]+)\|([^\]]*)\]\]")
Id = Annotated[str, Limits(pattern=r"^[a-z][a-z-]{0,19}$")]
Many = Limits(strict=False)


class Piece(Content):
    """A few words of the note that can be taken out; ``gap`` stands in their place then."""

    id: Id
    kind: Kind
    gap: str = Limits(min_length=3)
    why: str = Limits(min_length=1)


class Line(Content):
    """A line of the note: ``[[name|{name}]]`` marks a piece and fills in what the town says."""

    id: Id
    title: str = Limits(min_length=1)
    text: str = Limits(min_length=1)


class Task(Content):
    """What the prompt asks for. ``amounts`` in pounds; ``unit`` follows an amount in the note."""

    id: Id
    amounts: Annotated[tuple[float, ...], Many]
    ask: str = Limits(min_length=1)
    topic: str = Limits(min_length=1)
    paper: str = Limits(min_length=1)
    unit: str
    wrong_unit: str
    line: str = Limits(min_length=1)


class Sentence(Content):
    """A sentence of the letter, in one or more wordings; ``error`` is empty for one that holds."""

    id: Id
    error: Literal["", "amount", "date", "rule", "claim", "bias"] = ""
    texts: Annotated[tuple[str, ...], Limits(strict=False, min_length=1)]
    why: str = Limits(min_length=1)


class Sign(Content):
    """A way to send the letter; ``right`` for the one in which a person answers for it."""

    id: Id
    right: bool = False
    text: str = Limits(min_length=1)
    why: str = Limits(min_length=1)


class Options(Content):
    """The lab in one language. ``least`` is the smallest group that a prompt may point to."""

    title: str
    task: str
    aha: str = ""
    least: Annotated[int, Limits(ge=2, le=50)] = 5
    pieces: Annotated[tuple[Piece, ...], Many]
    lines: Annotated[tuple[Line, ...], Many]
    tasks: Annotated[tuple[Task, ...], Limits(strict=False, min_length=1)]
    sheet: Annotated[tuple[str, ...], Many]
    sentences: Annotated[tuple[Sentence, ...], Many]
    signs: Annotated[tuple[Sign, ...], Many]
    hints: Mapping[str, str]

    @model_validator(mode="after")
    def _fits(self) -> Options:
        ids = sorted(one.id for one in self.pieces)
        for task in self.tasks:
            text = " ".join([*(line.text for line in self.lines), task.line])
            if sorted(found[0] for found in MARK.findall(text)) != ids:
                raise ValueError(f"with the task {task.id} the note has to mark each piece once")
        if sorted(one.error for one in self.sentences if one.error) != sorted(ERRORS):
            raise ValueError(f"plant each error once: {', '.join(ERRORS)}")
        if all(one.error for one in self.sentences):
            raise ValueError("write sentences that hold as well")
        if sum(one.right for one in self.signs) != 1:
            raise ValueError("one way to sign is right")
        if set(self.hints) != set(HINTS):
            raise ValueError(f"the hints are {', '.join(HINTS)}")
        return self
