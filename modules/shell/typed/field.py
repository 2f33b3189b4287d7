"""The component behind a typed field: mounted here, drawn by assets/typed.js.

Streamlit serves a packaged component's script from its own address, so our policy need not allow
scripts from blobs. It finds packages by scanning installed distributions; Steward is run from
its folder and is none, so its manifest is registered in the process, by the same call.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from db import sign_ins
from modules import words
from modules.basics import Surface
from modules.fields import Caret
from modules.shell import session
from modules.shell.typed.heard import hear

if TYPE_CHECKING:
    from streamlit.components.v2.component_manager import BidiComponentManager
    from streamlit.components.v2.types import ComponentRenderer

# Neither belongs in text, and a database refuses NUL and half a surrogate pair.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
MOST = 2**53


@cache
def _renderer(manager: BidiComponentManager) -> ComponentRenderer:
    manifest = ComponentManifest("steward", "1", [ComponentConfig("typed", "assets")])
    manager.register_from_manifest(manifest, Path(__file__).parent)
    return component("steward.typed", js="typed.js", isolate_styles=False)


def read(state: Any, max_chars: int) -> tuple[str, int] | None:
    """The text and its number in a component's state; None for what no field of ours sends.

    A browser can send anything: what is too long or of another type counts as not typed.
    """
    typed = state.get("typed") if isinstance(state, Mapping) else None
    if not isinstance(typed, Mapping):
        return None
    text, number = typed.get("text"), typed.get("n")
    if not isinstance(text, str) or isinstance(number, bool) or not isinstance(number, int):
        return None
    if len(text) > max_chars or not 0 < number < MOST:
        return None
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n")), number


def owner(token: str) -> str:
    """Whose typed text it is: a short name for a sign-in, from which nobody gets back to it."""
    return hashlib.sha256(f"{sign_ins.hash_of(token)}tab".encode()).hexdigest()[:12]


def draw(
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
    """See `modules.fields.text`."""
    say, of = words.of("en"), owner(session.token())
    # A tab that comes back as somebody else brings the widgets of who was there before.
    own = f"{key}~{of}"
    # What was typed before an outage cleared the page, see `modules.shell.patience`.
    put_by = st.session_state.pop(put_by_key(own), None)
    known = read(st.session_state.get(own), max_chars) or put_by or (value, 0)
    with surface:
        result = _renderer(get_bidi_component_manager())(
            key=own,
            data={
                "of": of,
                "key": key,
                "name": name or key,
                "label": label,
                "help": help or "",
                "lines": lines,
                "max": max_chars,
                "text": known[0],
                "n": known[1],
                "kept": say("typed.kept"),
                "saved": say("typed.saved"),
                "caret": caret,
            },
            on_typed_change=lambda: None,
            on_caret_change=lambda: None,
        )
    text, number = read(result, max_chars) or known
    hear(key, number)
    return text


def held(key: str, max_chars: int) -> str | None:
    """See `modules.fields.held`."""
    found = read(st.session_state.get(f"{key}~{owner(session.token())}"), max_chars)
    if found is None:
        return None
    hear(key, found[1])
    return found[0]


def caret(key: str) -> Caret | None:
    """See `modules.fields.caret`."""
    return placed(st.session_state.get(f"{key}~{owner(session.token())}"))


def placed(state: Any) -> Caret | None:
    """The cursor in a component's state. A browser can send anything: what is none counts so."""
    told = state.get("caret") if isinstance(state, Mapping) else None
    at, when = (told.get("at"), told.get("when")) if isinstance(told, Mapping) else (None, None)
    if isinstance(at, bool) or not isinstance(at, int) or not isinstance(when, int):
        return None
    return Caret(at, when) if 0 <= at < MOST and 0 <= when < MOST else None


def put_by_key(key: str) -> str:
    """Where the session keeps the text of a field's widget while it is not on the page."""
    return f"typed~{key}"
