"""How much and how often: bodies, addresses, requests from one place, messages of one page.

Kept in this process and in bounded memory. They stop one source from taking what all need; a
flood from many sources is the proxy's affair (docs/running.md).
"""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections import Counter, OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from modules.api import gate
from modules.settings import settings
from modules.shell import session

KILO = 1024
BODIES = (
    ("/_stcore/upload_file/", (10 * KILO + 64) * KILO),  # Streamlit's own limit, and its framing
    ("/scim/", 2 * KILO * KILO),
)
"""Bytes that a request may carry, by the beginning of its path; forms are small."""
BODY = 64 * KILO
TARGET = 8 * KILO
"""Bytes of path and query."""
FILES = ("/static/", "/app/static/", "/component/", "/_stcore/bidi-components/", "/favicon")
"""A first visit asks for some seventy of these at once; they cost nothing and are not counted."""
GUESSED = ("/auth/", "/account/", "/sign-in")
COSTLY = 40
"""One in so many requests of a source may be a guess: a form of these, or a certificate."""
PLACES = 20_000
"""Sources remembered at once; the one unheard of for longest is forgotten first."""
SOCKETS = 200
"""Open pages of one sign-in, or of one place where nobody is signed in."""
MESSAGES = 120
"""Messages a second that one page may send; twice as many at once. More of them wait."""


class Buckets:
    """For each source so many at once, refilled by so many a second; bounded in memory."""

    def __init__(
        self, size: float, each_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.size, self.each_second, self.clock = size, each_second, clock
        self.held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, source: str) -> float:
        """0 when it may go on, or in how many seconds it may."""
        now = self.clock()
        left, seen = self.held.pop(source, (self.size, now))
        left = min(self.size, left + (now - seen) * self.each_second)
        ok = left >= 1
        self.held[source] = (left - 1 if ok else left, now)
        while len(self.held) > PLACES:
            self.held.popitem(last=False)
        return 0.0 if ok else (1 - left) / self.each_second


def place(scope: Scope) -> str:
    """Where a request comes from: an address, of IPv6 the network; "" for this machine itself.

    Behind a proxy it is the one that the proxy names, if `STEWARD_PROXIES` trusts that proxy.
    """
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if address.is_loopback:
        return ""
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def largest(path: str) -> int:
    """How many bytes a request to this path may carry."""
    return next((size for beginning, size in BODIES if path.startswith(beginning)), BODY)


class Limits:
    """Refuses with 413, 414 and 429; counts what comes in pieces while it comes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        each = settings().requests_per_minute
        self.all, self.costly = Buckets(each, each / 60), Buckets(each / COSTLY, each / COSTLY / 60)
        self.open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or websocket."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        else:
            await self._request(scope, receive, send)

    def _wait(self, scope: Scope) -> float:
        path, source = scope.get("path", ""), place(scope)
        if not source or path.startswith(FILES):
            return 0.0
        asked = scope.get("method", "GET") in gate.SAFE
        guess = path.startswith(("/verify/", "/calendar/", "/digest/")) or (
            path.startswith(GUESSED) and not asked
        )
        first = self.costly.take(source) if guess else 0.0
        return max(first, self.all.take(source))

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        most = largest(scope.get("path", ""))
        told = Headers(scope=scope).get("content-length", "0")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > TARGET:
            await gate.refusal(414, "gate.address", scope=scope)(scope, receive, send)
        elif wait := self._wait(scope):
            answer = gate.refusal(429, "gate.often", scope=scope)
            answer.headers["Retry-After"] = str(int(wait) + 1)
            await answer(scope, receive, send)
        elif not (told.isascii() and told.isdigit()) or int(told) > most:
            answer = gate.refusal(413, "gate.large", scope=scope)
            answer.headers["Connection"] = "close"
            await answer(scope, receive, send)
        else:
            await self.app(scope, counting(receive, most), send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = HTTPConnection(scope).cookies.get(session.COOKIE, "")
        holder = token or f"place {place(scope)}"
        if self.open[holder] >= SOCKETS or self._wait(scope):
            await receive()
            await send({"type": "websocket.close", "code": 1013})
            return
        self.open[holder] += 1
        try:
            await self.app(scope, paced(receive), send)
        finally:
            self.open[holder] -= 1
            if not self.open[holder]:
                del self.open[holder]


def counting(receive: Receive, most: int) -> Receive:
    """Receive, until more has come than may: then the request ends with 413."""
    come = 0

    async def counted() -> Message:
        nonlocal come
        message = await receive()
        come += len(message.get("body", b""))
        if come > most:
            raise HTTPException(413, "Too large.")
        return message

    return counted


def paced(receive: Receive) -> Receive:
    """Receive, and wait where one page sends more than people can do."""
    bucket = Buckets(MESSAGES * 2, MESSAGES)

    async def slowly() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and (wait := bucket.take("")):
            await asyncio.sleep(min(wait, 1.0))
        return message

    return slowly
