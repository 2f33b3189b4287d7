"""What a directory wants of a person, for whom and when, and why it cannot have it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime


class Taken(Exception):
    """Another person has this name, address or number already; ``attribute`` says which."""

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute
        super().__init__(attribute)


class Nobody(Exception):
    """A reference to somebody who is not here."""


class Circle(Exception):
    """Somebody would stand above herself."""


class Stale(Exception):
    """It was changed meanwhile."""


@dataclass(frozen=True)
class Wanted:
    """A person as the directory wants her; texts are stripped and never empty."""

    user_name: str
    email: str
    name: str
    given_name: str | None = None
    family_name: str | None = None
    external_id: str | None = None
    employee_number: str | None = None
    title: str | None = None
    active: bool = True
    department: str | None = None
    manager_id: uuid.UUID | None = None
    language: str | None = None
    zone: str | None = None
    job_family: str | None = None
    grade: str | None = None


@dataclass(frozen=True)
class Moment:
    """Whose people, under which name the top of the tree is made, and when it is there."""

    org_id: uuid.UUID
    organisation: str
    now: datetime
    day: date
