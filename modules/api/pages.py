"""The few pages that the server draws itself, from templates that escape by default."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from modules import words
from modules.api.headers import INDEX


@cache
def templates() -> Environment:
    """The templates beside this file."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def draw(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template; never kept by a cache, since it depends on who asks."""
    text = templates().get_template(template).render(words=words.of("en"), **values)
    return HTMLResponse(text, status_code=status, headers={"Cache-Control": "no-store"})


@cache
def shell_page() -> bytes:
    """Streamlit's page with our title and our script; relative to the site's root, as it is.

    The script's sentences come with it: it has to say them when the server cannot.
    """
    text, say = INDEX.read_text(encoding="utf-8"), words.of("en")
    told = f'data-lost="{escape(say("wait.lost"))}" data-busy="{escape(say("wait.busy"))}"'
    for old, new in (
        ("<title>Streamlit</title>", "<title>Steward</title>"),
        ("</head>", f'<script defer src="/steward.js" {told}></script></head>'),
    ):
        if old not in text:
            raise RuntimeError(f"This release of Streamlit has no {old} in its page")
        text = text.replace(old, new, 1)
    return text.encode()


def app() -> Response:
    """The page that the app runs in."""
    return Response(shell_page(), media_type="text/html", headers={"Cache-Control": "no-cache"})


def trouble(sentence: str) -> HTMLResponse:
    """The page for a server that cannot work yet: what is wrong and what to do."""
    say = words.of("en")
    return draw(
        "message.html",
        status=503,
        title=say("error.not_ready"),
        sentence=sentence,
        number="",
        spot="offline",
        link="/",
        action=say("error.try_again"),
    )
