"""Spot the problem: rows and kinds, how many are drawn, what is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from modules.basics import BadInput
from modules.questions import read_question

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 2}


def row(id_, name, paid="400", **more):
    return {"id": id_, "cells": {"name": name, "paid": paid}} | more


ROWS = [
    row("r1", "Dana"),
    row("r2", "Tom", "39950", problem="pence", tag="format-is-truth"),
    row("r3", "Lena", "0", tag="zero-is-missing"),
    row("r4", "Dana", problem="twice", beside="r1"),
]
DATA = HEAD | {
    "kind": "spot_problem",
    "columns": ["name", "paid"],
    "problems": [{"id": "pence"}, {"id": "twice"}],
    "rows": ROWS,
}
TEXT = {
    "stem": "Which rows are wrong?",
    "title": "Grants (invented data)",
    "columns": {"name": "Name", "paid": "Paid, £"},
    "problems": {
        "pence": {"text": "Pence, not pounds", "why": "A hundred times the others."},
        "twice": {"text": "The same row twice", "why": "Every cell is the same."},
    },
    "rows": {
        "r2": {"why": "39,950 is in pence."},
        "r3": {"why": "Nothing paid yet is a value."},
        "r4": {"why": "Row r1 again."},
    },
}


@pytest.fixture
def item():
    return read_question(DATA, TEXT).variant("s")


@pytest.mark.parametrize(
    ("marks", "score", "tags"),
    [
        ({"r2": "pence", "r4": "twice"}, 1.0, ()),
        ({"r2": "pence"}, 0.5, ()),
        ({"r4": "twice"}, 0.5, ("format-is-truth",)),
        ({"r2": "twice", "r4": "twice"}, 0.75, ("format-is-truth",)),
        ({"r2": "pence", "r4": "twice", "r3": "pence"}, 0.5, ("zero-is-missing",)),
        ({"r1": "pence"}, 0.0, ("format-is-truth",)),
        ({f"r{n}": "pence" for n in range(1, 5)}, 0.0, ("zero-is-missing",)),
    ],
)
def test_a_wrong_kind_counts_half_and_a_sound_row_costs_one(item, marks, score, tags):
    grade = item.grade({"marks": marks})
    assert (grade.score, grade.right, grade.tags) == (score, score == 1.0, tags)


@pytest.mark.parametrize(
    "marks", [{}, {"r9": "pence"}, {"r1": "?"}, {"r1": None}, {"r1": ["pence"]}, ["r1"], "r1", None]
)
def test_marks_that_cannot_be_are_refused(item, marks):
    for what in (item.grade, item.feedback, item.plain):
        with pytest.raises(BadInput):
            what({"marks": marks})


def test_feedback_tells_of_rows_missed_sound_rows_and_wrong_kinds(item):
    feedback = item.feedback({"marks": {"r2": "twice", "r3": "pence"}})
    assert "39,950 is in pence." in feedback.why_key
    assert "Row r1 again." in feedback.why_key
    sound, kind = feedback.why_tempts
    assert sound.endswith("Nothing paid yet is a value.")
    assert kind.endswith("Every cell is the same.")
    assert item.feedback({"marks": {"r2": "pence", "r4": "twice"}}).why_tempts == ()


def test_a_receipt_names_rows_and_problems(item):
    assert item.plain({"marks": {"r2": "pence"}}) == "Tom: Pence, not pounds"


def test_one_mark_is_enough_to_send(item):
    assert item.complete({"marks": {"r1": "pence"}})
    assert not item.complete({"marks": {}})


def test_the_seed_draws_the_rows_and_their_order():
    question = read_question(DATA | {"show": 2, "bad": 1}, TEXT)
    drawn = {tuple(row.id for row in question.variant(f"{n}").rows) for n in range(80)}
    assert {frozenset(ids) for ids in drawn} == {
        frozenset(pair) for pair in (("r1", "r2"), ("r2", "r3"), ("r1", "r4"))
    }
    assert {("r1", "r2"), ("r2", "r1")} <= drawn
    kept = read_question(DATA | {"shuffle": False}, TEXT)
    assert {tuple(row.id for row in kept.variant(f"{n}").rows) for n in range(9)} == {
        ("r1", "r2", "r3", "r4")
    }


def test_a_row_that_is_not_drawn_cannot_be_marked():
    item = read_question(DATA | {"show": 3}, TEXT).variant("s")
    gone = {"r1", "r2", "r3", "r4"} - {row.id for row in item.rows}
    assert gone == {"r3"}, "the first of two that are the same is always drawn"
    with pytest.raises(BadInput):
        item.grade({"marks": {"r3": "pence"}})


BROKEN = [
    ({"rows": [row("r1", "Dana"), ROWS[1], {"id": "r3", "cells": {"name": "x"}}]}, "paid"),
    ({"rows": [ROWS[0], row("r2", "Tom", problem="odd")]}, "no problem called odd"),
    ({"rows": [ROWS[0], row("r2", "Tom")]}, "0 of 2 rows have a problem"),
    ({"rows": [row("r2", "T", problem="pence"), row("r4", "D", problem="twice")]}, "2 of 2"),
    ({"rows": [ROWS[0], ROWS[1], row("r1", "Tom")]}, "same id"),
    ({"rows": [ROWS[0], row("r2", "Tom", problem="pence", beside="r9")]}, "beside a fine one"),
    ({"show": 2}, "“show” is 2"),
    ({"show": 5}, "“show” is 5"),
    ({"bad": 3}, "“bad” is 3"),
    ({"bad": 0}, "“bad” is 0"),
    ({"columns": ["name"]}, "at least 2"),
]


@pytest.mark.parametrize(("change", "says"), BROKEN)
def test_a_writer_is_told_what_is_wrong_with_the_data(change, says):
    structure = DATA | change
    ids = {one["id"] for one in structure["rows"]}
    text = TEXT | {"rows": {id_: TEXT["rows"][id_] for id_ in TEXT["rows"] if id_ in ids}}
    text["columns"] = {id_: TEXT["columns"][id_] for id_ in structure["columns"]}
    with pytest.raises(ValidationError, match=says):
        read_question(structure, text)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"columns": {"name": "Name", "paid": "Name"}}, "same heading"),
        ({"columns": {"name": "Name"}}, "valid string"),
        ({"columns": {"name": "Name", "paid": " "}}, "is empty"),
        ({"columns": {"name": "Name", "paid": "Paid", "more": "?"}}, "'more'"),
        ({"rows": {"r9": {"why": "?"}}}, "'r9'"),
        ({"rows": {"r1": {"cells": {}}}}, "belongs in the structure file"),
        ({"rows": {"r1": {"problem": "pence"}}}, "belongs in the structure file"),
        ({"problems": {"pence": {"text": "a"}, "twice": {"text": "a"}}}, "same text"),
        ({"problems": {"pence": {"text": "a"}}}, "problems.1.text"),
        ({"show": 2}, "belongs in the structure file"),
    ],
)
def test_a_text_that_does_not_fit_the_data_is_refused(change, says):
    with pytest.raises(ValueError, match=says):
        read_question(DATA, TEXT | change)
