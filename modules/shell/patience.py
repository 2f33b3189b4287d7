"""A database that is away is waited for inside the run: what stands on the page stays there.

Ending the run instead would take the widgets off the page, and what is chosen in them with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape
from typing import TypeVar

import streamlit as st
import structlog
from streamlit.runtime.scriptrunner import get_script_run_ctx

from modules.basics import Surface, Words
from modules.settings import settings
from modules.shell import presses
from modules.shell.outage import SILENT, away, said
from modules.shell.typed.field import put_by_key, read

T = TypeVar("T")
log = structlog.get_logger()

PAUSE = 0.5


class Patience:
    """Tries again for a while, and says so at once; see `modules.learn.again.Patient`."""

    def __init__(self, surface: Surface, say: Words) -> None:
        self.surface, self.say = surface, say

    def __call__(self, call: Callable[[], T], records: bool = False) -> T:
        """What ``call`` gives, which must be safe to repeat. ``records``: it is what was pressed.

        Nothing is drawn while it waits, so a click in the meantime ends the run only afterwards.
        """
        began, notice = time.monotonic(), None
        while True:
            try:
                given = call()
            except SILENT as trouble:
                waited = time.monotonic() - began
                if not away(trouble) or waited > settings().patience_seconds:
                    raise
                if notice is None:
                    log.warning("waiting for the database", error=said(trouble))
                    notice = self.surface.empty()
                    text = escape(self.say("wait.database"))
                    notice.html(f'<span data-sw-wait="{text}"></span>')
                time.sleep(PAUSE)
                continue
            if records:
                presses.acted()
            if notice is not None:
                log.info("the database is back", seconds=round(time.monotonic() - began, 1))
                notice.empty()
            return given


def put_by() -> None:
    """Keep what is chosen and typed while the page shows an error in place of its widgets."""
    context = get_script_run_ctx()
    if context is None:
        return
    for state in context.session_state.get_widget_states():
        key = state.id.split("-", 2)[-1]
        kind = state.WhichOneof("value")
        if key not in st.session_state or kind in ("trigger_value", "json_trigger_value"):
            continue
        if kind != "json_value":
            st.session_state[key] = st.session_state[key]
        elif (typed := read(st.session_state[key], 1_000_000)) is not None:
            st.session_state[put_by_key(key)] = typed
