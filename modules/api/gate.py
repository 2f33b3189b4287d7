"""The gate: which host we are, who may send us something, and what of Streamlit's is closed."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from functools import cache
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from modules import words
from modules.access import ROUTES, By
from modules.api import pages
from modules.settings import settings
from modules.shell import session

SAFE = {"GET", "HEAD", "OPTIONS"}
# All that is left open below Streamlit's own address; metrics and its agent interface are not.
INTERNAL = re.compile(
    r"/_stcore/(health|host-config|stream|upload_file/[^/]+/[^/]+|bidi-components/.+)$"
)
# `.streamlit/config.toml` lets Streamlit trust this header, and only the gate writes it.
HOLDER = b"x-steward-holder"


# A provider's word that a session has ended is a signed token; a directory's is a bearer token; a
# mail program's is the signed link that it found in a mail.
PROVEN = {"/auth/oidc/{provider}/logout", "/scim/{path:path}", "/digest/{token}"}


@cache
def proven() -> re.Pattern[str]:
    """The routes of programs, which bring a token of their own: no browser sends one unasked."""
    of_clients = {name.partition(" ")[2] for name, rule in ROUTES.items() if rule is By.CLIENT}
    return re.compile("|".join(_pattern(path) for path in sorted(of_clients | PROVEN)))


def _pattern(path: str) -> str:
    parts = re.split(r"(\{\w+(?::\w+)?\})", path)
    return "".join(
        (".+" if part.endswith(":path}") else "[^/]+") if part[:1] == "{" else re.escape(part)
        for part in parts
    )


def answers_to(host: str) -> bool:
    """Whether this `Host` is ours: that of the public address, or one that no stranger can own.

    A name with a dot in it can be anybody's, and can be made to lead to any machine.
    """
    own = urlsplit(settings().public_url).netloc.lower()
    if host.lower() == own and own:
        return True
    name = _name(host)
    if name in ("localhost", "127.0.0.1", "::1"):
        return True
    return not own and bool(name) and (_is_address(name) or "." not in name)


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def own_origin(origin: str, host: str) -> bool:
    """Whether a browser's `Origin` is the site that this request asked for."""
    public = urlsplit(settings().public_url)
    try:
        sent = urlsplit(origin)
    except ValueError:  # no browser sends http://[
        return False
    if public.netloc and host.lower() == public.netloc.lower():
        return (sent.scheme, sent.netloc.lower()) == (public.scheme, public.netloc.lower())
    return sent.scheme in ("http", "https") and bool(host) and sent.netloc.lower() == host.lower()


def from_ourselves(connection: HTTPConnection) -> bool:
    """Whether a request that changes something was sent from a page of ours.

    Browsers name the origin of every such request; what names none came from no page of ours.
    """
    headers = connection.headers
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin") or headers.get("referer") or ""
    return own_origin(origin, headers.get("host", ""))


def refusal(status: int, key: str, *, scope: Scope) -> Response:
    """A calm page for people, one sentence for programs."""
    say = words.of("en")
    if "text/html" not in HTTPConnection(scope).headers.get("accept", ""):
        return PlainTextResponse(say(key), status, headers={"Cache-Control": "no-store"})
    return pages.draw(
        "message.html",
        status=status,
        title=say("gate.refused"),
        sentence=say(key),
        number="",
        spot="error",
        link="/",
        action=say("error.try_again"),
    )


class Gate:
    """Refuses foreign hosts and origins, for requests and websockets alike."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or websocket."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif answer := refused(scope):
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Streamlit lets sockets in that name no origin, and any page of this machine's localhost.
        connection = HTTPConnection(scope)
        headers = connection.headers
        host, origin = headers.get("host", ""), headers.get("origin", "")
        if not answers_to(host) or not own_origin(origin, host):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        # A page that lost its connection comes back to its session by an id. Only the browser with
        # the same sign-in may: Streamlit compares this header with that of the first connection.
        token = connection.cookies.get(session.COOKIE, "")
        holder = hashlib.sha256(token.encode()).hexdigest().encode() if token else b"-"
        kept = [(name, value) for name, value in scope["headers"] if name.lower() != HOLDER]
        await self.app({**scope, "headers": [*kept, (HOLDER, holder)]}, receive, send)


def refused(scope: Scope) -> Response | None:
    """Why a request goes no further, if it does not."""
    connection = HTTPConnection(scope)
    path = scope.get("path", "")
    if not answers_to(connection.headers.get("host", "")):
        return PlainTextResponse(words.of("en")("gate.host"), 421)
    # The client looks for some of these below a page's address first; they are 404 there.
    if path.startswith("/_stcore/") and not INTERNAL.match(path):
        return PlainTextResponse(words.of("en")("gate.closed"), 404)
    changes = scope["method"] not in SAFE and not proven().fullmatch(path)
    if changes and not from_ourselves(connection):
        return refusal(403, "gate.origin", scope=scope)
    return None
