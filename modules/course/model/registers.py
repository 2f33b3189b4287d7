"""Facts and their sources, as the registers hold them."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from modules.basics import Content


class Source(Content):
    """Where a fact was read."""

    id: str
    title: str
    publisher: str
    date: str = ""
    url: str = ""
    note: str = ""


class Misconception(Content):
    """A mistaken belief that wrong answers can show; ``title`` says it in a plain sentence."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,47}$")
    title: str = Field(min_length=1)


class Fact(Content):
    """A statement safe to print. ``review_by`` is the day from which it must not be relied on."""

    id: str
    statement: str
    jurisdiction: str
    source: str
    place: str = ""
    in_force_from: date | None = None
    last_checked: date
    status: str
    caution: str = ""
    review_by: date


class Term(Content):
    """A word with its definition, in Markdown that may cite facts; ``see`` names related terms."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,47}$")
    term: str = Field(min_length=1)
    definition: str = Field(min_length=1)
    see: tuple[str, ...] = ()
