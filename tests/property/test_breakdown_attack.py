"""Breakdowns under attack: random bodies by integer programme, tiny ones by every world."""

from __future__ import annotations

import itertools
import uuid
from collections import defaultdict
from datetime import UTC, date, datetime

import numpy as np
import pytest

from db.headcounts import NEVER, Asked, Staff
from db.reports import Node
from db.tables import Organisation
from modules.manage.attacking import audit
from modules.snapshots import taking
from modules.snapshots.book import Book, tree_of
from tests.crowds import decided

DAY = date(2026, 1, 31)
BODIES = 100


def shown(book: Book) -> tuple[dict, dict]:
    rows = {day: [row for row in rows if not row.hidden] for day, rows in book.months.items()}
    parts = {day: [one for one in parts if not one.hidden] for day, parts in book.parts.items()}
    return rows, parts


@pytest.mark.parametrize("tens", range(BODIES // 10))
def test_in_ten_random_bodies_all_that_is_shown_isolates_nobody(tens: int) -> None:
    broken_down = open_to_attack = 0
    for seed in range(tens * 10, tens * 10 + 10):
        book = decided(seed, biggest=160)
        rows, parts = shown(book)
        found = audit(book, rows, parts)
        assert (found.isolated, found.left_out) == ([], 0), seed
        broken_down += any(parts.values())
        if seed % 5 == 0:
            open_to_attack += bool(audit(book, book.months, book.parts).isolated)
    # Not by showing nothing, and not because the attack could find nothing.
    assert broken_down >= 3
    assert open_to_attack >= 1


def tiny(shape: list[tuple[int, int, int, int]], least: int) -> tuple[Book, list[int]]:
    """A body of units (unit, its parent, family, people) and each person's class."""
    parents = dict(sorted({unit: above for unit, above, _, _ in shape}.items()))
    ids = [uuid.UUID(int=at + 1) for at in parents]
    nodes = [
        Node(ids[unit], ids[above] if above >= 0 else None, f"U{unit}")
        for unit, above in parents.items()
    ]
    of, units, families = [], [], []
    for at, (unit, _, family, people) in enumerate(shape):
        of += [at] * people
        units += [unit] * people
        families += [family] * people
    number = len(of)
    day = np.full(number, DAY.toordinal() - 90, np.int32)
    staff = Staff(
        {uuid.UUID(int=at + 1): at for at in range(number)},
        np.zeros(number, np.int32),
        day,
        ["A"],
        ids,
        [f"F{at}" for at in range(max(families) + 1)],
        np.arange(number, dtype=np.int32),
        np.array(units, np.int32),
        day,
        np.full(number, NEVER, np.int32),
        np.array(families, np.int32),
    )
    nobody = np.zeros(0, np.int32)
    asked = Asked(day, np.full(number, NEVER, np.int32), (nobody, nobody, nobody))
    body = Organisation(name="Tiny", created_at=datetime(2025, 1, 1, tzinfo=UTC))
    return Book(least, tree_of(body, nodes, staff), staff, asked, {}, {}), of


def sight(book: Book, of: list[int], world: tuple[int, ...]) -> tuple[object, ...]:
    """What a reader sees when so many of each class are in date."""
    left = list(world)
    who = []
    for person, kind in enumerate(of):
        if left[kind]:
            left[kind] -= 1
            who.append(person)
    had = np.array(who, np.int32)
    asked = book.asked
    day = np.full(len(who), DAY.toordinal(), np.int32)
    again = Book(
        book.least,
        book.tree,
        book.staff,
        Asked(asked.first, asked.until, (had, day, day)),
        {},
        {},
    )
    taking.decide(again, DAY)
    return tuple(
        (row.hidden, None if row.hidden else row.in_date)
        for row in [*again.months[DAY], *again.parts[DAY]]
    )


def settled(sizes: list[int], worlds: list[tuple[int, ...]], least: int) -> bool:
    """Whether some people, 1 to ``least - 1`` of them, have one count in all worlds."""
    for pick in itertools.product(*(range(min(n, least - 1) + 1) for n in sizes)):
        if not 0 < sum(pick) < least:
            continue
        lows = [
            sum(max(0, g + x - n) for g, n, x in zip(pick, sizes, world, strict=True))
            for world in worlds
        ]
        highs = [sum(min(g, x) for g, x in zip(pick, world, strict=True)) for world in worlds]
        if min(lows) == max(highs):
            return True
    return False


@pytest.mark.parametrize(
    ("shape", "least"),
    [
        ([(0, -1, 0, 3), (0, -1, 1, 4), (0, -1, 2, 4)], 2),  # one region
        ([(0, -1, 0, 4), (0, -1, 1, 4), (0, -1, 2, 4)], 2),  # of alike
        ([(1, 0, 0, 3), (1, 0, 1, 3), (2, 0, 0, 3), (2, 0, 1, 3), (0, -1, 0, 0)], 2),  # two by two
        ([(1, 0, 0, 4), (1, 0, 1, 2), (2, 0, 0, 2), (2, 0, 1, 4), (0, -1, 0, 0)], 2),
        ([(1, 0, 0, 2), (1, 0, 1, 3), (2, 0, 1, 3), (2, 0, 2, 4), (0, -1, 0, 0)], 2),  # a chain
        ([(1, 0, 0, 5), (2, 0, 1, 5), (2, 0, 0, 2), (0, -1, 1, 2)], 2),
        ([(1, 0, 0, 3), (1, 0, 1, 4), (2, 0, 0, 3), (2, 0, 1, 4), (0, -1, 0, 0)], 3),
        ([(1, 0, 0, 6), (1, 0, 1, 6), (0, -1, 0, 2), (0, -1, 1, 3)], 3),
    ],
)
def test_a_reader_who_knows_the_code_learns_no_small_count_in_any_world(
    shape: list[tuple[int, int, int, int]], least: int
) -> None:
    book, of = tiny(shape, least)
    sizes = [people for *_, people in shape]
    sights = defaultdict(list)
    for world in itertools.product(*(range(people + 1) for people in sizes)):
        sights[sight(book, of, world)].append(world)
    for seen, worlds in sights.items():
        assert not settled(sizes, worlds, least), (seen, worlds[:6])
    assert len(sights) > 1
