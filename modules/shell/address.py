"""The browser's address says what its page shows."""

from __future__ import annotations

import streamlit as st


def hold() -> None:
    """Let the browser's address be the one that this run was asked for.

    A link to the page that is open already reaches us without changing the browser's address: the
    next run, after a button there, would know nothing of it, and a refresh would show another.
    """
    st.query_params.update({})
