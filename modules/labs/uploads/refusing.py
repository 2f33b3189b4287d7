"""How a look at a file ends early: inside the door only, never on a page."""

from __future__ import annotations


class Refused(Exception):
    """``key`` is the key of the sentence that says why, in the words of the interface."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)
