"""Ethics canvas on the page: what is put in one box is held in all the others."""

from __future__ import annotations

import pytest

from modules.labs import ethics_canvas
from modules.labs.ethics_canvas.recount import carried
from tests.app.lab_page import LabPage
from tests.app.reading import texts

pytestmark = pytest.mark.usefixtures("remembering")

PAGE = LabPage("m06-ethics-in-practice", "ethics-canvas", "M06-L")


@pytest.fixture(scope="module")
def begun():
    return PAGE.load({})


def test_what_is_put_in_each_box_is_held_from_card_to_card(begun):
    at, one = PAGE.run(), begun.proposal
    at.radio(key=f"{PAGE.stem}/benefit").set_value(one.benefits[0].id).run()
    PAGE.turn(at, 2)
    assert "choose a cut" in texts(at), "an average hides whoever is few"
    at.button_group(key=f"{PAGE.stem}/cut").set_value(one.cuts[0].id).run()
    assert "sw-bars" in texts(at)
    groups = list(carried(begun.options.people, one))
    at.button_group(key=f"{PAGE.stem}/groups").set_value(groups).run()
    PAGE.turn(at, 4)
    for harm in one.harms:
        at.button_group(key=f"{PAGE.stem}/likely/{harm.id}").set_value("likely").run()
        at.button_group(key=f"{PAGE.stem}/severe/{harm.id}").set_value("hurts").run()
    assert "4 of 9" in texts(at)
    PAGE.turn(at, 5)
    for each in one.mitigations:
        if each.against:
            at.checkbox(key=f"{PAGE.stem}/take/{each.id}").check().run()
    assert "7 of 6 points: too many" in texts(at)
    PAGE.turn(at, 6)
    at.radio(key=f"{PAGE.stem}/decision").set_value("leave").run()
    assert at.session_state["place"].hands_in
    PAGE.turn(at, 1)
    body = at.session_state["body"]
    assert body["picks"] == {"benefit": one.benefits[0].id, "decision": "leave"}
    assert set(body["groups"]) == set(groups)
    assert set(body["likely"].values()) == {"likely"}
    assert len(body["taken"]) == 3
    assert "4 of 6 boxes filled" in texts(at)


def test_a_draft_comes_back_whole(begun):
    body = ethics_canvas.dump(ethics_canvas.solve(begun))
    at = PAGE.run(body)
    assert at.session_state["body"] == body
    assert "All 6 boxes filled" in texts(at)


def test_hints_name_what_was_missed_and_tell_no_answer(begun):
    at = PAGE.run(ethics_canvas.dump(ethics_canvas.naive(begun)), "hints")
    assert "Two groups stand far" in texts(at)
    assert begun.proposal.found not in texts(at)
    assert "sw-bars" not in texts(at)


def test_at_the_end_the_figures_show_who_carries_it_and_each_right_box_says_why(begun):
    one = begun.proposal
    at = PAGE.run(ethics_canvas.dump(ethics_canvas.naive(begun)), "told")
    assert one.found in texts(at)
    assert "sw-bars" in texts(at)
    for several in (one.benefits, one.ways, one.reasons):
        assert next(each.why for each in several if each.key) in texts(at)


def test_an_empty_hand_in_is_only_told_what_is_open():
    at = PAGE.run({}, "hints")
    assert not at.header
    assert "Not filled in yet" in texts(at)
