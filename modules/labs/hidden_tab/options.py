"""What the lab's files say: the request, the words of the workbook, and the hints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, NamedTuple, TypeVar

from pydantic import Field, model_validator

from modules.basics import Content

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
LEAKS = ("sheet", "very-hidden", "rows", "pivot", "comment", "people")
RELEASED = ("approved", "only", "hidden", "objects", "metadata", "planted")
HINTS = (
    *(f"report-{leak}" for leak in LEAKS),
    "report-harmless",
    *(f"release-{part}" for part in RELEASED),
)
Word = Annotated[str, Field(min_length=1, max_length=80)]


class Benefit(NamedTuple):
    """A benefit as Fernleigh has it on record, and as readers call it."""

    record: str
    told: str


class Book(Content):
    """The words that stand in the workbook. Sheet names have at most 31 characters."""

    title: Word
    synthetic: Word
    office: Word
    wards: Word
    years: Word
    status: Word
    ward: Word
    year: Word
    state: Word
    claims: Word
    officer: Word
    total: Word
    others: Word
    in_payment: Word
    under_review: Word
    ended: Word
    running: Word
    source: Word
    subject: Word
    folder: Word
    name: Word
    address: Word
    claim: Word
    weekly: Word
    check: Word
    hidden: Many[Word] = Field(min_length=2)
    very_hidden: Many[Word] = Field(min_length=2)
    remark: str
    method: str
    total_name: str = Field(pattern=r"^[A-Za-z_]\w*$")

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> Book:
        if "{name}" not in self.remark or "{address}" not in self.remark:
            raise ValueError("remark names nobody: write {name} and {address} into it")
        if "{benefit}" not in self.title or "{name}" not in self.folder:
            raise ValueError("title needs {benefit}, and folder needs {name}")
        names = (self.wards, self.years, self.status, *self.hidden, *self.very_hidden)
        if len({name.casefold() for name in names}) < len(names) or max(map(len, names)) > 31:
            raise ValueError("two sheets have the same name, or one has more than 31 characters")
        return self


class Options(Content):
    """The lab in one language. ``benefits``, of which the seed picks one, are texts by id.

    An id is the benefit on record with hyphens: ``housing-support``.
    """

    title: str
    task: str
    aha: str = ""
    benefits: Mapping[str, str] = Field(min_length=1)
    request: str
    book: Book
    whys: Mapping[str, str]
    hints: Mapping[str, str]

    @model_validator(mode="after")
    def _all_named(self) -> Options:
        if missing := [hint for hint in HINTS if not self.hints.get(hint)]:
            raise ValueError(f"there is no hint for {', '.join(missing)}")
        if unknown := sorted(self.hints.keys() - set(HINTS)):
            raise ValueError(f"no check uses the hint {', '.join(unknown)}")
        if missing := [leak for leak in (*LEAKS, "harmless") if not self.whys.get(leak)]:
            raise ValueError(f"whys says nothing of {', '.join(missing)}")
        return self
