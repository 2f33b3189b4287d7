"""How a question did with a group: Moodle's item statistics, computed exactly. Pure.

The formulas are those of Moodle's quiz statistics report: `calculator.php` in
`question/classes/statistics/questions` of Moodle, explained in "Quiz statistics calculations"
(docs.moodle.org/dev). As there:

- an item that was seen and not answered counts as 0 marks;
- variances and covariances are those of a sample, divided by n − 1;
- x is a taker's mark for the item, y her total less x: the rest of the same sitting.

Marks are added up as whole parts of a mark, so that a variance of 0 is exactly 0 and never almost;
a float comes out at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, sqrt

Pairs = Mapping[tuple[Fraction, Fraction], int]
"""How many takers had this mark for the item and that much in the rest of their sitting."""


@dataclass(frozen=True)
class Statistics:
    """One item's figures; ``most`` is the most marks that it gives.

    ``facility`` is mean ÷ most. ``deviation`` is in marks. ``discrimination`` (the index) and
    ``efficiency`` run up to 100; the index is never below −100. A figure is None where it is
    undefined: with fewer than two takers, or where a variance is 0.
    """

    takers: int
    most: float
    mean: float | None
    facility: float | None
    deviation: float | None
    discrimination: float | None
    efficiency: float | None

    @property
    def deviation_share(self) -> float | None:
        """The standard deviation as a share of the most marks, as Moodle shows it."""
        return None if self.deviation is None or not self.most else self.deviation / self.most


def of_item(pairs: Pairs, most: Fraction) -> Statistics:
    """The figures of one item.

    - facility: x̄ ÷ most
    - standard deviation: √var(x), var(x) = Σ(x − x̄)² ÷ (n − 1)
    - discrimination index: 100 · cov(x, y) ÷ √(var(x) · var(y))
    - discriminative efficiency: 100 · cov(x, y) ÷ cov_max, where cov_max is the covariance of
      both lists, each sorted: the largest that these marks allow
    """
    unit = lcm(*(mark.denominator for pair in pairs for mark in pair))
    return _figures(
        {(int(x * unit), int(y * unit)): people for (x, y), people in pairs.items()}, unit, most
    )


def of_sheet(rows: Sequence[Sequence[Fraction]], most: Sequence[Fraction]) -> list[Statistics]:
    """The figures of every item of a sheet: one row of marks for each taker."""
    unit = lcm(*{mark.denominator for row in rows for mark in row})
    whole = [[int(mark * unit) for mark in row] for row in rows]
    totals = [sum(row) for row in whole]
    return [
        _figures(
            Counter(
                (row[place], total - row[place]) for row, total in zip(whole, totals, strict=True)
            ),
            unit,
            most[place],
        )
        for place in range(len(most))
    ]


def _figures(pairs: Mapping[tuple[int, int], int], unit: int, most: Fraction) -> Statistics:
    """The figures of one item whose marks are told in parts of ``unit``: whole numbers are quick.

    ``dx`` and ``dy`` are n times what a mark is away from the mean, so that they are whole too.
    """
    n = sum(pairs.values())
    if not n:
        return Statistics(0, float(most), None, None, None, None, None)
    xs, ys = Counter[int](), Counter[int]()
    for (x, y), people in pairs.items():
        xs[x] += people
        ys[y] += people
    sum_x, sum_y = (sum(mark * people for mark, people in one.items()) for one in (xs, ys))
    mean = Fraction(sum_x, n * unit)
    facility = float(mean / most) if most else None
    if n < 2:
        return Statistics(n, float(most), float(mean), facility, None, None, None)
    dx = {mark: n * mark - sum_x for mark in xs}
    dy = {mark: n * mark - sum_y for mark in ys}
    cov = sum(people * dx[x] * dy[y] for (x, y), people in pairs.items())
    most_cov = sum(people * dx[x] * dy[y] for x, y, people in _sorted(xs, ys))
    var_x = sum(people * dx[mark] ** 2 for mark, people in xs.items())
    var_y = sum(people * dy[mark] ** 2 for mark, people in ys.items())
    index = efficiency = None
    # Each sum would be divided by n − 1: that cancels in both quotients.
    if var_x and var_y:
        # The root of the exact quotient, so that perfect agreement is 100 and no rounding more.
        index = (100 if cov >= 0 else -100) * sqrt(Fraction(cov * cov, var_x * var_y))
    if most_cov:
        efficiency = float(Fraction(100 * cov, most_cov))
    deviation = sqrt(Fraction(var_x, (n * unit) ** 2 * (n - 1)))
    return Statistics(n, float(most), float(mean), facility, deviation, index, efficiency)


def _sorted(xs: Mapping[int, int], ys: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """Both lists sorted and laid beside each other, equal pairs together."""
    left, right = sorted(xs.items()), sorted(ys.items())
    i = j = 0
    here = there = 0
    while i < len(left) and j < len(right):
        here, there = here or left[i][1], there or right[j][1]
        together = min(here, there)
        yield left[i][0], right[j][0], together
        here, there = here - together, there - together
        i, j = i + (not here), j + (not there)
