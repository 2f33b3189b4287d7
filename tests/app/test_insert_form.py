"""Something put into a text by searching, and a fact of one's own with its source."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def insert_page():
    from datetime import date

    import streamlit as st

    from modules import fields, words
    from modules.author.insert import insert, own_record
    from modules.author.sheet import Sheet
    from modules.drafts import looking
    from modules.drafts.inserting import shelf
    from modules.settings import ROOT
    from tests.unit.own_module import SLUG

    fields.use(fields.native, memory=lambda: st.session_state)
    files = st.session_state.setdefault("files", {"text": "Once."})
    say, today = words.of("en"), date(2026, 11, 27)

    def save(before, changes, place):
        st.session_state["files"] = {**before, **changes}
        return st.session_state["files"]

    sheet = Sheet(files, SLUG, "en", say, "edit", save)
    found = shelf(ROOT / "content", files, "en", today, say)
    put = lambda mark: {"text": f"{files['text']} {mark}"}  # noqa: E731
    st.session_state["put"] = insert(st.container(), sheet, found, "text", put, graded=True)
    shipped = dict(looking.shipped(ROOT / "content"))
    if own_record(st.container(), sheet, shipped, today):
        st.rerun()


def opened():
    return run(AppTest.from_function(insert_page, default_timeout=60).run())


def run(at):
    assert not at.exception, at.exception[0].value
    return at


def field(widgets, label):
    return next(one for one in widgets if one.label == label)


def told(at):
    return "\n".join(one.value for one in (*at.markdown, *at.caption, *at.error))


def search(at, words):
    return run(field(at.text_input, "Search by words").set_value(words).run())


def keep(at):
    return run(field(at.button, "Keep it").click().run())


def test_a_fact_is_found_with_what_has_to_be_known_and_put_in():
    at = search(opened(), "controller decides why")
    assert "Read in the original" in told(at)
    assert "To be looked at again by" in told(at)
    mark = at.code[0].value
    at = run(field(at.button, "Put it in").click().run())
    assert at.session_state["files"]["text"] == f"Once. {mark}"


def test_what_is_known_from_others_is_said_not_to_carry_a_grade():
    at = search(opened(), "care.data closing")
    assert "Nothing graded may rest on it" in told(at)


def test_a_fact_of_ones_own_is_kept_with_its_source_and_found_at_once():
    at = opened()
    for label, value in (
        ("Title of the source", "Desks counted"),
        ("Who published it", "Facilities"),
        ("Its link", "https://example.org/desks"),
        ("Where in it", "Table 2"),
    ):
        field(at.text_input, label).set_value(value)
    field(at.text_area, "What it says, in your own words").set_value("We have 40 desks.")
    at = keep(at)
    files = at.session_state["files"]
    assert "statement: " in files["facts.yaml"]
    assert "source: facilities-desks-counted" in files["facts.yaml"]
    assert "id: facilities-desks-counted" in files["sources.yaml"]
    assert field(at.text_area, "What it says, in your own words").value == ""
    at = search(at, "desks")
    assert at.code[0].value == "[@we-have-40-desks]"
    assert "Yours" in told(at)


def test_a_fact_that_is_not_sound_keeps_what_was_typed_and_writes_nothing():
    at = opened()
    field(at.text_area, "What it says, in your own words").set_value("We have 40 desks.")
    at = keep(at)
    assert "“Title” is empty" in told(at)
    assert set(at.session_state["files"]) == {"text"}
    assert field(at.text_area, "What it says, in your own words").value == "We have 40 desks."


def test_a_mistaken_belief_is_registered_with_an_id_of_its_own():
    at = opened()
    kind = next(one for one in at.button_group if one.label == "What it is")
    at = run(kind.set_value("belief").run())
    box = field(at.text_input, "What somebody believes, as she would say it")
    at = keep(run(box.set_value("A desk is nobody’s.").run()))
    assert "id: a-desk-is-nobodys" in at.session_state["files"]["misconceptions.yaml"]
