"""From rules to enrolments: what each rule asks of whom, kept in step with where people work."""

from __future__ import annotations

from modules.enrolling.refreshing import Changes, adopt, pending, refresh
from modules.enrolling.rehearsing import Rehearsal, rehearse
from modules.enrolling.ruling import end, publish
from modules.enrolling.wanted import Ruling

__all__ = [
    "Changes",
    "Rehearsal",
    "Ruling",
    "adopt",
    "end",
    "pending",
    "publish",
    "refresh",
    "rehearse",
]
