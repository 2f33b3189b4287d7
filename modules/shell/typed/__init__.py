"""Typed text that survives a refresh, a lost connection and a second thought."""

from __future__ import annotations

import streamlit as st

from modules import fields
from modules.shell.typed.field import caret, draw, held
from modules.shell.typed.heard import ledger, tell


def use() -> None:
    """Put the component behind `modules.fields`: once, when the server starts."""
    fields.use(draw, tell, lambda: st.session_state, held, caret)


__all__ = ["draw", "ledger", "tell", "use"]
