"""Any town: whatever its size and seed, its tables hold together, and a large one is quick."""

import re
import statistics
import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from modules import synth
from modules.synth.draws import coded, pick, scattered, stream
from modules.synth.tables.residents import resident_ids, row_of
from modules.synth.town import Town

SEEDS = st.text(min_size=1, max_size=20).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(people=st.integers(100, 700), seed=SEEDS)
def test_any_town_has_its_links_its_size_and_no_future(people, seed):
    town = Town(people, seed, "en_GB")
    residents = set(town.table("residents")["resident_id"].tolist())
    assert len(residents) == people
    for table in town.tables.values():
        lengths = {len(column) for column in table.columns.values()}
        assert lengths == {len(table)}
        if "resident_id" in table.columns:
            assert set(table["resident_id"].tolist()) - {""} <= residents
        for name, column in table.columns.items():
            if column.dtype.kind == "M" and name not in ("last_checked", "last_inspected"):
                latest = column[~np.isnat(column)].astype("datetime64[D]")
                assert not len(latest) or latest.max() <= synth.AS_OF, (table.name, name)
            if column.dtype.kind == "f":
                assert np.isfinite(column).all()
                assert (column >= 0).all()
    assert set(town.planted.citizens) <= residents


@settings(max_examples=60, deadline=None)
@given(seed=st.text(max_size=40))
def test_any_learner_meets_a_citizen_with_every_field(seed):
    fields = synth.citizen(seed).fields()
    assert all(value.strip() for value in fields.values())
    assert 29 <= int(fields["age"]) <= 45


@given(st.lists(st.integers(0, 999_999), min_size=1, max_size=50))
def test_numbers_as_text_are_those_that_python_writes(numbers):
    assert coded("R", np.array(numbers), 6, "x").tolist() == [f"R{n:06d}x" for n in numbers]


@given(st.lists(st.integers(-1, 9_000_000), min_size=1, max_size=50).filter(lambda n: max(n) >= 0))
def test_a_row_is_found_again_by_its_number(rows):
    identifiers = resident_ids(np.maximum(np.array(rows), 0))
    identifiers[np.array(rows) < 0] = ""
    found = row_of(identifiers).tolist()
    small = [row for row in rows if row < 9_899_999]
    assert [f for f, row in zip(found, rows, strict=True) if row < 9_899_999] == small


@given(st.integers(1, 5000), st.integers(0, 3_999_999))
def test_scattered_numbers_never_meet(size, start):
    assert len(set(scattered(size, 4_000_000, 1_234_567, start).tolist())) == size


@given(st.lists(st.floats(0, 10), min_size=2, max_size=8).filter(lambda w: sum(w) > 0.1), SEEDS)
def test_what_weighs_nothing_is_never_picked(weights, seed):
    found = pick(stream(seed, "p"), np.array([weights]), np.zeros(200, int))
    assert all(weights[place] > 0 for place in set(found.tolist()))


def spent(people, times):
    taken = []
    for number in range(times):
        began = time.process_time()
        assert len(Town(people, f"quick {number}", "en_GB").tables) == 12
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def test_towns_are_made_in_time():
    """Bounds of the task; the usual figures, far below, are in the documents."""
    spent(200, 1)  # loads Faker
    assert spent(5000, 5) < 0.5
    assert spent(100_000, 3) < 3


def test_a_town_of_100_000_still_singles_out_nearly_everybody():
    town = synth.fernleigh(100_000, "large")
    assert 0.96 < town.planted.unique.mean() < 1
    assert re.fullmatch(r"R\d{7}", str(town.table("residents")["resident_id"][-1]))
    homes = town.table("housing")
    addresses = np.strings.add(homes["address"], homes["postcode"])
    assert len(np.unique(addresses)) == len(homes)
