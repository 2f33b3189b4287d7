"""Texts of the organisation’s own that its people read and acknowledge, in versions."""

from __future__ import annotations

from modules.policies.reading import Mine, acknowledge, my_policies, opened, waiting
from modules.policies.writing import Listed, begin, end, listed, publish, versions

__all__ = [
    "Listed",
    "Mine",
    "acknowledge",
    "begin",
    "end",
    "listed",
    "my_policies",
    "opened",
    "publish",
    "versions",
    "waiting",
]
