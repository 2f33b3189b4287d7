"""Turns: at most a few heavy lab runs at once, so that other people's pages go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from modules.basics import StewardError
from modules.labs.lab import Lab

AT_ONCE = 2
"""Runs in one server process. A run takes 2 s at most; more at once would only share the time."""
PATIENCE = 5.0
"""Seconds that one waits for a turn."""

_turns = BoundedSemaphore(AT_ONCE)


class Busy(StewardError):
    """Too many labs are calculating. Nothing is lost: what is on the page stays."""

    def __init__(self) -> None:
        super().__init__("Many labs are calculating at this moment. Try again in a few seconds.")


@contextmanager
def turn(lab: Lab, patience: float = PATIENCE) -> Iterator[None]:
    """A turn to calculate, given back at the end. Labs without libraries need none.

    Turns do not nest. Raises Busy after ``patience`` seconds.
    """
    if not lab.LIBRARIES:
        yield
        return
    if not _turns.acquire(timeout=patience):
        raise Busy
    try:
        yield
    finally:
        _turns.release()
