"""A lab set up at a desk: its own bounds, what is wrong at once, a try that keeps nothing."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

SLUG = "m02-rules-of-the-road"


def lab_page():
    import streamlit as st

    from modules import words
    from modules.author.lab_form import lab
    from modules.course.files.folder import texts
    from modules.settings import ROOT
    from tests.hand import pen

    slug = "m02-rules-of-the-road"
    files, _ = texts(ROOT / "content", slug)
    lab(st.container(), pen(st.session_state, slug, files), words.of("en"), "lab")


def opened(**state):
    at = AppTest.from_function(lab_page, default_timeout=60)
    for name, value in state.items():
        at.session_state[name] = value
    return run(at.run())


def run(at):
    assert not at.exception, at.exception[0].value
    return at


def told(at):
    return "\n".join(one.value for one in at.markdown)


def field(widgets, label):
    return next(one for one in widgets if one.label == label)


def test_a_number_has_the_labs_own_bounds_and_is_kept():
    at = opened()
    people = field(at.number_input, "people")
    assert people.max < 1_000_000_000
    at = run(people.set_value(4000).run())
    assert "people: 4000" in at.session_state["files"][f"{SLUG}/lab.yaml"]
    assert "The right solution passes" in told(at)


def test_what_is_wrong_with_it_is_told_at_once():
    at = opened()
    why = field([*at.text_input, *at.text_area], "fields › rent › why")
    at = run(why.set_value("").run())
    assert "The right solution passes" not in told(at)
    assert ":material/error:" in told(at)


def test_a_text_of_the_lab_is_kept_in_its_words():
    at = opened()
    at = run(field(at.text_input, "title").set_value("Sort them all").run())
    assert "Sort them all" in at.session_state["files"][f"{SLUG}/lab.en.yaml"]


def test_it_is_tried_where_it_is_set_up_and_nothing_is_kept():
    at = opened()
    before = dict(at.session_state["files"])
    at = run(field(at.toggle, "Try it here").set_value(True).run())
    at = run(field(at.button, "Would this pass?").click().run())
    assert "This does not pass." in told(at)
    assert at.session_state["files"] == before


def test_an_entry_of_a_list_is_added_with_its_fields_and_taken_out_again():
    at = opened()
    field(at.text_input, "A short name for a new entry of tasks").set_value("eighth")
    at = run(field(at.button, "Add an entry to tasks").click().run())
    assert "- id: eighth" in at.session_state["files"][f"{SLUG}/lab.yaml"]
    field(at.text_input, "tasks › eighth › text")
    gone = field(at.selectbox, "An entry of tasks that goes")
    gone.set_value("eighth")
    at = run(field(at.button, "Take it out of tasks").click().run())
    assert "eighth" not in "".join(at.session_state["files"].values())


def test_an_entry_that_cannot_be_added_is_told_beside_its_button():
    at = opened()
    field(at.text_input, "A short name for a new entry of tasks").set_value("Two words")
    at = run(field(at.button, "Add an entry to tasks").click().run())
    assert "cannot be a short name" in at.error[0].value


def test_who_only_reviews_may_try_it_and_change_nothing():
    at = opened(writes=False)
    assert not [*at.number_input, *at.text_input, *at.checkbox]
    assert any("people" in one.proto.body for one in at.get("html"))
