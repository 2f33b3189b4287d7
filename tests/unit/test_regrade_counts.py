"""What a trainer is told of a regrade: sums, and nothing from which one person follows."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from modules.regrade.counts import KEYS, Counts, shown


def stored(**numbers):
    """Counts in which each answer is another person's."""
    people = itertools.count()
    made = Counts()
    for key, n in numbers.items():
        for _ in range(n):
            made.add(key, next(people))
    return made.stored


def told(least=10, **numbers):
    return shown(stored(**numbers), least)


def test_large_groups_are_told_exactly():
    found = told(up=12, same=30)
    assert not found.few
    assert [(found.figures[key].kind, found.figures[key].n) for key in ("up", "same", "down")] == [
        ("exact", 12),
        ("exact", 30),
        ("exact", 0),
    ]


def test_a_small_group_is_fewer_than_and_the_others_are_so_many_or_more():
    found = told(up=3, same=38, down=21)
    kinds = {key: (one.kind, one.n) for key, one in found.figures.items()}
    assert kinds["up"] == ("fewer", 10)
    assert kinds["same"] == kinds["down"] == ("least", 10)
    assert kinds["unjudged"] == ("exact", 0)


def test_of_too_few_people_only_whether_anything_changes_is_told():
    for numbers, changes in (({"up": 1, "same": 4}, True), ({"same": 5}, False)):
        found = told(**numbers)
        assert (found.few, found.changes) == (True, changes)
        assert {one.kind for one in found.figures.values()} == {"hidden"}


def test_many_answers_of_few_people_are_few():
    made = Counts()
    for n in range(40):
        made.add("up", n % 4)
    assert shown(made.stored, 10).few


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.integers(10, 20))
def test_no_number_between_none_and_the_threshold_is_ever_told(numbers, least):
    found = shown(stored(**dict(zip(KEYS, numbers, strict=False))), least)
    for key, one in found.figures.items():
        assert not (one.kind in ("exact", "least") and 0 < stored(**{key: 0})[key] < least)
        if one.kind == "exact":
            assert one.n == 0 or one.n >= least


@given(st.integers(1, 9), st.lists(st.integers(10, 60), min_size=1, max_size=3))
def test_whoever_knows_the_total_cannot_tell_a_small_group(small, others):
    """Every other size of the small group, of the same total, is shown in the same way."""
    keys = ("down", "same", "unjudged")[: len(others)]
    found, total = told(up=small, **dict(zip(keys, others, strict=True))), small + sum(others)
    for other in range(1, 10):
        rest = total - other
        low = [10] * len(others)
        if rest < sum(low):
            # No such body: then the bound that would say so is not told either.
            assert {found.figures[key].kind for key in keys} == {"hidden"}
            continue
        low[-1] += rest - sum(low)
        assert told(up=other, **dict(zip(keys, low, strict=True))) == found
