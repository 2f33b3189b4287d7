"""The few pages that the server draws itself, from templates that escape by default."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from modules import words


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
