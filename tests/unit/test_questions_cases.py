"""Cases: the same question in other places, each one a variant of its own."""

from __future__ import annotations

from collections import Counter

import pytest

from modules.basics import BadInput
from modules.questions import read_question

STRUCTURE = {
    "id": "M01-Q01",
    "kind": "single_choice",
    "objective": "O1",
    "difficulty": 2,
    "cases": ["flood", "gas"],
    "options": [{"id": "a", "key": True}, {"id": "b", "tag": "haste"}],
}
TEXT = {
    "stem": "After {danger}, {who} asks for a list. What first?",
    "cases": {
        "flood": {"danger": "a flood", "who": "the fire service"},
        "gas": {"danger": "a gas leak", "who": "the gas company"},
    },
    "options": {
        "a": {"text": "Ask {who} what it needs", "why": "{who} knows."},
        "b": {"text": "Send everything", "why": "It tempts after {danger}."},
    },
}


def question(structure=STRUCTURE, **text):
    return read_question(structure, TEXT | text)


def test_each_case_is_a_variant_with_its_words_in_every_text():
    item = question().variant("any", "gas")
    assert item.stem == "After a gas leak, the gas company asks for a list. What first?"
    texts = {option.id: (option.text, option.why) for option in item.options}
    assert texts["a"] == ("Ask the gas company what it needs", "the gas company knows.")
    assert texts["b"] == ("Send everything", "It tempts after a gas leak.")


def test_the_seed_picks_a_case_when_nobody_else_does():
    picked = Counter(question().key_of(f"seed {n}") for n in range(200))
    assert set(picked) == {"flood", "gas"}
    assert min(picked.values()) > 60
    assert question().variant("one").stem == question().variant("one").stem


def test_a_case_does_not_change_the_order_that_the_seed_gives():
    orders = {
        tuple(option.id for option in question().variant("seed", key).options)
        for key in question().variants()
    }
    assert len(orders) == 1


def test_a_variant_that_a_question_does_not_have_is_refused():
    with pytest.raises(BadInput, match="no variant"):
        question().variant("any", "fire")
    plain = {**STRUCTURE, "cases": []}
    text = {"stem": "What first?", "options": {"a": {"text": "Ask"}, "b": {"text": "Send"}}}
    with pytest.raises(BadInput, match="no variant"):
        read_question(plain, text).variant("any", "gas")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"cases": {**TEXT["cases"], "gas": {"danger": "a gas leak"}}}, "gas and flood differ"),
        ({"stem": "After {danger}, {whom} asks. {who}?"}, "no word is called whom"),
        ({"cases": {**TEXT["cases"], "fire": {}}}, "unknown"),
        (
            {
                "cases": {
                    "flood": {"danger": "a flood", "who": "it"},
                    "gas": {"danger": "a leak", "who": "Send everything"},
                },
                "options": {
                    "a": {"text": "{who}", "why": "x"},
                    "b": {"text": "Send everything", "why": "x {danger}"},
                },
            },
            "same text",
        ),
    ],
)
def test_cases_that_do_not_fit_the_texts_are_refused(change, told):
    with pytest.raises(ValueError, match=told):
        question(**change)


@pytest.mark.parametrize("danger", ["a flood", " a  flood ", "a **flood**", "a flood [@seed-f1]"])
def test_a_case_that_reads_as_another_does_is_refused(danger):
    cases = TEXT["cases"] | {"gas": {"danger": danger, "who": "the fire service"}}
    with pytest.raises(ValueError, match="cases: gas reads as flood does: give it other words"):
        question(cases=cases)


def test_cases_may_share_some_of_their_words():
    cases = TEXT["cases"] | {"gas": {"danger": "a gas leak", "who": "the fire service"}}
    assert question(cases=cases).variants() == ("flood", "gas")


def test_a_word_that_no_text_names_is_refused():
    cases = {id_: words | {"street": "Mill Lane"} for id_, words in TEXT["cases"].items()}
    with pytest.raises(ValueError, match="no text names street"):
        question(cases=cases)
