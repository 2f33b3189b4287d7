"""The check and the lab as their learner meets them: results, and what another tab did first."""

import pytest

from db.engine import reading
from modules.learn import notes
from modules.progress.asked import form_items
from modules.progress.papers import TEST_OUT
from modules.shell import session as door
from tests.app.test_review_page import button, opened, seen, texts
from tests.walk import MODULE, Walk, fail, take_test_out

ELSEWHERE = "in another tab"


@pytest.fixture
def amira(world, monkeypatch):
    """Amira at the beginning of her module, signed in."""
    token, walk = world.sign_in("amira"), Walk(world)
    monkeypatch.setattr(door, "token", lambda: token)
    monkeypatch.setattr(door, "now", lambda: walk.now)
    return walk


def labels(app):
    return [one.label for one in app.button]


def told_elsewhere(app):
    return [one.value for one in app.info if ELSEWHERE in one.value]


def test_who_has_passed_goes_on_and_is_not_asked_to_take_it_again(amira):
    amira.until("check").check()
    app = opened("lesson", module=MODULE, step="check")
    assert "Continue" in labels(app)
    assert "Take the check again" not in labels(app)


def test_who_has_not_passed_may_take_it_again_and_not_go_on(amira):
    fail(amira.until("check"), 1)
    app = opened("lesson", module=MODULE, step="check")
    assert "Continue" not in labels(app)
    assert "Take the check again" in labels(app)


def test_who_tests_out_goes_on_with_the_story(amira):
    take_test_out(amira)
    app = opened("lesson", module=MODULE, step=TEST_OUT)
    assert "You know this" in texts(app)
    button(app, "Continue").click().run()
    assert app.query_params["step"] == amira.journey.steps[1].id
    assert amira.journey.steps[1].kind == "scenario"
    seen(app)


@pytest.mark.parametrize("step", ["before", "check"])
def test_a_tab_that_was_second_in_a_form_is_told_that_the_first_answer_counts(amira, step):
    amira.until(step)
    app = opened("lesson", module=MODULE, step=step)
    form = amira.module.step(step).form
    [slot, *_] = form_items(amira.module, amira.journey.sheet(form))
    amira.answer(form, slot)
    app = seen(button(app, "Send answer").click().run())
    assert told_elsewhere(app)
    assert not told_elsewhere(seen(app.run()))


def test_a_note_is_kept_when_a_button_is_pressed_right_after_it_was_typed(amira):
    amira.until("five-questions")
    app = opened("lesson", module=MODULE, step="sitting-1")
    [note] = app.text_area
    note.set_value("Ask housing first")
    seen(button(app, "Go on").click().run())
    with reading() as session:
        assert notes.note(session, amira.viewer, place=f"{MODULE}/sitting-1") == "Ask housing first"


def test_after_a_failed_check_the_reasons_stand_open_above_the_button(amira):
    fail(amira.until("check"), 1)
    app = opened("lesson", module=MODULE, step="check")
    [reasons] = [one for one in app.expander if one.label == "Your answers and the reasons"]
    assert reasons.proto.expanded
    keys = [one.key for one in app.button]
    assert not any("again" in key for key in keys), "the style of a missed answer is not a button's"


def test_a_tab_that_was_second_with_the_lab_keeps_what_it_has_for_the_next_try(amira):
    amira.until("read-figure")
    app = opened("lesson", module=MODULE, step="read-figure")
    pages = len(amira.module.lab.options.headlines)
    app.session_state[f"{amira.journey.practice.seed[:8]}-lab-read-figure/page"] = pages
    seen(app.run())
    [pills] = [one for one in app.get("button_group") if one.key.endswith("/wording")]
    seen(pills.set_value("unsafe").run())
    amira.lab(amira.journey.step("read-figure"), how="naive")
    app = seen(button(app, "Hand in").click().run())
    assert told_elsewhere(app)
    opened_again = amira.opened
    draft = opened_again.drafts[
        opened_again.attempt(opened_again.journey.practice), "lab:read-figure#2"
    ]
    assert [marks.get("safe") for marks in draft.values()].count(False) == 1
