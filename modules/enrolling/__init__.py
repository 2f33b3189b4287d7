"""From rules to enrolments: what each rule asks of whom, kept in step with where people work."""

from __future__ import annotations

from modules.enrolling.refreshing import Changes, refresh

__all__ = ["Changes", "refresh"]
