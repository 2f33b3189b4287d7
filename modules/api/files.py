"""Files on their way: what pages offer and take, for people who are signed in, each her own."""

from __future__ import annotations

import asyncio

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from db import sign_ins
from db.engine import reading
from modules import access
from modules.api import gate
from modules.shell import session

UPLOAD = "/_stcore/upload_file/"
MEDIA = "/media/"


def holder(token: str) -> access.Viewer | None:
    """Whose token this is, now."""
    if not token:
        return None
    with reading() as database:
        return access.by_token(database, token_hash=sign_ins.hash_of(token), now=session.now())


def token_of_page(session_id: str) -> str:
    """The sign-in that an open page was connected with, or ""."""
    client = runtime.get_instance().get_client(session_id) if runtime.exists() else None
    context = client.client_context if client else None
    return context.cookies.get(session.COOKIE, "") if context else ""


def may(path: str, token: str) -> bool:
    """Whether the holder of a token may fetch or send the file at this address.

    Streamlit asks for nobody: whoever knows a page's id could lay a file before its reader.
    """
    viewer = holder(token)
    if viewer is None or path.startswith(MEDIA):
        return viewer is not None
    page = token_of_page(path.removeprefix(UPLOAD).partition("/")[0])
    if page == token:
        return True
    # A token is changed with the rights behind it; the page was connected with the one before.
    owner = holder(page)
    return owner is not None and owner.person_id == viewer.person_id


class Files:
    """Refuses files to and from those whom they do not concern."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith((UPLOAD, MEDIA)):
            token = HTTPConnection(scope).cookies.get(session.COOKIE, "")
            if scope["method"] != "OPTIONS" and not await asyncio.to_thread(may, path, token):
                await gate.refusal(403, "gate.file", scope=scope)(scope, receive, send)
                return
        await self.app(scope, receive, send)
