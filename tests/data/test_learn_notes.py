"""Notes beside a lesson: one's own, kept for a time, and written by the newest tab."""

from __future__ import annotations

from datetime import timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from db import notes as stored_notes
from db.engine import reading, writing
from modules import fields
from modules.basics import BadInput
from modules.learn import notes
from tests.walk import Walk


def note_of(walk, place):
    with reading() as session:
        return notes.note(session, walk.viewer, place=place)


def test_a_note_is_kept_changed_and_deleted_and_is_hers_alone(amira, world):
    amira.do(notes.write, place="M01/sitting-1", body=" Ask first. ")
    assert note_of(amira, "M01/sitting-1") == "Ask first."
    assert note_of(Walk(world, "tom"), "M01/sitting-1") == ""
    amira.do(notes.write, place="M01/sitting-1", body="Ask.")
    assert note_of(amira, "M01/sitting-1") == "Ask."
    amira.do(notes.write, place="M01/sitting-1", body="  ")
    with reading() as session:
        viewer = amira.viewer
        assert not stored_notes.of_person(session, org_id=viewer.org_id, person_id=viewer.person_id)


def test_a_note_is_deleted_90_days_after_it_was_last_written(amira):
    amira.do(notes.write, place="M01/a", body="Old")
    written = amira.now
    amira.now += timedelta(days=1)
    amira.do(notes.write, place="M01/b", body="Newer")
    with writing() as session:
        assert notes.forget_old(session, now=written + timedelta(days=90)) == 0
        assert notes.forget_old(session, now=written + timedelta(days=90, seconds=1)) == 1
    assert (note_of(amira, "M01/a"), note_of(amira, "M01/b")) == ("", "Newer")


def test_a_note_that_is_too_long_is_refused_and_the_old_one_stays(amira):
    amira.do(notes.write, place="M01/a", body="Short")
    with pytest.raises(BadInput, match="500 characters"):
        amira.do(notes.write, place="M01/a", body="x" * 501)
    assert note_of(amira, "M01/a") == "Short"


def written_at(walk, place):
    with reading() as session:
        viewer = walk.viewer
        [found] = stored_notes.of_person(
            session, org_id=viewer.org_id, person_id=viewer.person_id, place=place
        )
    return found.written_at


def card(viewer, now):
    import streamlit as st

    from modules.learn import asides
    from modules.learn.again import at_once

    def words(key, /, **values):
        return " ".join([key, *map(str, values.values())])

    asides.note_card(asides.Aside(st.container(), words, viewer, now, at_once), place="M01/a")
    st.button("Anything else")


class Tab:
    """A session that shows a note's card; every run is a minute later."""

    def __init__(self, walk):
        self.walk = walk
        self.app = AppTest.from_function(card, args=(walk.viewer, walk.now), default_timeout=20)
        self.run()

    def run(self):
        self.walk.now += timedelta(minutes=1)
        self.app.args = (self.walk.viewer, self.walk.now)
        self.app.run()
        assert not self.app.exception
        return self

    def click(self):
        self.app.button[0].click()
        return self.run()

    def write(self, text):
        self.app.text_area[0].input(text)
        return self.run()


@pytest.fixture
def tabs(amira, monkeypatch):
    """Opens tabs that remember as the server's do."""
    monkeypatch.setattr(fields, "_memory", lambda: st.session_state)
    return lambda: Tab(amira)


def test_of_two_tabs_the_last_to_write_wins_and_a_click_in_the_other_writes_nothing(amira, tabs):
    first = tabs().write("Ask")
    second = tabs().write("Ask first, then send")
    at = written_at(amira, "M01/a")
    first.click().click()
    assert note_of(amira, "M01/a") == "Ask first, then send"
    assert written_at(amira, "M01/a") == at
    first.write("Ask Ben")
    second.click()
    assert note_of(amira, "M01/a") == "Ask Ben"


def test_a_tab_that_only_shows_a_note_never_writes_it(amira, tabs):
    idle = tabs()
    tabs().write("Longer")
    at = written_at(amira, "M01/a")
    idle.click().click()
    assert (note_of(amira, "M01/a"), written_at(amira, "M01/a")) == ("Longer", at)


def test_a_note_that_was_deleted_for_its_age_does_not_come_back_by_a_click(amira, tabs):
    open_tab = tabs().write("Old")
    with writing() as session:
        assert notes.forget_old(session, now=amira.now + timedelta(days=91)) == 1
    open_tab.click()
    assert note_of(amira, "M01/a") == ""
    open_tab.write("New")
    assert note_of(amira, "M01/a") == "New"


def test_a_note_that_could_not_be_saved_is_saved_by_the_next_run(amira, tabs, monkeypatch):
    tab = tabs()

    def refuse(*_given, **_named):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(notes, "write", refuse)
        tab.app.text_area[0].input("Kept")
        tab.app.run()
        assert tab.app.exception
    tab.run()
    assert note_of(amira, "M01/a") == "Kept"
