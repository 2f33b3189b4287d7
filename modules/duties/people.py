"""What rules ask about somebody: where she worked as what, since when, and in which roles."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Post:
    """She worked in a unit from ``first``; ``until`` is the first day no longer.

    ``units`` is the unit and all above it, as the tree stands today.
    """

    first: date
    until: date | None
    units: frozenset[uuid.UUID]
    family: str = ""
    grade: str = ""

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody with her posts, oldest first; no two hold on the same day."""

    person_id: uuid.UUID
    joined_on: date
    left_on: date | None
    posts: tuple[Post, ...]
    path: str = ""
    roles: frozenset[str] = frozenset()

    def post(self, day: date) -> Post | None:
        """Where she works on a day; None before she joined, in a gap and from the day she left."""
        if self.left_on is not None and day >= self.left_on:
            return None
        return next((post for post in self.posts if post.covers(day)), None)
