"""Judgement: the reason is graded, never the opinion."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from modules.basics import BadInput
from modules.questions import read_question

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 3}
OPTIONS = [
    {"id": "a", "acceptable": True},
    {"id": "b", "acceptable": True},
    {"id": "c", "tag": "tell-them-later"},
]
REASONS = [
    {"id": "r1", "supports": ["a"]},
    {"id": "r2", "supports": ["a", "b"]},
    {"id": "r3", "tag": "everyone-does-it"},
]
ASKED = HEAD | {"kind": "judgement", "options": OPTIONS, "reasons": REASONS}
TEXT = {
    "stem": "A charity asks for the list.",
    "options": {
        "a": {"text": "Pass its offer on", "why": "The families decide."},
        "b": {"text": "Share what was agreed", "why": "They agreed."},
        "c": {"text": "Share the list", "why": "It feels quick."},
    },
    "reasons": {
        "r1": {"text": "No data leaves us", "why": "None needs to."},
        "r2": {"text": "Those concerned choose", "why": "Choice is theirs."},
        "r3": {"text": "Others do it too", "why": "That is no reason."},
    },
}


@pytest.fixture
def item():
    return read_question(ASKED, TEXT).variant("s")


@pytest.mark.parametrize(
    ("choice", "reason", "score", "tags"),
    [
        ("a", "r1", 1.0, ()),
        ("a", "r2", 1.0, ()),
        ("b", "r2", 1.0, ()),
        ("b", "r1", 0.5, ()),
        ("a", "r3", 0.5, ("everyone-does-it",)),
        ("c", "r1", 0.0, ("tell-them-later",)),
        ("c", "r3", 0.0, ("tell-them-later", "everyone-does-it")),
    ],
)
def test_the_reason_carries_the_mark(item, choice, reason, score, tags):
    grade = item.grade({"choice": choice, "reason": reason})
    assert (grade.score, grade.right, grade.tags) == (score, score == 1.0, tags)


@pytest.mark.parametrize(
    "response",
    [
        {"choice": "a"},
        {"reason": "r1"},
        {"choice": "a", "reason": "r1", "x": 1},
        {"choice": "z", "reason": "r1"},
        {"choice": "a", "reason": "a"},
        {"choice": ["a"], "reason": "r1"},
        {"choice": None, "reason": None},
        {},
        [],
        "a",
    ],
)
def test_an_answer_without_both_or_never_offered_is_refused(item, response):
    for what in (item.grade, item.feedback, item.plain):
        with pytest.raises(BadInput):
            what(response)


def test_a_choice_waits_for_its_reason(item):
    assert not item.complete({"choice": "a"})
    assert not item.complete({"reason": "r1"})
    assert item.complete({"choice": "a", "reason": "r1"})


def test_feedback_speaks_for_the_choice_that_was_made(item):
    mine = item.feedback({"choice": "b", "reason": "r2"})
    assert "They agreed." in mine.why_key
    assert "Choice is theirs." in mine.why_key
    assert "The families decide." not in mine.why_key
    assert mine.why_tempts == ()


def test_feedback_says_why_a_poor_choice_and_a_weak_reason_tempt(item):
    choice, reason = item.feedback({"choice": "c", "reason": "r3"}).why_tempts
    assert choice.endswith("It feels quick.")
    assert reason.endswith("That is no reason.")
    told = item.feedback({"choice": "c", "reason": "r3"}).why_key
    assert all(why in told for why in ("The families decide.", "They agreed.", "None needs to."))
    (weak,) = item.feedback({"choice": "b", "reason": "r1"}).why_tempts
    assert weak.endswith("None needs to.")


def test_a_receipt_has_both_in_words(item):
    told = item.plain({"choice": "a", "reason": "r1"})
    assert told == "Pass its offer on; No data leaves us"


def test_choices_and_reasons_are_mixed_apart_from_each_other():
    question = read_question(ASKED, TEXT)
    items = [question.variant(f"{n}") for n in range(200)]
    orders = {(*(o.id for o in i.choices), *(r.id for r in i.reasons)) for i in items}
    assert len(orders) == 36
    kept = read_question(ASKED | {"shuffle": False}, TEXT)
    assert {tuple(o.id for o in kept.variant(f"{n}").choices) for n in range(9)} == {
        ("a", "b", "c")
    }


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"options": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}, "no option is acceptable"),
        ({"options": [{"id": "a", "acceptable": True, "tag": "t"}, *OPTIONS[1:]]}, "no misconc"),
        ({"options": [*OPTIONS[:2], {"id": "a"}]}, "same id"),
        ({"reasons": [REASONS[0], {"id": "r2"}, REASONS[2]]}, "no reason supports b"),
        ({"reasons": [{"id": "r1", "supports": ["z"]}, *REASONS[1:]]}, "no option z"),
        ({"reasons": [{"id": "r1", "supports": ["c"]}, *REASONS[1:]]}, "c is not acceptable"),
        ({"reasons": [{"id": "r1", "supports": ["a"], "tag": "t"}, *REASONS[1:]]}, "no misconc"),
        ({"reasons": REASONS[:1]}, "at least 2"),
    ],
)
def test_a_writer_is_told_what_is_wrong(change, says):
    structure = ASKED | change
    text = dict(TEXT)
    for part in ("options", "reasons"):
        text[part] = {one["id"]: TEXT[part][one["id"]] for one in structure[part]}
    with pytest.raises(ValidationError, match=says):
        read_question(structure, text)


def test_a_judgement_that_nobody_can_miss_is_refused():
    structure = ASKED | {
        "options": OPTIONS[:2],
        "reasons": [{"id": "r1", "supports": ["a", "b"]}, {"id": "r2", "supports": ["b", "a"]}],
    }
    text = TEXT | {
        part: {one["id"]: TEXT[part][one["id"]] for one in structure[part]}
        for part in ("options", "reasons")
    }
    with pytest.raises(ValidationError, match="weak reason"):
        read_question(structure, text)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"options": {"a": {"acceptable": False}}}, "belongs in the structure file"),
        ({"reasons": {"r3": {"supports": ["a"]}}}, "belongs in the structure file"),
        ({"reasons": {"r9": {"text": "?"}}}, "'r9'"),
        ({"reasons": {**TEXT["reasons"], "r3": {"text": "No data **leaves** us"}}}, "same text"),
        ({"reasons": {**TEXT["reasons"], "r3": {"text": " "}}}, "is empty"),
    ],
)
def test_a_text_that_does_not_fit_is_refused(change, says):
    with pytest.raises(ValueError, match=says):
        read_question(ASKED, TEXT | change)
