"""The door: who is not signed in gets the sign-in page, not an empty shell of the app."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db import sign_ins
from db.engine import reading, writing
from modules import access
from modules.api import entering, pages, start
from modules.shell import session

# No pages: files, the websocket, and our own routes, which answer for themselves.
OPEN = (
    "/static/",
    "/app/static/",
    "/_stcore/",
    "/media/",
    "/component/",
    "/healthz",
    "/sign-in",
    "/auth/",
    "/favicon",
    "/manifest.json",
    "/steward.js",
    "/steward-forms.js",
    "/verify/",
    "/calendar/",
    "/digest/",
    "/scim/",
)


def cookie(scope: Scope, name: str) -> str:
    """A cookie's value, or ""."""
    # Starlette's reader skips what it cannot read; the standard library's drops all cookies then.
    return HTTPConnection(scope).cookies.get(name, "")


def signed_in(token: str) -> tuple[bool, str | None]:
    """Whether this token is somebody's, now; and the token that takes its place, if any.

    A token is changed when its holder's rights have: who got hold of the old one before has no
    use of the new rights, nor of the sign-in for long.
    """
    if not token:
        return False, None
    now = session.now()
    with reading() as database:
        found = access.by_token(database, token_hash=sign_ins.hash_of(token), now=now)
        known = sign_ins.rights(database, token=token) if found else None
    if found is None or known is None or known == access.rights_of(found):
        return found is not None, None
    with writing() as database:
        return True, sign_ins.renew(database, token=token, rights=access.rights_of(found), now=now)


def sending(send: Send, token: str) -> Send:
    """Send an answer with a sign-in's new token."""
    carrier = Response()
    entering.keep(carrier, token)

    async def with_token(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", carrier.headers["set-cookie"])
        await send(message)

    return with_token


class Door:
    """Redirects page addresses to /sign-in unless signed in; keeps where one wanted to go."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; files, websockets and routes pass on."""
        path = scope.get("path", "")
        deep = "/_stcore/" in path  # the client looks for these below a page's address first
        if scope["type"] != "http" or path.startswith(OPEN) or deep:
            await self.app(scope, receive, send)
            return
        trouble = await asyncio.to_thread(start.trouble)
        if trouble:
            await pages.trouble(trouble)(scope, receive, send)
            return
        if path == "/home":
            # Streamlit's default page has the address "/" alone.
            await RedirectResponse("/", status_code=303)(scope, receive, send)
            return
        inside, renewed = await asyncio.to_thread(signed_in, cookie(scope, session.COOKIE))
        if inside:
            send = sending(send, renewed) if renewed else send
            known = path == "/" or path.removeprefix("/") in access.PAGES
            answer = pages.app() if known and scope["method"] == "GET" else self.app
            await answer(scope, receive, send)
        else:
            query = scope["query_string"].decode("latin-1")
            wanted = quote(path + (f"?{query}" if query else ""), safe="/")
            target = "/sign-in" if path == "/" else f"/sign-in?next={wanted}"
            await RedirectResponse(target, status_code=303)(scope, receive, send)
