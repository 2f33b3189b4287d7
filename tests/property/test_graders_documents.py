"""Graders of documents, data sets and judgements: bounds, fair credit, nothing an oddity breaks."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from modules.basics import BadInput
from modules.questions import Hotspot, Judgement, Redaction, SpotProblem

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 1, "stem": "?"}
IDS = "abcdefgh"
NAMES = ["spots", "covered", "marks", "choice", "reason", "x"]

seeds = st.text(max_size=8)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["a", "b", "k1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*NAMES, "a", "b"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def hotspot(rights):
    spots = [
        {"id": id_, "at": str(n), "key": right, "tag": f"tag-{id_}"}
        for n, (id_, right) in enumerate(zip(IDS, rights, strict=False), 1)
    ]
    return HEAD | {
        "kind": "hotspot",
        "picture": "document",
        "title": "A letter",
        "spots": spots,
        "lines": [f"line {n}" for n in range(len(spots))],
    }


def redaction(rights):
    spans = [
        {"id": id_, "hide": right, "tag": f"tag-{id_}"}
        for id_, right in zip(IDS, rights, strict=False)
    ]
    passage = ", ".join(f"[[{span['id']}|words {span['id']}]]" for span in spans)
    return HEAD | {"kind": "redaction", "title": "A note", "spans": spans, "passage": passage}


PLACES = [(Hotspot, hotspot, "spots"), (Redaction, redaction, "covered")]


@st.composite
def placed(draw):
    """A question with places, the field of its response, what is right, and some marks."""
    rights = draw(st.lists(st.booleans(), min_size=2, max_size=8))
    assume(0 < sum(rights) < len(rights))
    type_, data, field = draw(st.sampled_from(PLACES))
    ids = IDS[: len(rights)]
    marks = draw(st.sets(st.sampled_from(ids), min_size=1))
    keys = {id_ for id_, right in zip(ids, rights, strict=True) if right}
    return type_.model_validate(data(rights)), field, keys, marks


@st.composite
def data_sets(draw):
    """A data set of which all rows are drawn, and some marks on it."""
    problems = ["k1", "k2"]
    rows = [
        {"id": id_, "cells": {"one": id_, "two": ""}, "problem": kind, "tag": f"tag-{id_}"}
        for id_, kind in zip(
            IDS,
            draw(st.lists(st.sampled_from(["", *problems]), min_size=2, max_size=8)),
            strict=False,
        )
    ]
    assume(0 < sum(bool(row["problem"]) for row in rows) < len(rows))
    question = SpotProblem.model_validate(
        HEAD
        | {
            "kind": "spot_problem",
            "title": "Data",
            "columns": {"one": "One", "two": "Two"},
            "problems": [{"id": kind, "text": kind} for kind in problems],
            "rows": rows,
        }
    )
    ids = st.sampled_from([row["id"] for row in rows])
    marks = draw(st.dictionaries(ids, st.sampled_from(problems), min_size=1))
    return question, marks


@st.composite
def judgements(draw):
    """A judgement whose acceptable choices all have a reason."""
    sound = draw(st.lists(st.booleans(), min_size=2, max_size=5).filter(any))
    ids = [id_ for id_, fine in zip(IDS, sound, strict=False) if fine]
    supports = [[id_] for id_ in ids]
    supports += draw(st.lists(st.lists(st.sampled_from(ids), unique=True), max_size=2))
    return Judgement.model_validate(
        HEAD
        | {
            "kind": "judgement",
            "options": [
                {"id": id_, "text": id_, "acceptable": fine, "tag": "" if fine else f"tag-{id_}"}
                for id_, fine in zip(IDS, sound, strict=False)
            ],
            "reasons": [
                {"id": f"r{n}", "text": f"because {n}", "supports": some}
                for n, some in enumerate(supports)
            ]
            + [{"id": "weak", "text": "because", "tag": "tag-weak"}],
        }
    )


def marked(question, field, marks, seed="s"):
    return question.variant(seed).grade({field: sorted(marks)})


def named(question, marks, seed="s"):
    return question.variant(seed).grade({"marks": marks})


@given(placed(), seeds)
def test_marks_earn_between_nothing_and_full_marks(drawn, seed):
    question, field, keys, marks = drawn
    grade = marked(question, field, marks, seed)
    assert 0.0 <= grade.score <= 1.0
    assert grade.right == (grade.score == 1.0) == (marks == keys)
    assert set(grade.tags) == {f"tag-{id_}" for id_ in marks ^ keys}
    assert grade == marked(question, field, marks, "another seed")


@given(placed())
def test_mending_a_mark_never_lowers_the_score_and_a_wrong_one_never_pays(drawn):
    question, field, keys, marks = drawn
    before = marked(question, field, marks).score
    for id_ in {place.id for place in question.variant("s").places} - marks:
        after = marked(question, field, marks | {id_})
        assert after.score >= before if id_ in keys else after.score <= before
    for id_ in marks - keys:
        if rest := marks - {id_}:
            assert marked(question, field, rest).score >= before
    everything = {place.id for place in question.variant("s").places}
    assert marked(question, field, everything).score < 1


@given(placed())
def test_the_order_of_places_changes_nothing(drawn):
    question, field, _, marks = drawn
    name = "spots" if field == "spots" else "spans"
    turned = question.model_copy(update={name: getattr(question, name)[::-1]})
    assert marked(turned, field, marks) == marked(question, field, marks)


@given(data_sets(), seeds)
def test_a_data_set_earns_between_nothing_and_full_marks(drawn, seed):
    question, marks = drawn
    grade = named(question, marks, seed)
    right = {row.id: row.problem for row in question.rows if row.problem}
    assert 0.0 <= grade.score <= 1.0
    assert grade.right == (grade.score == 1.0) == (marks == right)
    assert grade == named(question, marks, "another seed")
    turned = question.model_copy(update={"rows": question.rows[::-1]})
    again = named(turned, marks)
    assert (again.score, set(again.tags)) == (grade.score, set(grade.tags))


@given(data_sets())
def test_mending_a_row_never_lowers_the_score_and_marking_sound_rows_never_pays(drawn):
    question, marks = drawn
    before = named(question, marks).score
    for row in question.rows:
        rest = {id_: kind for id_, kind in marks.items() if id_ != row.id}
        mended = rest | {row.id: row.problem} if row.problem else rest
        if mended:
            assert named(question, mended).score >= before
        if not row.problem:
            assert named(question, marks | {row.id: "k1"}).score <= before
    for kind in ("k1", "k2"):
        assert named(question, {row.id: kind for row in question.rows}).score < 1


@given(st.integers(1, 4), st.integers(1, 4), st.data(), seeds)
def test_the_seed_draws_as_many_rows_as_are_shown(wrong, fine, data, seed):
    rows = [{"id": f"b{n}", "cells": {"one": "1", "two": "2"}, "problem": "k"} for n in range(4)]
    rows += [{"id": f"f{n}", "cells": {"one": "1", "two": "2"}} for n in range(4)]
    rows[0]["beside"] = "f3"
    question = SpotProblem.model_validate(
        HEAD
        | {
            "kind": "spot_problem",
            "title": "Data",
            "columns": {"one": "One", "two": "Two"},
            "problems": [{"id": "k", "text": "Wrong"}],
            "rows": rows,
            "bad": wrong,
            "show": wrong + fine,
        }
    )
    item = question.variant(seed)
    ids = [row.id for row in item.rows]
    assert (len(ids), sum(id_[0] == "b" for id_ in ids)) == (wrong + fine, wrong)
    assert "b0" not in ids or "f3" in ids
    assert item == question.variant(seed)
    hidden = {row["id"] for row in rows} - set(ids)
    if hidden:
        with pytest.raises(BadInput):
            item.grade({"marks": {data.draw(st.sampled_from(sorted(hidden))): "k"}})


@given(judgements(), seeds)
def test_a_judgement_is_worth_its_reason(question, seed):
    item = question.variant(seed)
    for choice in question.options:
        scores = set()
        for reason in question.reasons:
            grade = item.grade({"choice": choice.id, "reason": reason.id})
            carried = choice.id in reason.supports
            assert grade.score == (1.0 if carried else 0.5 if choice.acceptable else 0.0)
            assert grade.right == carried
            assert set(grade.tags) == {choice.tag, reason.tag} - {""}
            scores.add(grade.score)
        assert scores <= ({0.5, 1.0} if choice.acceptable else {0.0})
    turned = question.model_copy(
        update={"options": question.options[::-1], "reasons": question.reasons[::-1]}
    )
    answer = {"choice": question.options[0].id, "reason": "weak"}
    assert turned.variant("t").grade(answer) == item.grade(answer)


FIXED = [
    Hotspot.model_validate(hotspot([True, False, True])),
    Redaction.model_validate(redaction([True, False, True])),
    SpotProblem.model_validate(
        HEAD
        | {
            "kind": "spot_problem",
            "title": "Data",
            "columns": {"one": "One", "two": "Two"},
            "problems": [{"id": "k1", "text": "Wrong"}],
            "rows": [
                {"id": "a", "cells": {"one": "1", "two": "2"}, "problem": "k1"},
                {"id": "b", "cells": {"one": "1", "two": "2"}},
            ],
        }
    ),
    Judgement.model_validate(
        HEAD
        | {
            "kind": "judgement",
            "options": [{"id": "a", "text": "A", "acceptable": True}, {"id": "b", "text": "B"}],
            "reasons": [{"id": "a", "text": "C", "supports": ["a"]}, {"id": "b", "text": "D"}],
        }
    ),
]
FIELDS = {"hotspot": "spots", "redaction": "covered", "spot_problem": "marks"}


@pytest.mark.parametrize("question", FIXED, ids=lambda one: one.kind)
@settings(max_examples=200)
@given(value=json, other=json, more=st.booleans(), seed=seeds)
def test_any_response_is_graded_or_refused_and_never_breaks(question, value, other, more, seed):
    item = question.variant(seed)
    field = FIELDS.get(question.kind)
    body = {field: value} if field else {"choice": value, "reason": other}
    for response in (value, body, body | {"more": other} if more else {}):
        for what in (item.grade, item.feedback, item.plain):
            try:
                what(response)
            except BadInput:
                continue
            assert isinstance(response, dict)
            assert set(response) == set(body)


@given(placed(), st.randoms(use_true_random=False), seeds)
def test_samples_of_places_are_right_and_wrong(drawn, rng, seed):
    check_samples(drawn[0].variant(seed), rng)


@given(st.one_of(data_sets().map(lambda drawn: drawn[0]), judgements()), seeds, st.data())
def test_samples_of_data_and_judgements_are_right_and_wrong(question, seed, data):
    check_samples(question.variant(seed), data.draw(st.randoms(use_true_random=False)))


def check_samples(item, rng):
    right, wrong = item.sample(rng)
    assert item.grade(right).score == 1.0
    assert item.grade(wrong).score < 1.0
    for response in (right, wrong):
        assert item.complete(response)
        assert item.plain(response)
