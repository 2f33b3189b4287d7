"""What takes long to make and never changes, kept for all threads: the newest few of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memo(Generic[K, V]):
    """At most so many values by key. Pages run in many threads, and each may come at once."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._held: dict[K, V] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made where it is not kept."""
        try:
            return self._held[key]
        except KeyError:
            made = make()
        with self._lock:
            while len(self._held) >= self._most:
                del self._held[next(iter(self._held))]
            self._held[key] = made
        return made

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._held.clear()
