"""Test-out, the three forms and the guided re-run; help and notes beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import streamlit as st
from sqlalchemy import delete, select, update
from streamlit.testing.v1 import AppTest

from db import answers
from db import notes as stored_notes
from db.engine import reading, writing
from db.tables import Attempt, Draft, Enrolment, core
from modules import fields
from modules.basics import BadInput
from modules.learn import content, notes, rounds
from modules.learn import help as helping
from modules.progress import papers
from modules.progress.asked import form_items
from modules.progress.outcome import outcome
from modules.progress.papers import TEST_OUT
from tests.walk import MODULE, Walk


def take_test_out(walk, wrong=0):
    """Take the test in place of the pre-questions, with so many (uncritical first) wrong."""
    walk.do(rounds.begin, module=MODULE, test_out=True)
    sheet = walk.journey.test_out
    slots = form_items(walk.module, sheet)
    easy = sorted(slots, key=lambda slot: walk.module.question(slot).critical)
    for slot in slots:
        walk.answer(TEST_OUT, slot, wrong=slot in easy[:wrong])
    walk.leave(TEST_OUT)
    return walk


def leave(walk, step_id):
    walk.step(walk.journey.step(step_id))


def kinds(walk):
    return [step.kind for step in walk.journey.steps]


def test_who_tests_out_skips_the_reading_and_the_check_and_still_does_story_and_lab(amira):
    take_test_out(amira, wrong=1)
    assert amira.journey.tested_out
    assert amira.journey.pre is None
    assert kinds(amira) == ["questions", "scenario", "lab", "aid"]
    assert amira.completions() == []
    leave(amira, "flood-list")
    assert amira.completions() == []
    leave(amira, "read-figure")
    [done] = amira.completions()
    assert done.attempt_id == amira.opened.attempt(amira.journey.test_out)
    assert amira.journey.finished


def test_who_does_not_test_out_takes_the_whole_module_without_the_pre_questions(amira):
    take_test_out(amira, wrong=2)
    assert not amira.journey.tested_out
    everything = [step.id for step in amira.module.steps]
    assert [step.id for step in amira.journey.steps] == [TEST_OUT, *everything[1:]]
    for step in amira.journey.steps[1:]:
        amira.step(step)
    [done] = amira.completions()
    assert done.attempt_id == amira.opened.attempt(amira.journey.sheet("check"))


def test_a_critical_item_missed_in_a_test_out_is_not_asked_again(amira):
    amira.do(rounds.begin, module=MODULE, test_out=True)
    sheet = amira.journey.test_out
    slots = form_items(amira.module, sheet)
    critical = next(slot for slot in slots if amira.module.question(slot).critical)
    for slot in slots:
        amira.answer(TEST_OUT, slot, wrong=slot == critical)
    assert not amira.journey.tested_out
    with pytest.raises(BadInput):
        amira.answer(TEST_OUT, f"again:{critical}", response={"choice": "a"})


def test_nobody_tests_out_in_the_middle_of_a_round(amira):
    amira.begin()
    amira.do(rounds.begin, module=MODULE, test_out=True)
    assert amira.journey.test_out is None
    assert amira.journey.pre is not None


def test_a_module_that_is_not_hers_to_take_is_complete_with_the_test_out_alone(world, monkeypatch):
    course = content.course()
    elsewhere = course.paths[0].model_copy(update={"modules": ("M02",)})
    other = course.model_copy(update={"paths": (elsewhere,)})
    monkeypatch.setattr(content, "course", lambda: other)
    olga = Walk(world, "olga")
    with writing() as session:
        session.connection().execute(
            delete(core(Enrolment)).where(core(Enrolment).c.person_id == olga.viewer.person_id)
        )
    before = len(olga.completions())
    take_test_out(olga)
    assert kinds(olga) == ["questions", "aid"]
    assert len(olga.completions()) == before + 1


def fail(walk, times):
    """Fail the check so many times, by two uncritical answers."""
    for _ in range(times):
        walk.do(rounds.check_again, module=MODULE)
        sheet = walk.journey.sheet("check")
        slots = form_items(walk.module, sheet)
        wrong = [slot for slot in slots if not walk.module.question(slot).critical][:2]
        for slot in slots:
            walk.answer("check", slot, wrong=slot in wrong)


def test_after_forms_a_b_and_c_comes_a_guided_one_which_counts(amira):
    amira.until("check")
    fail(amira, 2)
    assert not amira.journey.needs_help
    fail(amira, 1)
    assert amira.journey.needs_help
    met = [papers.seen([sheet]) for sheet in amira.journey.checks]
    assert not any(set(met[a]) & set(met[b]) for a, b in ((0, 1), (0, 2), (1, 2)))
    amira.do(rounds.check_again, module=MODULE)
    fourth = amira.journey.sheet("check")
    assert amira.journey.guided(fourth)
    assert not any(amira.journey.guided(sheet) for sheet in amira.journey.checks[:3])
    fail(amira, 1)
    for slot in form_items(amira.module, amira.check()):
        assert amira.journey.sheet("check").answer(slot)
    assert outcome(amira.module, amira.journey.sheet("check")).passed
    assert len(amira.completions()) == 1
    assert not amira.journey.needs_help


def test_a_check_that_is_passed_is_not_put_at_stake_again(amira):
    amira.until("check").check()
    passed = amira.journey.sheet("check")
    amira.do(rounds.check_again, module=MODULE)
    assert amira.journey.sheet("check") == passed
    assert len(amira.journey.checks) == 1


def test_a_test_out_of_a_module_without_story_lab_and_job_aid_completes_it(amira):
    def bare(module):
        kept = ("questions", "screen")
        sittings = [
            sitting.model_copy(
                update={"steps": tuple(step for step in sitting.steps if step.kind in kept)}
            )
            for sitting in module.sittings
        ]
        return replace(module, sittings=tuple(one for one in sittings if one.steps))

    amira.do(rounds.begin, module=MODULE, test_out=True)
    for slot in form_items(amira.module, amira.journey.test_out):
        amira.answer(TEST_OUT, slot)
    journey = amira.journey
    small = replace(journey, module=bare(journey.module))
    assert [step.id for step in small.steps] == [TEST_OUT]
    assert small.finished


def test_an_answer_again_is_refused_before_its_item_was_missed(amira):
    amira.until("check")
    amira.do(rounds.check_again, module=MODULE)
    sheet = amira.journey.sheet("check")
    slot = next(s for s in form_items(amira.module, sheet) if f"again:{s}" in sheet.paper)
    with pytest.raises(BadInput):
        amira.answer("check", f"again:{slot}", response={"choice": "a"})
    amira.answer("check", slot)
    with pytest.raises(BadInput):
        amira.answer("check", f"again:{slot}", response={"choice": "a"})


def test_tries_at_a_critical_item_come_one_after_the_other(amira):
    amira.until("check")
    amira.do(rounds.check_again, module=MODULE)
    sheet = amira.journey.sheet("check")
    slot = next(s for s in form_items(amira.module, sheet) if f"again:{s}" in sheet.paper)
    amira.answer("check", slot, wrong=True)
    with pytest.raises(BadInput):
        amira.answer("check", f"again:{slot}", try_number=2)
    assert amira.answer("check", f"again:{slot}").correct


def test_a_second_round_asks_what_the_first_did_not(amira):
    amira.until("job-aid")
    amira.leave("job-aid")
    first = amira.opened.journey
    amira.begin()
    amira.do(rounds.check_again, module=MODULE)
    again = amira.journey.sheet("check")
    assert not set(papers.seen([again])) & set(papers.seen(first.checks))


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(days=40)])
def test_a_clock_that_is_set_back_loses_no_attempt_and_begins_none_twice(amira, back):
    amira.until("check")
    amira.now -= back
    fail(amira, 1)
    assert len(amira.journey.checks) == 1
    for _ in range(3):
        amira.do(rounds.check_again, module=MODULE)
    assert len(amira.journey.checks) == 2
    for slot in form_items(amira.module, amira.journey.sheet("check")):
        amira.answer("check", slot)
    assert len(amira.completions()) == 1
    amira.now -= back
    amira.begin()
    assert amira.journey.practice.number == 2
    for step in amira.module.steps:
        amira.step(step)
    first, second = amira.completions()
    assert first.turn < second.turn
    assert second.attempt_id == amira.opened.attempt(amira.journey.checks[-1])


# --- help ---------------------------------------------------------------------------------------


def ask(walk, name):
    with reading() as session:
        found = helping.colleagues(session, walk.viewer, now=walk.now)
    [one] = [one for one in found if one.name == name]
    walk.do(helping.ask, module=MODULE, helper=one.person_id)


def waiting(world, who):
    with reading() as session:
        return helping.asked_of_me(session, world.viewer(who))


def test_a_learner_asks_a_colleague_and_only_the_two_see_it(amira, world):
    ask(amira, "Ben Hale")
    ask(amira, "Ben Hale")
    [asked] = waiting(world, "ben")
    assert (asked.name, asked.module) == ("Amira Khan", MODULE)
    assert all(waiting(world, who) == [] for who in ("tom", "grace", "priya", "marek", "uma"))
    with reading() as session:
        assert len(helping.asked_by_me(session, amira.viewer, module=MODULE)) == 1


def test_trainers_and_the_team_can_be_asked_but_not_the_line_manager_nor_outsiders(amira):
    with reading() as session:
        found = helping.colleagues(session, amira.viewer, now=amira.now)
    names = {one.name for one in found}
    assert {"Ben Hale", "Priya Nair", "Rev0 Fern"} <= names
    assert not names & {"Amira Khan", "Tom Ashdown", "Ben0 Fern", "Uma Quill"}
    assert [one.name for one in found if one.trainer] == ["Priya Nair"]


def test_somebody_outside_the_list_cannot_be_asked(amira, world):
    for who in ("tom", "uma", "amira"):
        with pytest.raises(BadInput, match="Choose from the list"):
            amira.do(helping.ask, module=MODULE, helper=world.viewer(who).person_id)


def test_either_of_the_two_closes_a_request_and_nobody_else_can(amira, world):
    ask(amira, "Ben Hale")
    [asked] = waiting(world, "ben")
    Walk(world, "tom").do(helping.close, id=asked.id)
    Walk(world, "uma").do(helping.close, id=asked.id)
    assert waiting(world, "ben") == [asked]
    Walk(world, "ben").do(helping.close, id=asked.id)
    assert waiting(world, "ben") == []
    ask(amira, "Ben Hale")
    [second] = waiting(world, "ben")
    amira.do(helping.close, id=second.id)
    assert waiting(world, "ben") == []


# --- notes --------------------------------------------------------------------------------------


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


def reports_card(viewer, now):
    import streamlit as st

    from modules.learn import asides
    from modules.learn.again import at_once
    from modules.words import of

    aside = asides.Aside(st.container(), of("en"), viewer, now, at_once)
    places = (("item/M01-Q04", 1), ("item/M01-Q05", 2), ("item/M01-Q06", 0), ("step/a", 0))
    for place, number in places:
        asides.report(aside, module="M01", revision_id=None, place=place, number=number)


def test_no_two_ways_to_report_on_a_page_are_called_the_same(world):
    amira = Walk(world, "amira")
    at = AppTest.from_function(reports_card, args=(amira.viewer, amira.now)).run()
    assert not at.exception
    assert [one.label for one in at.expander] == [
        "Something wrong with question 1?",
        "Something wrong with question 2?",
        "Something wrong with this question?",
        "Something wrong here?",
    ]


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


# --- drafts -------------------------------------------------------------------------------------


def drafts(walk):
    with reading() as session:
        return set(session.connection().execute(select(core(Draft).c.slot)).scalars())


def test_drafts_go_with_their_attempt_or_after_their_days_and_others_stay(amira):
    amira.begin()
    open_, ended = (amira.opened.attempt(s) for s in (amira.journey.pre, amira.journey.practice))
    now = amira.now
    with writing() as session:
        for attempt_id, slot, age in (
            (open_, "new", 89),
            (open_, "old", 91),
            (ended, "of an ended attempt", 0),
        ):
            answers.save_draft(
                session,
                org_id=amira.viewer.org_id,
                attempt_id=attempt_id,
                slot=slot,
                body={"response": {"value": "Ask"}},
                now=now - timedelta(days=age),
            )
        session.connection().execute(
            update(core(Attempt)).where(core(Attempt).c.id == ended).values(ended_at=now)
        )
    with writing() as session:
        assert answers.forget_drafts(session, before=now - timedelta(days=notes.KEPT_DAYS)) == 2
    assert drafts(amira) == {"new"}
