"""What the register says of the rows of a table in which somebody has one part to play."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from db.tables import Base, core


class Basis(StrEnum):
    """The lawful basis that fits a public body. Which law lays its task down, the body names."""

    TASK = "task"
    DUTY = "duty"


BASES: Mapping[Basis, str] = {
    Basis.TASK: (
        "Public task, Article 6(1)(e) of the GDPR or UK GDPR: staff who handle citizens’ data are "
        "trained for it. The task must be laid down in law (Article 6(3)); the body names that law."
    ),
    Basis.DUTY: (
        "Legal obligation, Article 6(1)(c) of the GDPR or UK GDPR: to keep data secure "
        "(Article 32), to answer people’s requests (Article 12) and to show that the law is kept "
        "(Article 5(2))."
    ),
}


@dataclass(frozen=True)
class Goes:
    """On erasure these rows are deleted."""


@dataclass(frozen=True)
class Blanked:
    """On erasure these columns are set to what stands here; the row stays, and why."""

    values: Mapping[str, Any]
    why: str


@dataclass(frozen=True)
class Stays:
    """On erasure the row stays under her number alone, which by then names nobody; and why."""

    why: str


@dataclass(frozen=True)
class Unlinked:
    """On erasure the row leaves her for `loose_answer`, without what she typed."""


@dataclass(frozen=True)
class WithAnswers:
    """On erasure the row goes with its answer, which takes the grade that counts to
    `loose_answer`; so it stands before the answers in the register.
    """


Erase = Goes | Blanked | Stays | Unlinked | WithAnswers


@dataclass(frozen=True)
class Look:
    """A column that holds an id: what is shown for it instead."""

    table: type[Base]
    column: str
    shown_as: str


@dataclass(frozen=True)
class Rows:
    """The rows of a table that are hers through one column.

    ``by`` holds her id, or the id of an attempt of hers where ``through`` says so. ``shown`` is
    what the export holds of them; ``held`` what is personal and not in it, and why. ``kept`` is a
    period of `retention`, or a sentence.
    """

    table: type[Base]
    by: str
    name: str
    purpose: str
    basis: Basis
    kept: str
    erase: Erase
    shown: tuple[str, ...]
    held: Mapping[str, str] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)
    through: str = ""

    @property
    def table_name(self) -> str:
        """The table as the database names it."""
        return core(self.table).name

    def erasure(self, column: str) -> str:
        """What erasure does to one column, in words."""
        match self.erase:
            case Goes():
                return "row deleted"
            case Unlinked():
                return "unlinked; typed sentences deleted"
            case WithAnswers():
                return "row deleted; the grade that counts is unlinked with its answer"
            case Blanked(values, why):
                if column in values:
                    return "blanked"
                return f"stays: {why}"
            case Stays(why):
                return f"stays: {why}"


def cols(text: str) -> tuple[str, ...]:
    """Column names parted by blanks."""
    return tuple(text.split())
