"""What is kept of a part, over any history of people who come and are erased."""

from __future__ import annotations

from itertools import combinations, count

from hypothesis import given
from hypothesis import strategies as st

from modules.analysing.counting import grown

COMING = st.tuples(st.integers(0, 25), st.integers(0, 12))


@given(st.lists(COMING, max_size=25), st.integers(10, 15), st.randoms(use_true_random=False))
def test_no_two_states_that_are_kept_differ_by_fewer_people_than_the_threshold(days, least, rng):
    ids, here, kept = count(), set(), []
    for come, go in days:
        here |= {next(ids) for _ in range(come)}
        here -= set(rng.sample(sorted(here), min(go, len(here))))
        if grown(len(kept[-1]) if kept else 0, len(here), least):
            kept.append(frozenset(here))
    assert all(len(state) >= least for state in kept)
    assert all(len(one ^ other) >= least for one, other in combinations(kept, 2))


@given(st.lists(st.tuples(COMING, st.integers(10, 20)), max_size=25))
def test_nor_when_the_threshold_itself_is_raised_or_lowered(days):
    ids, here, kept = count(), set(), []
    for (come, _), least in days:
        here |= {next(ids) for _ in range(come)}
        if grown(len(kept[-1]) if kept else 0, len(here), least):
            kept.append(frozenset(here))
    assert all(len(one ^ other) >= 10 for one, other in combinations(kept, 2))
