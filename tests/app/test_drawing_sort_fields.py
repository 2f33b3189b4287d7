"""Sort the fields on the page: what is chosen on one card is held on all the others."""

from __future__ import annotations

import pytest

from modules.labs import sort_fields
from tests.app.lab_page import LabPage
from tests.app.reading import texts

pytestmark = pytest.mark.usefixtures("remembering")

PAGE = LabPage("m02-rules-of-the-road", "sort-fields", "M02-L")


@pytest.fixture(scope="module")
def begun():
    return PAGE.load({})


def test_what_is_sorted_judged_and_released_is_held_from_card_to_card(begun):
    at, drawn = PAGE.run(), begun.drawn
    one, pair = drawn.fields[0], drawn.pairs[0]
    assert not at.session_state["place"].hands_in
    at.button_group(key=f"{PAGE.stem}/{one.id}").set_value("special").run()
    PAGE.turn(at, len(drawn.fields) + 1)
    at.button_group(key=f"{PAGE.stem}/{pair.id}").set_value("yes").run()
    assert "stand alone" not in texts(at), "the count would tell before one has judged"
    at.toggle(key=f"{PAGE.stem}/{pair.id}/look").set_value(True).run()
    assert texts(at).count("residents stand alone") == 6, "three bars, each with its words"
    PAGE.turn(at, begun.cards)
    least = list(drawn.task.least)
    at.button_group(key=f"{PAGE.stem}/release").set_value(least).run()
    assert "A neighbour who knows" in texts(at)
    assert at.session_state["place"].hands_in
    PAGE.turn(at, 1)
    body = at.session_state["body"]
    assert body["boxes"] == {one.id: "special"}
    assert body["pairs"] == {pair.id: True}
    assert body["looked"] == [pair.id]
    assert set(body["release"]) == set(least)
    assert "3 of 11 cards done" in texts(at)
    at.button_group(key=f"{PAGE.stem}/{one.id}").set_value(None).run()
    assert "boxes" not in at.session_state["body"], "what is taken back is open again"


def test_a_draft_comes_back_whole(begun):
    body = sort_fields.dump(sort_fields.solve(begun))
    at = PAGE.run(body)
    assert at.session_state["body"] == body
    assert "All 11 cards done" in texts(at)


def test_hints_name_what_was_missed_and_say_nothing_of_what_is_right(begun):
    naive = sort_fields.naive(begun)
    at = PAGE.run(sort_fields.dump(naive), "hints")
    for one in begun.drawn.fields:
        missed = one.box != "personal" and one.also != "personal"
        shown = any(one.name in header.value for header in at.header)
        assert shown is missed, one.id
        assert one.why.split(" [@")[0] not in texts(at)
    assert "The least that does it" not in texts(at)


def test_at_the_end_each_card_says_why_and_the_release_has_its_least(begun):
    at = PAGE.run(sort_fields.dump(sort_fields.naive(begun)), "told")
    for one in (*begun.drawn.fields, *begun.drawn.pairs):
        assert one.why.split(" [@")[0] in texts(at)
    assert "The least that does it" in texts(at)


def test_an_empty_hand_in_is_only_told_what_is_open():
    at = PAGE.run({}, "hints")
    assert not at.header
    assert "Not filled in yet" in texts(at)
