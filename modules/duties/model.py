"""A rule as it is kept: its audience with exceptions, when it is due, and when again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from modules.basics import Content

MOST_DAYS = 3650
"""Ten years: longer is a mistake in typing."""


class Clause(Content):
    """People to whom everything named here applies; nothing named is everybody.

    Within one field any value will do: two units are people of either. Units count with all below
    them. ``roles`` are granted roles, and ``manager`` for whoever has people. ``starters`` are
    those who joined on the rule's first day or later.
    """

    units: tuple[uuid.UUID, ...] = ()
    families: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    people: tuple[uuid.UUID, ...] = ()
    starters: bool = False


class Audience(Content):
    """People to whom at least one clause applies; no clause is nobody."""

    clauses: tuple[Clause, ...] = ()


EVERYBODY = Audience(clauses=(Clause(),))
NOBODY = Audience()


class On(Content):
    """Due on one day. Whoever comes under the rule late still has ``least_days``."""

    kind: Literal["on"] = "on"
    day: date
    least_days: int = Field(default=14, ge=0, le=MOST_DAYS)


class After(Content):
    """Due some days after joining, after the rule came to ask it, or after a change of role.

    A role is a job family and grade. What lies before the rule's first day counts from that day,
    so that no rule makes anybody overdue by being published.
    """

    kind: Literal["after"] = "after"
    days: int = Field(ge=0, le=MOST_DAYS)
    of: Literal["joining", "assignment", "role"] = "assignment"


class Yearly(Content):
    """A day of the calendar every so many years; 29 February falls on the 28th in other years.

    Years count from year 0 and ``offset``: with ``every`` 2 it is each even year, or with
    ``offset`` 1 each odd one.
    """

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    every: int = Field(default=1, ge=1, le=5)
    offset: int = Field(default=0, ge=0, le=4)


class Cycle(Content):
    """Due on the next day of a calendar cycle that leaves ``least_days``."""

    kind: Literal["cycle"] = "cycle"
    yearly: Yearly
    least_days: int = Field(default=14, ge=0, le=MOST_DAYS)


Due = Annotated[On | After | Cycle, Field(discriminator="kind")]


class Never(Content):
    """Once is enough."""

    kind: Literal["never"] = "never"


class Rolling(Content):
    """Some months after completion; renewed within the window, after the expiry it renews."""

    kind: Literal["rolling"] = "rolling"
    months: int = Field(ge=1, le=120)


class Calendar(Content):
    """Until the next day of a calendar cycle whose window had not begun."""

    kind: Literal["calendar"] = "calendar"
    yearly: Yearly


Renewal = Annotated[Never | Rolling | Calendar, Field(discriminator="kind")]


class Case(Content):
    """A part of the audience with a cycle of its own."""

    audience: Audience
    due: Due
    renewal: Renewal


class Rule(Content):
    """All of an assignment but its target and first day. The first case that fits goes before."""

    audience: Audience
    exceptions: Audience = NOBODY
    due: Due
    renewal: Renewal
    cases: tuple[Case, ...] = ()
    # Days before an expiry from which a renewal keeps the cycle.
    window_days: int = Field(default=30, ge=0, le=366)
    # Days after the due day that are let pass.
    grace_days: int = Field(default=0, ge=0, le=366)
    # Whether it must be completed before somebody works with citizens' data.
    before_access: bool = False
    # The day on which its due days last changed: whoever was asked before has time from there.
    counts_from: date | None = None

    @model_validator(mode="after")
    def _renews_later_than_its_window(self) -> Self:
        for renewal in (self.renewal, *(case.renewal for case in self.cases)):
            if isinstance(renewal, Rolling) and self.window_days >= renewal.months * 28:
                raise ValueError("the window to renew is longer than what is renewed")
        return self

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """A rule as the database keeps it. Raises pydantic's ValidationError."""
        return cls.model_validate_json(json.dumps(kept))

    def after(self, old: Self, day: date) -> Self:
        """This rule in the place of an older one since a day: nobody is late by the change."""
        same = (self.due, self.cases, self.before_access) == (
            old.due,
            old.cases,
            old.before_access,
        )
        return self.model_copy(update={"counts_from": old.counts_from if same else day})

    def kept(self) -> dict[str, Any]:
        """The rule as JSON values."""
        return self.model_dump(mode="json")
