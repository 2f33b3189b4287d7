"""Duties: who must take what by when, and when again. Pure; the day is always an argument."""

from __future__ import annotations

from modules.duties.asking import Asked, asked, member_since
from modules.duties.model import (
    After,
    Audience,
    Calendar,
    Case,
    Clause,
    Cycle,
    Due,
    Never,
    On,
    Renewal,
    Rolling,
    Rule,
    Yearly,
)
from modules.duties.people import Post, Worker
from modules.duties.renewing import FOREVER, valid_until

__all__ = [
    "FOREVER",
    "After",
    "Asked",
    "Audience",
    "Calendar",
    "Case",
    "Clause",
    "Cycle",
    "Due",
    "Never",
    "On",
    "Post",
    "Renewal",
    "Rolling",
    "Rule",
    "Worker",
    "Yearly",
    "asked",
    "member_since",
    "valid_until",
]
