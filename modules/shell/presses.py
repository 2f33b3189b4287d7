"""Buttons that record something: a press outlives the run that it interrupts or is lost in.

Streamlit tells of a press in one run only. When another click ends that run before its button is
drawn, or the database is away, the press would be gone while the learner waits for its effect.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from modules.shell.outage import SILENT, away

OPEN, DONE = "steward/open-presses", "steward/done-presses"
# How the keys of buttons end that record; each such action is idempotent.
ENDS = ("/send", "/decide")


def remember() -> None:
    """Note what was pressed for this run; first thing in it, before anything can interrupt."""
    fresh = {
        str(key)
        for key in st.session_state
        if str(key).endswith(ENDS) and st.session_state[key] is True
    }
    if fresh:
        st.session_state[OPEN] = st.session_state.get(OPEN, frozenset()) | fresh


def pressed(key: str) -> bool:
    """Whether this button was pressed, now or in a run that never came to act on it.

    No for a second press of what this page has recorded: a double click is one answer.
    """
    if key in st.session_state.get(DONE, frozenset()):
        return False
    return bool(st.session_state.get(key)) or key in st.session_state.get(OPEN, frozenset())


def acted() -> None:
    """Something was recorded: what was pressed has had its effect.

    Any look into the session can end the run for a click that came meanwhile. This note is made
    all the same: without it the second click of a double click looks like another tab's answer.
    """
    try:
        _note()
    except BaseException:
        _note()
        raise


def _note() -> None:
    done = st.session_state.get(OPEN, frozenset())
    if done:
        st.session_state[DONE] = st.session_state.get(DONE, frozenset()) | done
    forget()


def forget() -> None:
    """The page has been drawn to its end, or has said why it was not."""
    st.session_state.pop(OPEN, None)


@contextmanager
def once() -> Iterator[None]:
    """Around a page: its presses count in this run, and longer only while the database is away.

    Streamlit's own signals pass: a run that another click ends leaves its presses to the next.
    """
    try:
        yield
    except SILENT as trouble:
        if not away(trouble):
            forget()
        raise
    except Exception:
        forget()
        raise
    forget()
