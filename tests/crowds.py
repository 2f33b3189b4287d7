"""Random bodies with a few months of joiners, movers and leavers, made in memory."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, date, datetime

import numpy as np

from db.headcounts import NEVER, Asked, Staff
from db.reports import Node
from db.tables import Organisation
from modules.snapshots.book import Book, tree_of
from modules.snapshots.taking import decide

MONTHS = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30))


def crowd(seed: int, *, biggest: int = 260, least: int = 10) -> tuple[Book, list[date]]:
    """A body of a random shape, nothing of it decided yet, and its months.

    Its families follow its units, cross them, or do both; few or many people come and go at once.
    """
    rng = random.Random(seed)
    months = list(MONTHS[: rng.randint(2, 4)])
    units = range(1, rng.randint(3, 9))
    parents = [-1, *(rng.randrange(at) if rng.random() < 0.4 else 0 for at in units)]
    leaves = range(len(parents))
    weight = [0.2 if at in parents else rng.random() + 0.2 for at in leaves]
    families, paths = rng.randint(1, 5), rng.randint(1, 3)
    home = [rng.randrange(families) for _ in leaves]
    mixing = rng.choice([0.0, 0.05, 0.3, 1.0])
    rate = {(u, f): rng.choice([0.0, 0.5, 0.8, 0.95, 1.0]) for u in leaves for f in range(5)}
    blend = rng.random()

    placed: list[tuple[int, int, int, int, int]] = []
    traits: list[tuple[int, int, float]] = []

    def kind(unit: int) -> int:
        return rng.randrange(families) if rng.random() < mixing else home[unit]

    def hire(unit: int, first: int) -> None:
        own = kind(unit)
        likely = blend * rate[unit, own] + (1 - blend) * 0.6
        traits.append((rng.randrange(paths), rng.choice([2015, 2022, 2023, 2024, 2025]), likely))
        placed.append((len(traits) - 1, unit, first, NEVER, own))

    start = date(2025, 12, 1).toordinal()
    for unit in rng.choices(list(leaves), weight, k=rng.randint(40, biggest)):
        hire(unit, start)
    for month in months[1:]:
        day = month.toordinal() - 9
        if rng.random() < 0.25:
            continue
        for _ in range(rng.choice([1, 1, 2, 3])):
            unit, number = rng.choice(list(leaves)), rng.choice([1, 2, 5, 9, 10, 12, 25])
            what = rng.choice(["join", "leave", "move"])
            there = [at for at, row in enumerate(placed) if row[1] == unit and row[3] == NEVER]
            if what == "join":
                for _ in range(number):
                    hire(unit, day)
                continue
            to = rng.choice(list(leaves))
            for at in rng.sample(there, min(number, len(there))):
                person, was, first, _, own = placed[at]
                placed[at] = (person, was, first, day, own)
                if what == "move":
                    own = kind(to) if rng.random() < 0.3 else own
                    placed.append((person, to, day, NEVER, own))
    return _book(rng, parents, placed, traits, families, paths, months, least), months


def _book(rng, parents, placed, traits, families, paths, months, least) -> Book:  # type: ignore[no-untyped-def]
    ids = [uuid.UUID(int=rng.getrandbits(128)) for _ in parents]
    nodes = [
        Node(ids[at], ids[above] if above >= 0 else None, f"U{at}")
        for at, above in enumerate(parents)
    ]
    table = np.array(placed, np.int32)
    number = len(traits)
    staff = Staff(
        {uuid.UUID(int=at + 1): at for at in range(number)},
        np.array([path for path, _, _ in traits], np.int32),
        np.array([date(year, 5, 1).toordinal() for _, year, _ in traits], np.int32),
        [f"P{at}" for at in range(paths)],
        ids,
        [f"F{at}" for at in range(families)],
        *(np.ascontiguousarray(table[:, at]) for at in range(5)),
    )
    # In some bodies nobody's status ever changes: what is told of two months is comparable then.
    late = rng.choice([-5, 20])
    counts = [
        (person, months[0].toordinal() + rng.choice([-5, -5, -5, late]), NEVER)
        for person, (_, _, likely) in enumerate(traits)
        if rng.random() < likely
    ]
    done = np.array(counts, np.int32).reshape(len(counts), 3)
    asked = Asked(
        np.zeros(number, np.int32),
        np.full(number, NEVER, np.int32),
        (done[:, 0], done[:, 1], done[:, 2]),
    )
    body = Organisation(name="Crowd", created_at=datetime(2025, 1, 1, tzinfo=UTC))
    # Not to be foreseen outside of tests; here a failure is to be found again.
    chance = random.Random(rng.random())
    return Book(least, tree_of(body, nodes, staff), staff, asked, {}, {}, chance=chance)


def decided(seed: int, **given: int) -> Book:
    """A random body with every month decided, oldest first."""
    book, months = crowd(seed, **given)
    for month in months:
        decide(book, month)
    return book
