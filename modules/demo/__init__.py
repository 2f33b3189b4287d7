"""The invented public body and its year of history."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlmodel import Session

from modules.demo.front import (
    DEMO_PEOPLE,
    PROVIDER,
    DemoPerson,
    is_open,
    refuse_unless_invented,
)

__all__ = ["DEMO_PEOPLE", "PROVIDER", "DemoPerson", "is_open", "make", "refuse_unless_invented"]


def make(session: Session, *, people: int = 300, seed: int = 7, now: datetime) -> uuid.UUID:
    """Write Fernleigh District Council and its year; see `modules.demo.seed.make`."""
    # The server imports this package for the sign-in page, and never needs Faker.
    from modules.demo import seed as seeding

    return seeding.make(session, people=people, seed=seed, now=now)
