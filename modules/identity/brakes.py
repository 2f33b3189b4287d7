"""How long to wait after failures: nothing for the first few, then twice as long each time.

Never more than a quarter of an hour, and what is forgiven by the clock needs nobody's help: a
brake locks nobody out for good. A try is counted before it is checked, so that a hundred at once
are a hundred.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from modules.settings import key_for

MOST = timedelta(minutes=15)


@dataclass(frozen=True)
class Schedule:
    """``free`` failures cost nothing; one is forgiven for each ``forgives`` that passes."""

    free: int
    forgives: timedelta

    @property
    def full(self) -> int:
        """The count at which the wait no longer grows, and which is not counted beyond."""
        return self.free + 11

    def wait(self, failures: int) -> timedelta:
        """How long after so many failures: 1, 2, 4 … seconds from the first that costs."""
        if failures <= self.free:
            return timedelta()
        return min(MOST, timedelta(seconds=2 ** (min(failures, self.full) - self.free - 1)))

    def left(self, failures: int, last_at: datetime, now: datetime) -> int:
        """How many of the failures still count."""
        return max(0, failures - max(timedelta(), now - last_at) // self.forgives)

    def next(self, failures: int, last_at: datetime, now: datetime) -> tuple[int, datetime]:
        """The count with one try more, and the moment from which another one is free."""
        count = min(self.full, self.left(failures, last_at, now) + 1)
        return count, now + self.wait(count)


# Against one account: four slips are free.
ACCOUNT = Schedule(4, timedelta(hours=1))
# From one address: a whole office may stand behind it.
ADDRESS = Schedule(30, timedelta(minutes=1))
# Mails to one address: three, then ever slower.
MAIL = Schedule(2, timedelta(hours=1))


def key(kind: str, *parts: str) -> str:
    """A brake's key: neither address nor account can be read from it without our secret."""
    text = "\n".join((kind, *(part.casefold() for part in parts)))
    return hmac.new(key_for("brake"), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def network(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that an IPv6 line is given."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
