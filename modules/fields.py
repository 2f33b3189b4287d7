"""Typed text: the one place where questions and labs ask for it.

The shell puts a component behind it that keeps what is typed in the tab; without one (in tests,
in a notebook) Streamlit's own fields do.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, Literal, NamedTuple, TypeVar

from modules.basics import Surface

T = TypeVar("T")
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
    caret: bool = False,
    name: str = "",
) -> str:
    """Streamlit's own field: one line, or an area of several; it does not tell its cursor."""
    shared: dict[str, Any] = {"value": value, "max_chars": max_chars, "help": help, "key": key}
    if lines > 1:
        return surface.text_area(label, height=28 * lines + 40, **shared) or ""
    return surface.text_input(label, autocomplete="off", **shared) or ""


def silent(stem: str, fate: Fate) -> None:
    """Streamlit's own fields keep nothing, so they need not be told."""


Memory = MutableMapping[Any, Any]
_draw: Callable[..., str] = native
_tell: Callable[[str, Fate], None] = silent
_memory: Callable[[], Memory] = dict


def native_held(key: str, max_chars: int) -> str | None:
    """What one of Streamlit's own fields holds."""
    text = _memory().get(key)
    return text if isinstance(text, str) and len(text) <= max_chars else None


_held: Callable[[str, int], str | None] = native_held


class Caret(NamedTuple):
    """Where the cursor stood when a field was left, in characters, and when that was."""

    at: int
    when: int


def native_caret(key: str) -> Caret | None:
    """Streamlit's own fields tell nothing; a test may say it for them."""
    found = _memory().get(f"caret~{key}")
    return found if isinstance(found, Caret) else None


_caret: Callable[[str], Caret | None] = native_caret


def use(
    draw: Callable[..., str],
    tell: Callable[[str, Fate], None] = silent,
    memory: Callable[[], Memory] = dict,
    held: Callable[[str, int], str | None] = native_held,
    caret: Callable[[str], Caret | None] = native_caret,
) -> None:
    """Draw typed text with ``draw``, which takes what `text` takes, and tell it its fate.

    ``memory`` gives what this tab's session remembers from one run to the next; ``held`` and
    ``caret`` tell what `held` and `caret` do.
    """
    global _draw, _tell, _memory, _held, _caret
    _draw, _tell, _memory, _held, _caret = draw, tell, memory, held, caret


def text(
    surface: Surface,
    label: str,
    *,
    key: str,
    value: str = "",
    help: str | None = None,
    max_chars: int = 40,
    lines: int = 1,
    caret: bool = False,
    name: str = "",
) -> str:
    """Ask for text of at most ``max_chars`` characters; gives what is typed so far, or "".

    ``value`` is what the draft holds; what the browser already holds under ``key`` wins.
    ``lines`` above 1 asks for a longer text. The tab keeps it under ``name``, at first ``key``: a
    field that begins anew under another key, and again after a reload, has one name throughout.
    With ``caret`` the field tells, with a run of its own, where the cursor stood when it was left.
    """
    return _draw(
        surface,
        label,
        key=key,
        value=value,
        help=help,
        max_chars=max_chars,
        lines=lines,
        name=name,
        caret=caret,
    )


def caret(key: str) -> Caret | None:
    """Where the cursor stood when the field was left last; None for not known."""
    return _caret(key)


def held(key: str, max_chars: int = 40) -> str | None:
    """The text that the browser sent for a field, drawn in this run or not; None for none.

    Leaving a field and opening another page can arrive as one run, which draws that page: what
    was typed last is to be had in this way only.
    """
    return _held(key, max_chars)


def picked(key: str, kept: T) -> T | Any:
    """What the browser sent for a list or row of choices, drawn or not; ``kept`` for nothing."""
    return _memory().get(key, kept)


def put(key: str, value: object) -> None:
    """Set a widget before it is drawn: for callbacks, which run ahead of the page."""
    _memory()[key] = value


def only_here(stem: str) -> None:
    """No draft holds the fields below ``stem`` as they stand: the tab alone keeps their text."""
    _tell(stem, "here")


def recorded(stem: str) -> None:
    """The answer that the fields below ``stem`` belonged to stands: the tab may let go of them."""
    _tell(stem, "recorded")


def known(key: str, kept: str) -> str:
    """The text that this session last saved under ``key``, or was given first: ``kept``.

    A text that differs from it was typed here since; one that does not is no reason to write.
    """
    return str(_memory().setdefault(f"known~{key}", kept))


def saved(key: str, text: str) -> None:
    """Note that ``text`` stands where the field saves it."""
    _memory()[f"known~{key}"] = text
