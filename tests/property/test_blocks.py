"""Blocks of people found from the largest down are those that counting up from the first finds."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from modules.manage.learned import NEXT, first, whole_blocks

BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)


def counted_up(*figures):
    """The definition: at each size, in the order in which the groups were full."""
    orders = [sorted(one, key=lambda person: (one[person], person)) for one in figures]
    people = [[] for _ in figures]
    for size in range(first(), max(map(len, orders)) + 1, NEXT):
        full = [place for place, order in enumerate(orders) if len(order) >= size]
        shown = []
        for place in sorted(full, key=lambda place: figures[place][orders[place][size - 1]]):
            group = set(orders[place][:size])
            if not any(0 < len(other ^ group) < NEXT for other in shown):
                shown.append(group)
                people[place] = orders[place][:size]
    return people


def drawn(seed):
    """Figures that rest on nearly the same people, who come to have them in nearly one order."""
    chance = random.Random(seed)
    people = [uuid.UUID(int=chance.getrandbits(128)) for _ in range(chance.choice((25, 60, 95)))]
    done = {person: BEGAN + timedelta(minutes=at) for at, person in enumerate(people)}
    late = chance.choice((0, 2, 30))
    later = [
        {
            person: moment + timedelta(minutes=chance.randint(0, late))
            for person, moment in done.items()
            if chance.random() < share
        }
        for share in (chance.choice((0.9, 0.97, 1)), chance.choice((0.3, 0.9, 1)))
    ]
    return done, *later


@given(st.integers(min_value=0, max_value=10**9))
def test_blocks_are_those_of_the_definition(seed):
    figures = drawn(seed)
    assert whole_blocks(*figures) == counted_up(*figures)


def test_some_of_the_drawn_figures_stay_with_an_earlier_block():
    kept = 0
    for seed in range(40):
        figures = drawn(seed)
        whole = [max(0, len(one) // NEXT * NEXT) for one in figures]
        found = [len(one) for one in whole_blocks(*figures)]
        kept += any(0 < size < most for size, most in zip(found, whole, strict=True))
    assert kept
