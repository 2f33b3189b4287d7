"""Streamlit's own files, packed once: its server sends them unpacked, 2.7 MB to a phone."""

from __future__ import annotations

import asyncio
import gzip
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from modules.api.headers import INDEX

ROOT = INDEX.parent / "static"
PACKED = {".js", ".css", ".svg", ".json"}


@lru_cache(maxsize=512)
def packed(path: Path) -> bytes:
    """A file of the installed release, compressed; at most some 320 of them, 4 MB in all."""
    return gzip.compress(path.read_bytes(), compresslevel=9)


def asset(url: str) -> Path | None:
    """The file behind a /static/ address, if it is one that packs well."""
    try:
        path = (ROOT / url.removeprefix("/static/")).resolve()
        inside = path.is_relative_to(ROOT.resolve())
        return path if inside and path.suffix in PACKED and path.is_file() else None
    except (ValueError, OSError):  # a name that no file can have
        return None


class Assets:
    """Answers GET /static/… with the packed file when the browser takes gzip."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; everything else passes on."""
        url = scope.get("path", "")
        if scope["type"] == "http" and scope["method"] == "GET" and url.startswith("/static/"):
            accepts = dict(scope["headers"]).get(b"accept-encoding", b"")
            path = asset(url) if b"gzip" in accepts else None
            if path:
                response = Response(
                    await asyncio.to_thread(packed, path),
                    media_type=guess_type(path.name)[0],
                    headers={
                        "Content-Encoding": "gzip",
                        "Vary": "Accept-Encoding",
                        # Their names carry a hash of their content.
                        "Cache-Control": "public, immutable, max-age=31536000",
                    },
                )
                await response(scope, receive, send)
                return
        await self.app(scope, receive, send)
