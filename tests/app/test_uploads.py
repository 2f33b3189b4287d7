"""The field for a file: what came is given once, and what was refused leaves a sentence only."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from modules.labs.uploads.limits import LARGEST


def upload_page():
    import streamlit as st

    from modules import fields, words
    from modules.labs.uploads import ask

    fields.use(fields.native, memory=lambda: st.session_state)
    came = ask(st.container(), "Your file", "lab", words.of("en"), ["csv"])
    if came:
        st.session_state.setdefault("rows", []).append(came.rows)


def choose(at, name, body):
    at.file_uploader[0].set_value((name, body, "text/csv")).run()
    assert not at.exception
    return at


def test_an_accepted_file_is_given_once_and_let_go_of():
    at = AppTest.from_function(upload_page, default_timeout=60).run()
    before = at.file_uploader[0].key
    choose(at, "t.csv", b"ward,claims\nElm,12\n")
    assert at.session_state["rows"] == [(("ward", "claims"), ("Elm", "12"))]
    assert at.file_uploader[0].key != before
    at.run()
    assert len(at.session_state["rows"]) == 1


def test_a_refused_file_leaves_a_sentence_and_nothing_else():
    at = AppTest.from_function(upload_page, default_timeout=60).run()
    choose(at, "t.csv", b"name,mail\nJo,jo@gmail.com\n")
    assert "looks like data about real people" in at.warning[0].value
    assert "rows" not in at.session_state
    assert "gmail" not in repr(at.session_state)
    choose(at, "t.csv", b"name,mail\nJo,jo@example.org\n")
    assert not at.warning
    assert len(at.session_state["rows"]) == 1


def test_the_box_its_help_and_its_refusal_tell_the_same_limit_and_keep_it():
    at = AppTest.from_function(upload_page, default_timeout=60).run()
    box = at.file_uploader[0]
    assert box.proto.max_upload_size_mb * 1024 * 1024 == LARGEST
    assert "At most 2 MB" in box.proto.help
    choose(at, "t.csv", b"a" * (LARGEST + 1))
    assert "larger than 2 MB" in at.warning[0].value
