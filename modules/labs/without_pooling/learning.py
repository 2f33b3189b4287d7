"""Logistic regression in numpy: how well it ranks, and what one step of it gives away."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from modules.labs.libraries import need
from modules.labs.without_pooling.people import KNOTS, Split, features, records, split

STEPS, RATE = 3, 1.0
"""Steps of gradient descent in one round, and their length."""

ALONE = 200
"""Steps of a service that trains alone."""


def step(weights: Any, rows: Any, times: int = STEPS) -> Any:
    """``weights`` after so many steps on these rows of the town."""
    np, held = need("numpy"), records()
    seen, truth = held.features[rows], held.referred[rows]
    for _ in range(times):
        guess = 1 / (1 + np.exp(-(seen @ weights)))
        weights = weights - RATE * seen.T @ (guess - truth) / len(rows)
    return weights


def ranking(weights: Any, rows: Any) -> float:
    """The AUC: how often somebody who was referred ranks above somebody who was not. 0.5 is a coin.

    Rank-sum form of Mann and Whitney, ties counted half.
    """
    np, held = need("numpy"), records()
    truth, scores = held.referred[rows], held.features[rows] @ weights
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    yes = truth.sum()
    no = len(truth) - yes
    return float((ranks[truth == 1].sum() - yes * (yes + 1) / 2) / (yes * no))


def best(rows: Any) -> Any:
    """The weights that fit these rows best: Newton's method, as with all records in one place."""
    np, held = need("numpy"), records()
    seen, truth = held.features[rows], held.referred[rows]
    weights = np.zeros(seen.shape[1])
    for _ in range(12):
        guess = 1 / (1 + np.exp(-(seen @ weights)))
        bend = seen.T @ (seen * (guess * (1 - guess))[:, None]) + 1e-6 * np.eye(seen.shape[1])
        weights = weights - np.linalg.solve(bend, seen.T @ (guess - truth))
    return weights


@lru_cache(maxsize=16)
def apart(seed: str) -> tuple[tuple[float, ...], float]:
    """The AUC of each service alone, and of one model trained on all records in one place."""
    np, given = need("numpy"), split(seed)
    zero = np.zeros(len(KNOTS) + 1)
    alone = tuple(ranking(step(zero, rows, ALONE), given.test) for rows in given.services)
    return alone, ranking(best(everybody(given)), given.test)


def everybody(given: Split) -> Any:
    """All rows that are trained on, whoever has them."""
    return need("numpy").concatenate(given.services)


class Read(NamedTuple):
    """What the hub reads out of an update: years, woman, referred; and how many records fit."""

    age: int
    woman: bool
    referred: bool
    fits: bool


def read_back(resident: int, others: int, service: Any) -> Read:
    """Read one record from an update of one step that ``others`` more people stand behind.

    With one person the update is (guess − truth) × record. The six tents add up to 1, so their
    sum is (guess − truth): its sign tells the truth, and the rest divided by it is the record.
    """
    np, held = need("numpy"), records()
    company = [row for row in service if row != resident][:others]
    rows = np.array([resident, *company])
    sent = -step(np.zeros(len(KNOTS) + 1), rows, 1) / RATE
    error = sent[:-1].sum()
    referred = bool(error < 0)
    if abs(error) < 1e-9:
        return Read(0, False, referred, False)
    record = sent / error
    age = round(float(np.clip(record[:-1] @ np.array(KNOTS), 0, KNOTS[-1])))
    woman = bool(record[-1] > 0.5)
    again = features(np.array([float(age)]), np.array([float(woman)]))[0]
    fits = bool(np.allclose(record, again, atol=1e-6))
    truly = held.raw[resident]
    right = (min(truly[0], KNOTS[-1]), truly[1], truly[2]) == (age, float(woman), float(referred))
    return Read(age, woman, referred, fits and right)
