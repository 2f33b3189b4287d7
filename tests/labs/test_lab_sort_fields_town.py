"""Sort the fields: what it counts and shows, against pandas, the town and its dictionary."""

from __future__ import annotations

import subprocess
import sys

import pytest

from modules import synth
from modules.labs import sort_fields
from modules.labs.sort_fields.attack import alone, beside, look_up, target
from modules.labs.sort_fields.grading import points
from modules.labs.sort_fields.state import samples
from modules.labs.sort_fields.working import COLUMNS, COUNTS, TOWN_SEED, table
from modules.settings import ROOT
from modules.synth.dictionary import described
from tests.sorting import OPTIONS, SEEDS, begun, solved, with_task


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
