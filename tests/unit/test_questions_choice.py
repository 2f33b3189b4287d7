"""Single and multiple choice: grading, feedback, order, and what is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from modules.basics import BadInput
from modules.questions import MultipleChoice, SingleChoice, read_question

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 1}
SINGLE = HEAD | {
    "kind": "single_choice",
    "options": [{"id": "a", "key": True}, {"id": "b", "tag": "stage-confusion"}, {"id": "c"}],
}
SINGLE_TEXT = {
    "stem": "What does **27%** describe? [@seed-f2]",
    "options": {
        "a": {"text": "Deployed or deploying", "why": "The graphic says so."},
        "b": {"text": "Started", "why": "80% started; that is an earlier stage."},
        "c": {"text": "Benefiting", "why": "Nobody counted that."},
    },
}
MULTIPLE = HEAD | {
    "kind": "multiple_choice",
    "options": [
        {"id": "a", "key": True},
        {"id": "b", "key": True},
        {"id": "c", "tag": "sharing-is-pooling"},
        {"id": "d", "tag": "open-is-all"},
    ],
}
MULTIPLE_TEXT = {
    "stem": "What counts as sharing?",
    "options": {
        "a": {"text": "Access", "why": "They can read it."},
        "b": {"text": "A query", "why": "An answer is data too."},
        "c": {"text": "One pool only", "why": "Pooling is one way of many."},
        "d": {"text": "Selling only", "why": "Selling is something else."},
    },
}


@pytest.fixture
def single():
    return read_question(SINGLE, SINGLE_TEXT).variant("s")


@pytest.fixture
def multiple():
    return read_question(MULTIPLE, MULTIPLE_TEXT).variant("s")


def test_the_key_earns_full_marks_and_no_tag(single):
    grade = single.grade({"choice": "a"})
    assert (grade.score, grade.right, grade.tags) == (1.0, True, ())
    assert grade.version == SingleChoice.VERSION


def test_a_wrong_answer_names_its_misconception(single):
    grade = single.grade({"choice": "b"})
    assert (grade.score, grade.right, grade.tags) == (0.0, False, ("stage-confusion",))


def test_feedback_says_why_the_key_is_right_and_why_the_choice_tempts(single):
    wrong = single.feedback({"choice": "b"})
    assert wrong.why_key == "The graphic says so."
    assert wrong.why_tempts == ("80% started; that is an earlier stage.",)
    assert single.feedback({"choice": "a"}).why_tempts == ()


@pytest.mark.parametrize(
    "response",
    [{}, {"choice": "z"}, {"choice": None}, {"choice": ["a"]}, {"choice": "a", "x": 1}, [], "a"],
)
def test_an_option_never_offered_is_refused(single, response):
    for what in (single.grade, single.feedback, single.plain):
        with pytest.raises(BadInput):
            what(response)


def test_a_receipt_shows_words_without_marks(single):
    assert single.plain({"choice": "a"}) == "Deployed or deploying"


def test_the_seed_alone_sets_the_order():
    question = read_question(SINGLE, SINGLE_TEXT)
    orders = {tuple(o.id for o in question.variant(f"{n}").options) for n in range(60)}
    assert len(orders) == 6
    assert question.variant("x") == question.variant("x")
    assert [o.id for o in question.variant("seed-1").options] == ["a", "c", "b"]


def test_options_with_an_order_of_their_own_keep_it():
    question = read_question(SINGLE | {"shuffle": False}, SINGLE_TEXT)
    assert {tuple(o.id for o in question.variant(f"{n}").options) for n in range(9)} == {
        ("a", "b", "c")
    }


@pytest.mark.parametrize(
    ("choices", "score", "tags"),
    [
        (["a", "b"], 1.0, ()),
        (["b", "a"], 1.0, ()),
        (["a"], 0.5, ()),
        (["a", "c"], 0.0, ("sharing-is-pooling",)),
        (["a", "b", "c"], 0.5, ("sharing-is-pooling",)),
        (["d", "c", "b", "a"], 0.0, ("sharing-is-pooling", "open-is-all")),
        (["d"], 0.0, ("open-is-all",)),
    ],
)
def test_each_wrong_tick_costs_a_right_one(multiple, choices, score, tags):
    grade = multiple.grade({"choices": choices})
    assert (grade.score, grade.right, grade.tags) == (score, score == 1.0, tags)


@pytest.mark.parametrize("choices", [[], ["a", "a"], ["z"], "a", None, [["a"]], {"a": 1}, [1]])
def test_ticks_that_cannot_be_are_refused(multiple, choices):
    with pytest.raises(BadInput):
        multiple.grade({"choices": choices})


def test_feedback_on_ticks_explains_what_was_missed_and_what_tempted(multiple):
    feedback = multiple.feedback({"choices": ["a", "c"]})
    assert feedback.why_key == "An answer is data too."
    assert feedback.why_tempts == ("Pooling is one way of many.",)
    everything = multiple.feedback({"choices": ["a", "b"]})
    assert everything.why_key == "They can read it.\n\nAn answer is data too."


def test_a_receipt_lists_ticks_in_written_order(multiple):
    assert multiple.plain({"choices": ["b", "a"]}) == "Access; A query"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"options": [{"id": "a", "key": True}, {"id": "b", "key": True}]}, "2 of 2"),
        ({"options": [{"id": "a"}, {"id": "b"}]}, "0 of 2"),
        ({"options": [{"id": "a", "key": True}, {"id": "a"}]}, "same id"),
        ({"options": [{"id": "a", "key": True, "tag": "t"}, {"id": "b"}]}, "no misconception"),
        ({"options": [{"id": "a", "key": True}]}, "at least 2"),
        ({"id": "Q1"}, "pattern"),
        ({"difficulty": 4}, "difficulty"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_writer_is_told_what_is_wrong(change, says):
    structure = SINGLE | change
    ids = {option["id"] for option in structure["options"]}
    text = {**SINGLE_TEXT, "options": {i: SINGLE_TEXT["options"][i] for i in ids}}
    with pytest.raises(ValidationError, match=says):
        read_question(structure, text)


def test_options_that_read_alike_are_refused():
    options = {**SINGLE_TEXT["options"], "b": {"text": "**Deployed** or deploying"}}
    with pytest.raises(ValidationError, match="same text"):
        read_question(SINGLE, {**SINGLE_TEXT, "options": options})


def test_two_right_options_are_refused_where_one_is_chosen():
    structure = SINGLE | {
        "options": [{"id": "a", "key": True}, {"id": "b", "key": True}, {"id": "c"}]
    }
    with pytest.raises(ValidationError, match="exactly one option"):
        read_question(structure, SINGLE_TEXT)


@pytest.mark.parametrize("change", [{"key": True}, {"tag": "x"}, {"id": "q"}])
def test_a_translation_cannot_change_an_option(change):
    options = {**SINGLE_TEXT["options"], "b": {"text": "Started"} | change}
    with pytest.raises(ValueError, match="belongs in the structure file"):
        read_question(SINGLE, {**SINGLE_TEXT, "options": options})


def test_a_translation_cannot_make_a_question_uncritical():
    with pytest.raises(ValueError, match="critical: this belongs in the structure file"):
        read_question(SINGLE | {"critical": True}, {**SINGLE_TEXT, "critical": False})


def test_text_for_an_option_that_is_not_there_is_refused():
    options = {**SINGLE_TEXT["options"], "z": {"text": "?"}}
    with pytest.raises(ValueError, match="'z'"):
        read_question(SINGLE, {**SINGLE_TEXT, "options": options})


def test_an_option_without_text_in_this_language_is_refused():
    options = {"a": SINGLE_TEXT["options"]["a"], "b": SINGLE_TEXT["options"]["b"]}
    with pytest.raises(ValidationError, match=r"options\.2\.text"):
        read_question(SINGLE, {**SINGLE_TEXT, "options": options})


def test_single_and_multiple_are_told_apart_by_kind():
    assert isinstance(read_question(SINGLE, SINGLE_TEXT), SingleChoice)
    assert isinstance(read_question(MULTIPLE, MULTIPLE_TEXT), MultipleChoice)
    with pytest.raises(ValueError, match="kind is none of"):
        read_question(SINGLE | {"kind": "essay"}, SINGLE_TEXT)
