"""Sort the fields: solutions, the count against pandas, what a neighbour finds, what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest
from pydantic import ValidationError

from modules import synth
from modules.basics import BadInput
from modules.course.files import read_module
from modules.labs import LABS, Place, sort_fields
from modules.labs.sort_fields.attack import alone, beside, look_up, target
from modules.labs.sort_fields.grading import points, released
from modules.labs.sort_fields.options import HINTS, Options
from modules.labs.sort_fields.state import samples
from modules.labs.sort_fields.working import COLUMNS, COUNTS, TOWN_SEED, table
from modules.settings import ROOT
from modules.synth.dictionary import described
from tests.course import SHIPPED


def shipped():
    module = read_module(SHIPPED, "m02-rules-of-the-road", "en")
    return module.lab_of("sort-fields").options


OPTIONS = shipped()
SEEDS = [f"seed {number}" for number in range(20)]


def begun(seed="s"):
    return sort_fields.start(OPTIONS, seed)


def solved(seed="s"):
    return sort_fields.solve(begun(seed))


def with_task(id_, seed="s"):
    """A solved lab whose seed drew this task."""
    return next(state for n in range(300) if (state := solved(f"{seed} {n}")).drawn.task.id == id_)


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


def test_a_sharp_pair_is_harmless_apart_and_singles_most_out_together():
    for pair in OPTIONS.pairs:
        one, two = (alone(OPTIONS.people, frozenset({name})) for name in pair.both)
        both = alone(OPTIONS.people, frozenset(pair.both))
        assert points(begun(), pair) is (pair.kind == "sharp")
        if pair.kind == "sharp":
            assert max(one, two) < 0.01 * OPTIONS.people
            assert both > 0.5 * OPTIONS.people
        else:
            assert both == 0


@pytest.mark.parametrize(
    "columns",
    [["birthday", "postcode"], ["ward", "sex"], ["birth_date", "postcode", "sex"], ["name"]],
)
def test_the_count_agrees_with_pandas(columns):
    import pandas

    frame = pandas.DataFrame({name: table(OPTIONS.people)[name] for name in columns})
    size = frame.groupby(columns)[columns[0]].transform("size")
    assert alone(OPTIONS.people, frozenset(columns)) == int((size == 1).sum())


def test_the_count_agrees_with_what_was_planted_in_the_town():
    planted = synth.fernleigh(people=OPTIONS.people, seed=TOWN_SEED).planted
    found = alone(OPTIONS.people, frozenset({"birth_date", "postcode", "sex"}))
    assert found == int(planted.unique.sum())


def test_the_working_table_tells_what_the_tables_tell():
    town, held = synth.fernleigh(people=OPTIONS.people, seed=TOWN_SEED), table(OPTIONS.people)
    home = {row["property_id"]: row for row in town.table("housing").rows()}
    for place, row in enumerate(town.table("residents").rows()):
        if place % 97 == 0:
            its = home[row["property_id"]]
            assert held["name"][place] == f"{row['first_name']} {row['last_name']}"
            assert held["damp"][place] == ("yes" if its["damp"] else "no")
            assert held["people"][place] == str(its["people"])
            assert row["address"].endswith(held["street"][place])
    assert set(COLUMNS) <= held.keys()


def test_the_least_of_every_task_leaves_nobody_alone_unless_it_has_to_reach_them():
    for task in OPTIONS.tasks:
        exposed = alone(OPTIONS.people, frozenset(task.least))
        assert exposed > 0.05 * OPTIONS.people if task.reach else exposed == 0, task.id


def test_examples_of_large_counts_are_large_and_of_a_count_of_one_are_one():
    for name, count in COUNTS.items():
        shown = count(OPTIONS.people)
        assert len(shown) >= 3, name
        numbers = [
            int(one.rsplit(": ", 1)[1].removesuffix(" trips").replace(",", "")) for one in shown
        ]
        assert all(n == 1 for n in numbers) if name.endswith("one-by-ward") else min(numbers) >= 20


def test_the_register_agrees_with_the_data_dictionary_of_the_town():
    classes = {"personal": "personal", "special": "special category", "pseudonymised": "personal"}
    compared = [one for one in OPTIONS.fields if one.column and not one.column.startswith("count:")]
    assert len(compared) > 10
    for one in compared:
        entry = described()[one.table].columns[one.column]
        assert entry.kind == classes[one.box], (one.id, entry.kind)
    for one in OPTIONS.columns:
        kinds = {
            table.columns[one.id].kind for table in described().values() if one.id in table.columns
        }
        if kinds:
            assert one.special is ("special category" in kinds), (one.id, kinds)


def test_free_text_shows_the_cell_that_tells():
    for seed in SEEDS:
        for one in begun(seed).drawn.fields:
            shown = samples(begun(seed), one)
            assert 2 <= len(shown) <= 3 or one.id == "element", (one.id, shown)
            assert set(one.samples[:3]) <= set(shown)


def test_a_likely_need_is_shown_as_a_number_and_a_yes_or_no_in_words():
    shown = {
        one.id: samples(begun(), one) for one in OPTIONS.fields if one.id in {"score", "element"}
    }
    assert all(0 <= float(value) <= 1 for value in shown["score"])
    assert set(shown["element"]) == {"yes", "no"}


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


def test_a_neighbour_finds_one_row_and_what_it_adds_or_gets_lost_in_many():
    row, people = target(OPTIONS.people, 0.5), OPTIONS.people
    known = frozenset({"birth_date", "postcode", "sex"})
    found = look_up(people, ["birth_date", "postcode", "condition"], known, row)
    assert found == (1, (("condition", table(people)["condition"][row]),))
    assert found.adds[0][1]
    lost = look_up(people, ["sex", "condition"], known, row)
    assert lost.fit > 100
    assert lost.adds == ()
    assert look_up(people, ["postcode", "birth_date"], known, row) == (1, ())


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


def test_the_script_runs_by_itself_and_counts_what_the_lab_counts():
    state = with_task("advisers")
    shown = sort_fields.script(state)
    assert len(shown.splitlines()) <= 60
    done = subprocess.run(
        [sys.executable, "-c", shown], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    both = alone(OPTIONS.people, frozenset({"birthday", "postcode"}))
    assert f"{both} of {OPTIONS.people} stand alone" in " ".join(done.stdout.split())


def test_the_neighbour_looks_for_the_learners_citizen_and_no_grade_or_draft_changes():
    mine, other = synth.citizen("one").resident_id, synth.citizen("two").resident_id
    plain = solved()
    hers = sort_fields.shown_to(plain, mine)
    ids = table(OPTIONS.people)["resident_id"].tolist()
    assert (ids[hers.whom], ids[sort_fields.shown_to(plain, other).whom]) == (mine, other)
    assert sort_fields.shown_to(plain, "nobody").whom == plain.drawn.neighbour
    assert sort_fields.dump(hers) == sort_fields.dump(plain)
    assert sort_fields.grade(hers) == sort_fields.grade(plain)
    assert sort_fields.script(hers) == sort_fields.script(plain)


def test_how_many_share_two_values_with_her_is_what_pandas_counts():
    import pandas

    frame = pandas.DataFrame({name: table(OPTIONS.people)[name] for name in COLUMNS})
    row = sort_fields.shown_to(begun(), synth.citizen("one").resident_id).whom
    for pair in OPTIONS.pairs:
        left, right = pair.both
        same = (frame[left] == frame[left][row]) & (frame[right] == frame[right][row])
        assert beside(OPTIONS.people, frozenset(pair.both), row) == int(same.sum())
