"""One answer by a corrected question: what counts otherwise, and what cannot be judged fairly."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from pydantic import TypeAdapter

from modules.progress.marking import mark_item
from modules.progress.sheet import Sheet
from modules.questions import AnyQuestion
from modules.regrade.judging import judge, with_marks

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
ID = "M01-Q01"
HEAD = {"id": ID, "objective": "O1", "difficulty": 1, "stem": "Which one?"}
READ = TypeAdapter(AnyQuestion)


def course(**fields):
    """A module with one question, as far as judging looks at it."""
    question = READ.validate_python({**HEAD, **fields})
    return SimpleNamespace(
        questions={ID: question},
        forms={},
        twins=lambda _: (),
        question=lambda id_: {ID: question}[id_],
    )


def answered(module, response, key=""):
    paper = {ID: ((ID, key),)}
    sheet = Sheet("review", 1, "seed", {}, paper=paper)
    given = mark_item(module, sheet, ID, response, sure=None, now=NOW)
    return Sheet("review", 1, "seed", {(ID, 1): given}, paper=paper)


def judged(old, new, response, key=""):
    sheet = answered(old, response, key)
    [one] = judge(old, new, sheet, ID)
    return one


def options(*keys, ids="abcd"):
    return [{"id": one, "key": one in keys, "text": f"Option {one}"} for one in ids]


def single(right, ids="abcd"):
    return course(kind="single_choice", options=options(right, ids=ids))


def several(*rights, ids="abcd"):
    return course(kind="multiple_choice", options=options(*rights, ids=ids))


def number(tolerance=0, parameters=None):
    return course(
        kind="numeric",
        stem="What is {n} times three?",
        parameters=parameters or {"n": [2, 4]},
        answer="n * 3",
        tolerance=tolerance,
    )


def gap(*accept):
    gaps = [{"id": "g1", "label": "The word", "accept": list(accept)}]
    return course(kind="fill_in", sentence="It is [[g1]].", gaps=gaps)


def test_another_key_lets_one_choice_count_and_the_other_not():
    up = judged(single("a"), single("b"), {"choice": "b"})
    down = judged(single("a"), single("b"), {"choice": "a"})
    same = judged(single("a"), single("b"), {"choice": "c"})
    assert [one.change for one in (up, down, same)] == ["up", "down", "same"]
    assert [one.changes for one in (up, down, same)] == [True, True, False]


def test_a_wider_tolerance_lets_a_near_number_count():
    assert judged(number(), number(1), {"value": 7.0}, "n=2").change == "up"
    assert judged(number(), number(1), {"value": 9.0}, "n=2").change == "same"


def test_an_accepted_spelling_that_was_added_counts():
    one = judged(
        gap("organisation"), gap("organisation", "organization"), {"gaps": {"g1": "organization"}}
    )
    assert (one.before.right, one.after.right) == (False, True)


def test_partial_credit_goes_up_and_down_by_the_part():
    half = judged(several("a", "b"), several("a"), {"choices": ["a"]})
    assert (half.before.right, half.after.right, half.change) == (False, True, "up")
    less = judged(several("a"), several("a", "b", "c"), {"choices": ["a"]})
    assert less.after.right is False
    assert 0 < less.after.score < 1
    assert less.change == "down"


@pytest.mark.parametrize(
    ("old", "new", "response", "key", "why"),
    [
        (single("a"), None, {"choice": "b"}, "", "unreadable"),
        (single("a"), several("a", "b"), {"choice": "b"}, "", "kind"),
        (single("a"), single("a", ids="acd"), {"choice": "b"}, "", "parts"),
        (single("a"), single("e", ids="abcde"), {"choice": "b"}, "", "parts"),
        (number(), number(parameters={"n": [2, 5]}), {"value": 12.0}, "n=4", "variant"),
    ],
)
def test_what_the_new_question_cannot_judge_keeps_its_grade(old, new, response, key, why):
    one = judged(old, new, response, key)
    assert (one.trouble, one.after, one.changes, one.change) == (why, None, False, "same")
    sheet = answered(old, response, key)
    assert with_marks(sheet, [one]) == sheet


def test_an_option_that_was_added_costs_nobody_a_right_answer():
    one = judged(single("a"), single("a", ids="abcde"), {"choice": "a"})
    assert (one.trouble, one.changes) == ("", False)


def test_a_question_that_is_gone_judges_nobody():
    empty = SimpleNamespace(questions={})
    assert judged(single("a"), empty, {"choice": "b"}).trouble == "gone"


def test_the_first_grade_stays_in_sight_however_often_it_is_corrected():
    old, sheet = single("a"), answered(single("a"), {"choice": "b"})
    once = with_marks(sheet, judge(old, single("b"), sheet, ID))
    twice = with_marks(once, judge(old, single("c"), once, ID))
    assert once.answers[ID, 1].correct
    assert twice.answers[ID, 1].correct is False
    assert twice.answers[ID, 1].was == sheet.answers[ID, 1].mark
    assert once.first() == sheet
