"""The component behind a picture: mounted here, made alive by assets/pointing.js.

It is registered as the typed field is, see `modules.shell.typed.field`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from modules.basics import Surface

if TYPE_CHECKING:
    from streamlit.components.v2.component_manager import BidiComponentManager
    from streamlit.components.v2.types import ComponentRenderer

LONGEST = 100


@cache
def _renderer(manager: BidiComponentManager) -> ComponentRenderer:
    manifest = ComponentManifest("steward-pointing", "1", [ComponentConfig("picture", "assets")])
    manager.register_from_manifest(manifest, Path(__file__).parent)
    return component("steward-pointing.picture", js="pointing.js", isolate_styles=False)


def draw(surface: Surface, svg: str, *, key: str) -> None:
    """Draw a picture of our own making; its parts that can be chosen have ``data-id``.

    The picture is put in as it is: whoever makes it escapes what others wrote.
    """
    with surface:
        _renderer(get_bidi_component_manager())(
            key=key, data={"svg": svg}, on_pointed_change=lambda: None
        )


def chosen(key: str) -> str | None:
    """The id of the part that was pointed at since this was last asked; None for nothing new."""
    state: Any = st.session_state.get(key)
    pointed = state.get("pointed") if isinstance(state, Mapping) else None
    if not isinstance(pointed, Mapping):
        return None
    id, number = pointed.get("id"), pointed.get("n")
    if not isinstance(id, str) or len(id) > LONGEST or not isinstance(number, int | float):
        return None
    if st.session_state.get(f"{key}~seen") == number:
        return None
    st.session_state[f"{key}~seen"] = number
    return id
