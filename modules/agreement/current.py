"""The agreement that this process keeps to: read once, so that a file that changes later waits."""

from __future__ import annotations

from functools import cache

from modules.agreement.files import load
from modules.agreement.model import Agreement
from modules.agreement.signing import Signed
from modules.settings import settings


@cache
def in_force() -> Signed:
    """The agreement as it lay on the disk when this process first asked. Raises NotAgreed."""
    return load(settings().agreement)


def agreed() -> Agreement:
    """Its clauses: what the program reads its limits from."""
    return in_force().agreement


def at_least(own: int) -> int:
    """The smallest group that is shown: the organisation's own number, never below the agreed."""
    return max(own, agreed().threshold.least)
