"""Typed text: the one place where questions and labs ask for it.

The shell puts a component behind it that keeps what is typed in the tab; without one (in tests,
in a notebook) Streamlit's own fields do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from modules.basics import Surface

Fate = Literal["here", "recorded"]


def native(
    surface: Surface,
    label: str,
    *,
    key: str,
    value: str = "",
    help: str | None = None,
    max_chars: int = 40,
    lines: int = 1,
) -> str:
    """Streamlit's own field: one line, or an area of several."""
    shared: dict[str, Any] = {"value": value, "max_chars": max_chars, "help": help, "key": key}
    if lines > 1:
        return surface.text_area(label, height=28 * lines + 40, **shared) or ""
    return surface.text_input(label, autocomplete="off", **shared) or ""


def silent(stem: str, fate: Fate) -> None:
    """Streamlit's own fields keep nothing, so they need not be told."""


_draw: Callable[..., str] = native
_tell: Callable[[str, Fate], None] = silent


def use(draw: Callable[..., str], tell: Callable[[str, Fate], None] = silent) -> None:
    """Draw typed text with ``draw``, which takes what `text` takes, and tell it its fate."""
    global _draw, _tell
    _draw, _tell = draw, tell


def text(
    surface: Surface,
    label: str,
    *,
    key: str,
    value: str = "",
    help: str | None = None,
    max_chars: int = 40,
    lines: int = 1,
) -> str:
    """Ask for text of at most ``max_chars`` characters; gives what is typed so far, or "".

    ``value`` is what the draft holds; what the browser already holds under ``key`` wins.
    ``lines`` above 1 asks for a longer text.
    """
    return _draw(surface, label, key=key, value=value, help=help, max_chars=max_chars, lines=lines)


def only_here(stem: str) -> None:
    """No draft holds the fields below ``stem`` as they stand: the tab alone keeps their text."""
    _tell(stem, "here")


def recorded(stem: str) -> None:
    """The answer that the fields below ``stem`` belonged to stands: the tab may let go of them."""
    _tell(stem, "recorded")
