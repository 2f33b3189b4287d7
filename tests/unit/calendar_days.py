"""Days in a row, for tests of what is due when."""

from __future__ import annotations

from datetime import timedelta


def days_from(first, count):
    return [first + timedelta(days=n) for n in range(count)]
