"""Breakdowns under attack: random bodies by integer programme, tiny ones by every world."""

from __future__ import annotations

import itertools
import uuid
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from db.headcounts import NEVER, Asked, Staff
from db.reports import Node
from db.tables import Organisation
from modules.manage.attacking import audit
from modules.snapshots import parts, taking
from modules.snapshots.book import Book, tree_of
from modules.suppress import ranges
from modules.suppress.breaking import attack
from modules.suppress.cases import Sum
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


def test_breakdowns_told_exactly_would_isolate_somebody() -> None:
    found = 0
    for seed in range(8):
        book = decided(seed, biggest=160)
        for day, some in book.parts.items():
            month, exact = book.month(day), []
            for one in some:
                division = parts.divided(book, month, book.months[day], one.by)
                inside = division.group == division.names.index(one.category)
                count = int((inside & month.in_date).sum())
                exact.append(replace(one, low=count, high=count))
            book.parts[day] = exact
        found += bool(audit(book, *shown(book)).isolated)
    assert found >= 2


def test_the_attack_finds_what_ranges_leave_one_possibility_for() -> None:
    # Twenty of a unit of 24 are in date, and of its people and one more from 21 to 24.
    people, have = np.array([24, 1, 20]), np.array([20, 1, 10])
    unit, body = np.array([True, False, False]), np.ones(3, bool)
    told = [Sum("unit", unit, 20, 20), Sum("body", body, 31, 31)]
    group = Sum("group", np.array([True, True, False]), 21, 24)
    found = attack({"May": [*told, group]}, people, {"May": have}, 10)
    assert (1, 1, "bounds") in [(one.people, one.value, one.how) for one in found.isolated]
    assert attack({"May": told}, people, {"May": have}, 10).isolated == []


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


def sights(book: Book, of: list[int], world: tuple[int, ...]) -> set[tuple[object, ...]]:
    """All that a reader may see, as chance has it, when so many of each class are in date."""
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
    rows = again.months[DAY]
    tree = tuple((row.hidden, None if row.hidden else row.in_date) for row in rows)
    month = again.month(DAY)
    told = {by: parts.divided(again, month, rows, by) for by in ("family", "path", "cohort")}
    told = {by: one for by, one in told.items() if one.names}
    if not again.parts[DAY]:
        return {(tree,)}
    crossed = parts.crossed(again, month, rows, told)
    [family] = crossed.groups
    counts = np.bincount(family, crossed.have).astype(int).tolist()
    people = np.bincount(family, crossed.size).astype(int).tolist()
    found: set[tuple[object, ...]] = set()
    for grids in itertools.product((0, 1), repeat=len(people)):
        each = [ranges.holding(*one) for one in zip(counts, people, grids, strict=True)]
        if ranges.reached(crossed, [dict(enumerate(each))]):
            found.add((tree, tuple(each)))
    assert (tree, tuple((one.low, one.high) for one in again.parts[DAY])) in found
    return found


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
        ([(0, -1, 0, 4), (0, -1, 1, 6)], 2),  # one region
        ([(1, 0, 0, 5), (1, 0, 1, 3), (2, 0, 0, 3), (2, 0, 1, 4), (0, -1, 0, 0)], 2),  # two by two
        ([(1, 0, 0, 6), (2, 0, 0, 1), (2, 0, 1, 6), (0, -1, 0, 0)], 2),  # a unit and one person
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
    seen = defaultdict(list)
    for world in itertools.product(*(range(people + 1) for people in sizes)):
        for sight in sights(book, of, world):
            seen[sight].append(world)
    for told, worlds in seen.items():
        assert not settled(sizes, worlds, least), (told, worlds[:6])
    assert any(len(told) > 1 for told in seen)
