"""Basis builder on the page: a basis asks, the register answers, and every page is held."""

from __future__ import annotations

import pytest

from modules.labs import basis_builder
from modules.labs.basis_builder.asking import answer
from tests.app.lab_page import LabPage
from tests.app.reading import texts

pytestmark = pytest.mark.usefixtures("remembering")

PAGE = LabPage("m03-lawful-basis", "basis-builder", "M03-L")


@pytest.fixture(scope="module")
def begun():
    return PAGE.load({})


def test_a_basis_asks_its_question_and_the_register_answers(begun):
    at, card = PAGE.run(), begun.drawn.cards[0]
    assert "The register answers" not in texts(at)
    for basis in ("consent", "interests"):
        at.button_group(key=f"{PAGE.stem}/{card.id}/basis").set_value(basis).run()
        assert begun.options.asks[basis] in texts(at)
        assert answer(begun.options, card, basis) in texts(at)


def test_what_is_chosen_ticked_and_weighed_is_held_from_page_to_page(begun):
    at, drawn = PAGE.run(), begun.drawn
    one = drawn.cards[0]
    at.radio(key=f"{PAGE.stem}/{one.id}/purpose").set_value("fit").run()
    at.button_group(key=f"{PAGE.stem}/{one.id}/basis").set_value("task").run()
    at.button_group(key=f"{PAGE.stem}/{one.id}/condition").set_value("no").run()
    at.button_group(key=f"{PAGE.stem}/{one.id}/told").set_value("asked").run()
    assert not at.session_state["place"].hands_in
    PAGE.turn(at, 5)
    assert "Until when?" in texts(at)
    for line in ("who", "long"):
        at.checkbox(key=f"{PAGE.stem}/notice/{line}").check().run()
    assert drawn.told.long in texts(at)
    assert "Until when?" not in texts(at)
    assert "What can I do?" in texts(at)
    PAGE.turn(at, 6)
    at.button_group(key=f"{PAGE.stem}/use/link").set_value("for").run()
    at.radio(key=f"{PAGE.stem}/use/verdict").set_value("stop").run()
    assert "1 for, 0 against" in texts(at)
    assert at.session_state["place"].hands_in
    PAGE.turn(at, 1)
    body = at.session_state["body"]
    assert body["answers"] == {
        f"{one.id}/basis": "task",
        f"{one.id}/condition": "no",
        f"{one.id}/purpose": "fit",
        f"{one.id}/told": "asked",
        "use/link": "for",
        "use/verdict": "stop",
    }
    assert body["notice"] == ["long", "who"]
    assert "2 of 6 pages done" in texts(at)
    at.button_group(key=f"{PAGE.stem}/{one.id}/basis").set_value(None).run()
    assert f"{one.id}/basis" not in at.session_state["body"]["answers"]


def test_a_draft_comes_back_whole(begun):
    body = basis_builder.dump(basis_builder.solve(begun))
    at = PAGE.run(body)
    assert at.session_state["body"] == body
    assert "All 6 pages done" in texts(at)


def test_hints_name_what_was_missed_and_tell_no_answer(begun):
    at = PAGE.run(basis_builder.dump(basis_builder.naive(begun)), "hints")
    assert all(any(one.name in head.value for head in at.header) for one in begun.drawn.cards)
    assert "You stand on consent" in texts(at)
    assert not any(one.why.split(" [@")[0] in texts(at) for one in begun.drawn.cards)
    assert begun.drawn.use.why.split(" [@")[0] not in texts(at)


def test_at_the_end_each_card_says_why_and_the_tally_makes_the_point(begun):
    at = PAGE.run(basis_builder.dump(basis_builder.naive(begun)), "told")
    assert all(one.why.split(" [@")[0] in texts(at) for one in begun.drawn.cards)
    assert "A notice that does it" in texts(at)
    assert "Consent: 1 of 4. People told: 4 of 4." in texts(at)


def test_an_empty_hand_in_is_only_told_what_is_open():
    at = PAGE.run({}, "hints")
    assert not at.header
    assert "Not filled in yet" in texts(at)
