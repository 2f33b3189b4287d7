"""Why a sign-in at a provider did not come about: a reason for the log, a kind for the page."""

from __future__ import annotations

from enum import StrEnum

from modules.basics import StewardError


class Told(StrEnum):
    """What the page says. Several reasons share one, so that it teaches a stranger nothing."""

    DOWN = "down"  # the provider does not answer, or not as a provider should
    STALE = "stale"  # the answer fits no question that this browser has open
    CANCELLED = "cancelled"  # she stopped at the provider
    WRONG = "wrong"  # the answer cannot be trusted
    UNKNOWN = "unknown"  # the answer is sound, and names nobody who may sign in here


class Refused(StewardError):
    """A sign-in that ends here. The reason holds no name, no address, no subject and no token."""

    def __init__(self, told: Told, reason: str) -> None:
        self.told, self.reason = told, reason
        super().__init__(reason)
