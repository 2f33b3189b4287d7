"""What managers and leads get to see: own people by name, or a unit's figures. Values only."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from modules.manage.panels import Figure, Line
from modules.progress.standing import LATE, Status


@dataclass(frozen=True)
class Member:
    """One of a manager's own people: where he or she stands, and no result of any kind.

    With several modules it is the one that presses most. ``to_remind`` are those that a reminder
    would be about now. What the agreement does not name among `managers_see` is empty.
    """

    person_id: uuid.UUID
    name: str
    unit: str
    module: str
    status: Status
    on: date | None
    reminded_on: date | None
    to_remind: tuple[str, ...]


@dataclass(frozen=True)
class Duty:
    """One module that somebody is to take, and where she stands with it. No more than that."""

    module: str
    status: Status
    on: date | None


@dataclass(frozen=True)
class Sheet:
    """One of a manager's own people, opened by name: her modules with their status.

    Like `Member` it holds nothing that the agreement cannot name.
    """

    person_id: uuid.UUID
    name: str
    unit: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Waiting:
    """One of a manager's own people asks for more time, for a reason from a closed list."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    module: str
    due_on: date
    reason: str
    until: date


@dataclass(frozen=True)
class Free:
    """One of a manager's own people of whom nothing is asked."""

    person_id: uuid.UUID
    name: str
    unit: str


@dataclass(frozen=True)
class Team:
    """A manager's own people, those who need something first.

    ``waiting`` is who asked for more time and has no answer; ``free`` of whom nothing is asked.
    """

    people: tuple[Member, ...]
    waiting: tuple[Waiting, ...] = ()
    free: tuple[Free, ...] = ()

    @property
    def ids(self) -> frozenset[uuid.UUID]:
        """Everybody whose status is in it."""
        looked = [one.person_id for one in self.people]
        return frozenset(looked + [one.person_id for one in self.waiting])

    @property
    def in_need(self) -> frozenset[uuid.UUID]:
        """Who needs something from the manager: an answer, or something about a late duty."""
        late = (one.person_id for one in self.people if one.to_remind or one.status in LATE)
        return frozenset((*late, *(one.person_id for one in self.waiting)))

    def count(self, status: Status) -> int:
        """How many stand so."""
        return sum(one.status is status for one in self.people)

    @property
    def to_remind(self) -> int:
        """How many people a reminder would go to now."""
        return sum(bool(one.to_remind) for one in self.people)


@dataclass(frozen=True)
class Choice:
    """A unit that a lead can look at. ``depth`` is 0 at the top."""

    unit_id: str
    name: str
    depth: int


@dataclass(frozen=True)
class Trained:
    """How many of a body's departments count as having trained, of those that are shown."""

    there: int
    shown: int


@dataclass(frozen=True)
class Statistics:
    """One unit's month-end figures as far as they may be seen.

    ``headline`` is its newest shown month, or the newest month with the reason why it is hidden;
    the panel of its units is of the same month. ``newest`` is the newest month there is.
    ``counts`` says whether the body counts as having trained under its own definition; None while
    its total is not shown. ``departments`` says it of the units directly below the body; None
    where too few are shown, or to somebody who sees a part of the body only. ``units`` are where
    one can go from here: the units above, this one, and those directly below that page ``page`` of
    ``pages`` holds (``below`` of them in all), or those that a search found. Before the first
    month-end only the body's own settings are filled.
    """

    organisation: str
    target: float
    trained_from: float
    least: int
    modules: tuple[str, ...] = ()
    module: str = ""
    unit: str = ""
    name: str = ""
    headline: Line | None = None
    newest: date | None = None
    held: str = ""
    counts: bool | None = None
    departments: Trained | None = None
    figures: tuple[Figure, ...] = ()
    units: tuple[Choice, ...] = ()
    below: int = 0
    page: int = 1
    pages: int = 1
    whole: bool = False
