"""Numeric questions: parameters, arithmetic, reading what is typed, traps."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import ValidationError

from modules.basics import BadInput
from modules.questions import Numeric, read_question
from modules.questions.arithmetic import work_out
from modules.questions.number_text import read_number, write_number

STRUCTURE = {
    "id": "M01-Q09",
    "kind": "numeric",
    "objective": "O4",
    "difficulty": 2,
    "parameters": {"n": [200, 400, 12000], "p": [27, 55]},
    "answer": "n * p / 100",
    "whole": True,
    "unit_id": "organisations",
    "traps": [
        {"value": "n * (100 - p) / 100", "tag": "complement"},
        {"value": "p", "tag": "share-as-count"},
    ],
}
TEXT = {
    "stem": "A survey reached {n} organisations; {p}% had trained staff. How many is that?",
    "unit": "organisations",
    "why": "{p}% of {n} is {answer}.",
    "traps": {
        "complement": "{p}% is the part that did.",
        "share-as-count": "A share is not a count.",
    },
}


def item(n=400, p=27, **change):
    return read_question(STRUCTURE | change, TEXT).item({"n": n, "p": p})


def test_the_answer_follows_from_the_figures():
    grade = item().grade({"value": 108})
    assert (grade.score, grade.right, grade.tags) == (1.0, True, ())
    assert grade.version == Numeric.VERSION
    assert not item().grade({"value": 109}).right


def test_figures_stand_in_the_stem_and_the_reason():
    assert item(12000).stem.startswith("A survey reached 12,000 organisations; 27% had")
    assert item(12000).feedback({"value": 1}).why_key == "27% of 12,000 is 3,240."
    assert "400" in item(400).stem


def test_a_year_is_not_grouped():
    parts = {"parameters": {"year": [2022], "n": [200], "p": [27]}}
    text = TEXT | {"stem": "In {year}, {p}% of {n}?"}
    assert read_question(STRUCTURE | parts, text).variant("s").stem == "In 2022, 27% of 200?"


def test_a_wrong_turn_is_known_by_its_value():
    grade = item().grade({"value": 292.0})
    assert (grade.right, grade.tags) == (False, ("complement",))
    assert item().feedback({"value": 292}).why_tempts == ("27% is the part that did.",)
    assert item().grade({"value": 27}).tags == ("share-as-count",)
    assert item().grade({"value": 5}).tags == ()


def test_the_tolerance_is_absolute_and_includes_its_edge():
    rough = item(tolerance=2.0)
    assert rough.grade({"value": 110}).right
    assert not rough.grade({"value": 110.001}).right


def test_a_third_may_be_typed_with_ten_digits():
    third = Numeric.model_validate(
        {k: v for k, v in STRUCTURE.items() if k in ("id", "kind", "objective", "difficulty")}
        | {"stem": "A third?", "answer": "1 / 3"}
    ).variant("s")
    assert third.grade({"value": 0.3333333333}).right
    assert not third.grade({"value": 0.333}).right


def test_every_seed_gives_one_of_the_combinations_and_always_the_same():
    question = read_question(STRUCTURE, TEXT)
    drawn = {tuple(question.variant(f"{n}").values.values()) for n in range(100)}
    assert drawn == {tuple(one.values()) for one in question.combinations()}
    assert question.variant("seed-1") == question.variant("seed-1")
    assert question.variant("seed-1").values == {"n": 400, "p": 27}


@pytest.mark.parametrize(
    "value",
    [None, "108", True, float("nan"), float("inf"), pytest.param(10**400, id="huge"), [108], 1e16],
)
def test_a_response_that_is_no_number_is_refused(value):
    for what in (item().grade, item().feedback, item().plain):
        with pytest.raises(BadInput):
            what({"value": value})


def test_a_receipt_shows_the_number_with_its_unit():
    assert item().plain({"value": 12000.0}) == "12,000\u00a0organisations"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"answer": "n * q"}, "“q” is not one of the parameters"),
        ({"answer": "n / (p - 27)"}, "divides by zero"),
        ({"answer": "n * p / 7"}, "is not whole"),
        ({"answer": "n ** 2"}, r"not “n \*\* 2”"),
        ({"answer": "n.real"}, "not “n.real”"),
        ({"answer": "__import__('os')"}, "only"),
        ({"answer": "(" * 300}, "at most 200"),
        ({"answer": "n +"}, "not arithmetic"),
        ({"answer": ""}, "not arithmetic"),
        ({"answer": "n * p * 10000000000000"}, "too large"),
        ({"tolerance": 200.0}, "the trap “complement” gives the right answer"),
        ({"parameters": {"n": [200], "p": [50]}}, "n = 200, p = 50: the trap"),
        ({"parameters": {"n": [200], "p": []}}, "parameter p"),
        ({"parameters": {"n": [200], "p": [27], "answer": [1]}}, "parameter answer"),
        ({"parameters": {"n": [*range(1000)], "p": [27]}}, "more than 500"),
        (
            {"parameters": {"n": [200, 200], "p": [27]}},
            "n has 200 twice: write each value once",
        ),
        ({"parameters": {"n": [200, 200.0], "p": [27]}}, "parameter n has 200.0 twice"),
        (
            {"parameters": {"n": [200], "p": [27], "q": [1, 2]}},
            "does not show parameter q, which has 2 values: name {q} in it, or keep one",
        ),
        ({"parameters": {"n": [200]}}, "no parameter is called p"),
        ({"parameters": {"n": [True], "p": [27]}}, "parameters"),
        ({"tolerance": -1.0}, "tolerance"),
        ({"tolerance": float("inf")}, "tolerance"),
    ],
)
def test_a_writer_is_told_what_does_not_work_out(change, says):
    with pytest.raises(ValidationError, match=says):
        read_question(STRUCTURE | change, TEXT)


def test_a_reason_for_an_unknown_trap_is_refused():
    with pytest.raises(ValueError, match="other"):
        read_question(STRUCTURE, TEXT | {"traps": {"other": "?"}})


def test_a_unit_without_text_in_this_language_is_refused():
    with pytest.raises(ValidationError, match="the unit organisations has no text"):
        read_question(STRUCTURE, {k: v for k, v in TEXT.items() if k != "unit"})


def test_arithmetic_is_exact():
    assert work_out("0.1 + 0.2", {}) == Fraction(3, 10)
    assert work_out("-(n - 1) / 2 * 3", {"n": 0.5}) == Fraction(3, 4)


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1,200", ".", 1200),
        ("1.200", ".", 1.2),
        ("1.200", ",", 1200),
        ("1,5", ".", 1.5),
        ("0,123", ".", 0.123),
        ("1 200,5", ",", 1200.5),
        ("1\u202f000\u00a0000", ".", 1_000_000),
        ("1’000", ".", 1000),
        ("1.200.500,25", ".", 1200500.25),
        ("12,345.5", ".", 12345.5),
        (" 27 % ", ".", 27),
        ("27 per cent", ".", 27),
        ("27 percent", ".", 27),
        ("−5", ".", -5),
        (".5", ".", 0.5),
        ("１２", ".", 12),
        ("270 Organisations", ".", 270),
        ("1 organisation", ".", 1),
    ],
)
def test_numbers_are_read_as_people_type_them(text, mark, value):
    assert read_number(text, "organisations", mark) == value


@pytest.mark.parametrize(
    "text",
    ["", "two", "12 34", "1,2,3", "1e5", "nan", "1/2", "5 5", "about 5", "9" * 30, "1.2.3,4", "%"],
)
def test_what_would_have_to_be_guessed_is_not_read(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("number", "mark", "text"),
    [
        (1200, ".", "1,200"),
        (12345.5, ".", "12,345.5"),
        (12345.5, ",", "12\u202f345,5"),
        (-3, ".", "−3"),
        (Fraction(1, 3), ".", "0.333333"),
        (-0.0000001, ".", "0"),
    ],
)
def test_numbers_are_written_for_people(number, mark, text):
    assert write_number(number, mark) == text
