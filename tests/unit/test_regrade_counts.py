"""What a trainer is told of a regrade: sums, and nothing from which one person follows."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.regrade.counts import ANSWERS, Counts, shown


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


def kinds(found):
    return {key: (one.kind, one.n) for key, one in found.figures.items()}


def test_a_count_is_told_in_whole_thresholds_and_none_as_few_are():
    found = kinds(told(up=12, same=38, passes_now=11))
    assert (found["up"], found["same"], found["passes_now"]) == (
        ("least", 10),
        ("least", 30),
        ("least", 10),
    )
    # A kind of answer that is small is told like one that is left out to make room.
    assert found["down"] == found["unjudged"] == ("hidden", 0)
    assert found["granted"] == ("fewer", 10)
    assert kinds(told(up=12, same=35, down=3)) == found | {"passes_now": ("fewer", 10)}


def test_where_all_are_of_one_kind_it_is_not_told_that_they_are():
    everybody = kinds(told(up=30))
    assert everybody["up"] == ("least", 20)
    for others in range(1, 10):
        assert kinds(told(up=30 - others, same=others)) == everybody


def test_nothing_that_changes_is_told_where_many_answered():
    assert told(same=40).changes is False
    assert told(same=39, up=1).changes is True
    assert told().changes is False


def test_of_too_few_people_nothing_is_told_not_even_whether_anything_changes():
    found = [told(up=1, same=4), told(same=5), told(down=1), told(same=18), told(up=10)]
    assert all(one == found[0] for one in found)
    assert (found[0].few, found[0].changes) == (True, None)
    assert {one.kind for one in found[0].figures.values()} == {"hidden"}


def test_many_answers_of_few_people_are_few():
    made = Counts()
    for n in range(40):
        made.add("up", n % 4)
    assert shown(made.stored, 10).few


WORLDS = st.lists(st.integers(0, 60), min_size=4, max_size=4)


@given(WORLDS, st.integers(10, 20))
def test_what_is_told_holds_and_leaves_room_for_a_small_group(numbers, least):
    answers = dict(zip(ANSWERS, numbers, strict=True))
    found = shown(stored(**answers), least)
    told_ = {key: one.n for key, one in found.figures.items() if one.kind == "least"}
    for key, n in told_.items():
        assert n % least == 0 < n <= answers[key]
    if told_:
        assert sum(numbers) - sum(told_.values()) >= least - 1
    for key, one in found.figures.items():
        assert one.kind != "fewer" or answers.get(key, 0) < one.n


@pytest.mark.parametrize("total", [4, 7, 9, 10])
def test_no_total_has_a_telling_that_fits_one_number_of_a_kind_only(total):
    """The same for every world of some totals, of a threshold of three: none tells a number."""
    worlds = {}
    for first in itertools.product(range(total + 1), repeat=3):
        if sum(first) <= total:
            answers = dict(zip(ANSWERS, (*first, total - sum(first)), strict=True))
            told_ = tuple(sorted(kinds(told(3, **answers)).items()))
            worlds.setdefault(told_, []).append(tuple(answers.values()))
    for same in worlds.values():
        assert all(len({one[at] for one in same}) > 1 for at in range(4)), same


@given(WORLDS, st.sampled_from(ANSWERS))
def test_whoever_knows_the_total_finds_nobody_in_it(numbers, key):
    """An attack: for each kind there is a world of the same total and the same telling, in which
    one answer more, or one fewer, is of that kind.
    """
    answers = dict(zip(ANSWERS, numbers, strict=True))
    found = told(**answers)
    if not sum(numbers):
        return

    def worlds():
        for one, other in itertools.permutations(ANSWERS, 2):
            if key not in (one, other):
                continue
            moved = {**answers, one: answers[one] + 1, other: answers[other] - 1}
            if min(moved.values()) >= 0:
                yield moved

    same = [one for one in worlds() if kinds(told(**one)) == kinds(found)]
    assert same, (numbers, key)
