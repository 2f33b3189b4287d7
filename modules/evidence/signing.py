"""Checkpoints: the head of the log at a moment, each carrying the hash of the one before. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from modules.evidence.chain import sha256

CHECKPOINT = "steward-checkpoint-1"


class Mark(NamedTuple):
    """A checkpoint as it is kept and handed out. ``at`` as in `chain.moment`."""

    number: int
    hash: str
    at: str
    previous: str
    public_key: str = ""
    signature: str = ""


def statement(log: str, mark: Mark) -> str:
    """What is signed."""
    told = (mark.number, mark.hash, mark.at, mark.previous, mark.public_key)
    return "\n".join([CHECKPOINT, log, *map(str, told)])


def digest(log: str, mark: Mark) -> str:
    """What the next checkpoint carries of this one: the hash of its statement and signature."""
    return sha256(f"{statement(log, mark)}\n{mark.signature}")


def mark_of(told: Mapping[str, Any]) -> Mark:
    """A checkpoint out of a file. Raises ValueError for what is none."""
    values = [told.get(name) for name in Mark._fields]
    number, *texts = values
    if type(number) is not int or not all(isinstance(one, str) for one in texts):
        raise ValueError("no checkpoint")
    return Mark(number, *(str(one) for one in texts))
