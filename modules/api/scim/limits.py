"""How often a client may call: so many a second on average, more for a moment."""

from __future__ import annotations

import threading
import time
import uuid
from collections import OrderedDict

# Entra ID asks for 25 a second at the least.
# A first synchronisation, or a conformance test, makes its calls in one go: room for a thousand.
PER_SECOND, AT_ONCE = 50.0, 1_000.0
# Clients that are remembered; who has not called for long is forgotten first.
MOST_CLIENTS = 10_000


class Limits:
    """A bucket for each client, in this process: it fills by itself and each call takes one."""

    def __init__(self, per_second: float = PER_SECOND, at_once: float = AT_ONCE) -> None:
        self.per_second, self.at_once = per_second, at_once
        self.buckets: OrderedDict[uuid.UUID, tuple[float, float]] = OrderedDict()
        self.lock = threading.Lock()

    def wait(self, client: uuid.UUID, at: float | None = None) -> float:
        """Seconds until this client may call again; 0.0 when it may now, and has."""
        moment = time.monotonic() if at is None else at
        with self.lock:
            left, before = self.buckets.pop(client, (self.at_once, moment))
            left = min(self.at_once, left + (moment - before) * self.per_second)
            free = left >= 1
            self.buckets[client] = (left - 1 if free else left, moment)
            while len(self.buckets) > MOST_CLIENTS:
                self.buckets.popitem(last=False)
        return 0.0 if free else (1 - left) / self.per_second
