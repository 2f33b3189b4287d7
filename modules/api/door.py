"""The door: who is not signed in gets the sign-in page, not an empty shell of the app."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from db import sign_ins
from db.engine import reading
from modules import access
from modules.api import pages, start
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
    "/verify/",
)


def cookie(scope: Scope, name: str) -> str:
    """A cookie's value, or ""."""
    # Starlette's reader skips what it cannot read; the standard library's drops all cookies then.
    return HTTPConnection(scope).cookies.get(name, "")


def signed_in(token: str) -> bool:
    """Whether this token is somebody's, now."""
    if not token:
        return False
    with reading() as database:
        found = access.by_token(database, token_hash=sign_ins.hash_of(token), now=session.now())
    return found is not None


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
        elif path == "/home":
            # Streamlit's default page has the address "/" alone.
            await RedirectResponse("/", status_code=303)(scope, receive, send)
        elif await asyncio.to_thread(signed_in, cookie(scope, session.COOKIE)):
            known = path == "/" or path.removeprefix("/") in access.PAGES
            answer = pages.app() if known and scope["method"] == "GET" else self.app
            await answer(scope, receive, send)
        else:
            query = scope["query_string"].decode("latin-1")
            wanted = quote(path + (f"?{query}" if query else ""), safe="/")
            target = "/sign-in" if path == "/" else f"/sign-in?next={wanted}"
            await RedirectResponse(target, status_code=303)(scope, receive, send)
