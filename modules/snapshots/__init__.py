"""Month-end figures of every unit: taken once, with what must stay hidden decided for good."""

from __future__ import annotations

from modules.snapshots.taking import catch_up, keep, missing, take, tighten

__all__ = ["catch_up", "keep", "missing", "take", "tighten"]
