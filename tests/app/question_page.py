"""A question on a page of its own; words are shown by their keys."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _script(structure, text, draft):
    import streamlit as st

    from modules.questions import read_question

    def words(key, /, **values):
        return " ".join([key, *map(str, values.values())])

    item = read_question(structure, text).variant("s")
    given = item.ask(st.container(), "M01-Q01", draft, words)
    st.session_state["given"] = given
    st.session_state["complete"] = bool(given) and item.complete(given)
    if st.session_state["complete"]:
        item.review(st.container(), given, words)


def question_page(structure, text, draft=None) -> AppTest:
    """The page with a draft. Its session state has what is ``given``, and if it is ``complete``."""
    return AppTest.from_function(_script, args=(structure, text, draft or {})).run()
