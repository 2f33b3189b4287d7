"""What a route or a file failed at becomes a page with a number, under the usual headers."""

from __future__ import annotations

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from modules import words
from modules.api import pages
from modules.shell import guard, outage


class Calm:
    """Catches what every route lets pass; Starlette's own page would come without our headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; what fails after its response has begun is passed on."""
        begun = False

        async def watching(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watching)
        except Exception as error:
            if scope["type"] != "http" or begun:
                raise
            await failed(error)(scope, receive, send)


def failed(error: Exception) -> HTMLResponse:
    """The page for a request that failed: what the log holds under its number."""
    say, number = words.of("en"), guard.reported(error)
    if isinstance(error, outage.SILENT):
        status, title, spot, key = 503, "error.not_ready", "offline", guard.storage_key(error)
    else:
        status, title, spot, key = 500, "error.bug", "error", "error.request"
    return pages.draw(
        "message.html",
        status=status,
        title=say(title),
        sentence=say(key, number=number),
        number="",
        spot=spot,
        link="/",
        action=say("error.try_again"),
    )
