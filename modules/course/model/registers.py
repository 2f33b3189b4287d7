"""Facts and their sources, as the registers hold them."""

from __future__ import annotations

from datetime import date

from modules.basics import Content


class Source(Content):
    """Where a fact was read."""

    id: str
    title: str
    publisher: str
    date: str = ""
    url: str = ""
    note: str = ""


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
