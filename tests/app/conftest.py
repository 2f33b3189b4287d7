"""What pages share that are drawn without a server."""

from __future__ import annotations

import pytest

from modules import fields


@pytest.fixture
def remembering(monkeypatch):
    """Fields as the server has them: a session that remembers, with Streamlit's own fields."""
    import streamlit as st

    monkeypatch.setattr(fields, "_memory", lambda: st.session_state)
