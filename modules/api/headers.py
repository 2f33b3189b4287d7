"""Security headers on every response, from a policy without inline scripts or eval."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from modules.settings import settings

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
SCRIPT = Path(__file__).parent / "steward.js"
FAVICON = Path(__file__).parent.parent / "shell" / "static" / "favicon.svg"


DEVICES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What no page of ours asks a browser for, and no script in it may."""


@cache
def policy() -> str:
    """The content security policy.

    Streamlit's page has one inline script: it is allowed by its hash, read from the installed
    release. Styles are inline by design (emotion, Vega). Nothing may come from another host.
    """
    inline = re.findall(r"<script>(.*?)</script>", INDEX.read_text(encoding="utf-8"), re.DOTALL)
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'"
        for one in inline
    )
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {hashes}",
            "script-src-attr 'none'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


SANDBOXED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For files of lessons: opened by themselves they can neither run nor fetch anything."""
LESSONS = "/content/"


@cache
def fixed() -> dict[str, str]:
    """The headers that every response carries."""
    told = {
        "Content-Security-Policy": policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{one}=()" for one in DEVICES),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Origin-Agent-Cluster": "?1",
        "X-Permitted-Cross-Domain-Policies": "none",
    }
    if settings().tls:
        told["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return told


class Headers:
    """Adds the headers; pure ASGI, so that websockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                told.update(fixed())
                page = told.get("content-type", "").startswith("text/html")
                if scope.get("path", "").startswith(LESSONS) and not page:
                    told["Content-Security-Policy"] = SANDBOXED
                # What nobody has said may be kept is not: it may be about somebody.
                told.setdefault("Cache-Control", "no-store")
                if scope.get("path", "").startswith("/media/"):
                    told["Cache-Control"] = "private, no-store"
            await send(message)

        await self.app(scope, receive, with_headers)


async def script(_request: Request) -> FileResponse:
    """The one script of ours; see its own first lines."""
    return FileResponse(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def forms_script(_request: Request) -> FileResponse:
    """The script of pages with forms."""
    path = SCRIPT.with_name("steward-forms.js")
    return FileResponse(path, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def favicon(_request: Request) -> FileResponse:
    """Browsers ask for this path before any page names an icon."""
    return FileResponse(FAVICON, media_type="image/svg+xml")
