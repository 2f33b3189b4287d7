"""Sort the fields: solutions, what is graded how, what is refused."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from pydantic import ValidationError

from modules.basics import BadInput
from modules.labs import LABS, Place, sort_fields
from modules.labs.sort_fields.grading import released
from modules.labs.sort_fields.options import HINTS, Options
from tests.sorting import OPTIONS, SEEDS, begun, solved, with_task


def failed(state):
    return {check.hint for check in sort_fields.checks(state) if not check.passed}


def test_the_reference_solution_passes_and_not_thinking_fails_for_every_seed():
    for seed in SEEDS:
        grade = sort_fields.grade(solved(seed))
        assert (grade.score, grade.right, grade.tags) == (1.0, True, ())
        naive = sort_fields.grade(sort_fields.naive(begun(seed)))
        assert not naive.right
        assert naive.score < 0.6


def test_an_untouched_lab_earns_nothing():
    grade = sort_fields.grade(begun())
    assert (grade.score, grade.right) == (0.0, False)


def test_every_learner_meets_each_kind_of_field_a_sharp_and_a_blunt_pair_and_a_release():
    tasks = set()
    for seed in SEEDS:
        drawn = begun(seed).drawn
        assert Counter(one.group for one in drawn.fields) == Counter(OPTIONS.draw)
        assert sorted(pair.kind for pair in drawn.pairs) == ["blunt", "sharp"]
        assert set(drawn.task.least) <= {one.id for one in drawn.columns}
        assert sum(one.special for one in drawn.columns) == 1
        assert len(drawn.columns) == OPTIONS.offered
        tasks.add(drawn.task.id)
    assert len(tasks) > 3
    assert len({tuple(one.id for one in begun(seed).drawn.fields) for seed in SEEDS}) > 15


def test_one_card_may_be_wrong_two_may_not():
    state = solved()
    one, two, *_ = (one.id for one in state.drawn.fields if one.box in ("criminal", "personal"))
    once = replace(state, boxes=state.boxes | {one: "anonymous"})
    assert sort_fields.grade(once).right
    assert sort_fields.grade(once).score == 13 / 14
    assert not sort_fields.grade(replace(once, boxes=once.boxes | {two: "anonymous"})).right


def test_a_count_of_one_may_be_called_personal_but_not_anonymous():
    state = solved()
    said = replace(state, boxes=state.boxes | {"single": "personal"})
    assert sort_fields.grade(said).score == 1.0
    said = replace(state, boxes=state.boxes | {"single": "anonymous"})
    assert failed(said) == {"box-special"}


def test_a_release_that_lacks_a_column_or_has_one_too_many_does_not_pass():
    state = with_task("advisers")
    assert failed(replace(state, release=("ward",))) == {"release-missing"}
    spare = next(
        one.id
        for one in state.drawn.columns
        if one.id in {"phone", "ni_number", "name", "birth_date", "address"}
    )
    assert failed(replace(state, release=("ward", "damp", spare))) == {
        "release-beyond",
        "release-alone",
    }
    special = next(one.id for one in state.drawn.columns if one.special)
    assert "release-special" in failed(replace(state, release=("ward", "damp", special)))


def test_a_release_that_reaches_people_may_tell_them_apart_and_nothing_else():
    state = with_task("calls")
    assert all(released(state).values())
    more = next(one.id for one in state.drawn.columns if one.id not in state.drawn.task.least)
    assert failed(replace(state, release=(*state.release, more))) >= {
        "release-beyond",
        "release-alone",
    }


def test_one_hands_in_from_the_last_card_or_once_nothing_is_open():
    assert begun().open() == tuple(range(1, 12))
    assert solved().open() == ()
    assert sort_fields.place(begun()) == Place(1, False)
    assert sort_fields.place(replace(begun(), page=11)) == Place(11, True)
    assert sort_fields.place(solved()) == Place(1, True)


def test_a_state_survives_json_for_every_seed():
    for seed in SEEDS:
        for state in (begun(seed), solved(seed), sort_fields.naive(begun(seed))):
            body = json.loads(json.dumps(sort_fields.dump(state)))
            assert sort_fields.load(OPTIONS, seed, body) == state
    assert sort_fields.dump(begun()) == {}


DRAWN = begun().drawn


UNDRAWN = next(one.id for one in OPTIONS.fields if one not in DRAWN.fields)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"colour": "red"},
        {"boxes": []},
        {"boxes": {UNDRAWN: "personal"}},
        {"boxes": {DRAWN.fields[0].id: "secret"}},
        {"boxes": {DRAWN.fields[0].id: ["personal"]}},
        {"pairs": {"ward-moon": True}},
        {"pairs": {DRAWN.pairs[0].id: "yes"}},
        {"pairs": []},
        {"looked": ["ward-moon"]},
        {"looked": "all"},
        {"looked": [["x"]]},
        {"release": ["resident_id"]},
        {"release": [DRAWN.columns[0].id, DRAWN.columns[0].id]},
        {"release": {"name": True}},
        {"release": [7]},
    ],
)
def test_what_was_never_offered_is_refused(body):
    with pytest.raises(BadInput):
        sort_fields.load(OPTIONS, "s", body)


def test_every_check_has_a_hint_and_every_hint_a_check():
    used = {check.hint for seed in SEEDS for check in sort_fields.checks(begun(seed))}
    assert used == set(HINTS) == set(OPTIONS.hints)
    assert LABS["sort_fields"] is sort_fields


def raw():
    return OPTIONS.model_dump()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"hints": {}}, "there is no hint for box-personal"),
        ({"draw": {"personal": 3, "unknown": 1}}, "group unknown"),
        ({"boxes": {"personal": "Personal"}}, "the boxes are"),
        ({"colour": "red"}, "colour"),
        ({"people": 50}, "people"),
    ],
)
def test_a_writer_is_told_what_is_wrong(change, says):
    with pytest.raises(ValidationError, match=says):
        Options.model_validate(raw() | change)


def test_a_task_needs_columns_that_are_offered():
    body = raw()
    body["tasks"] = [body["tasks"][0] | {"needs": "ward shoe_size"}]
    with pytest.raises(ValidationError, match="not offered"):
        Options.model_validate(body)
