"""What shown sums and ranges leave one possibility for, by integer programme."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from modules.suppress.cases import (
    MOST_CLASSES,
    SECONDS,
    Case,
    Counts,
    Floats,
    Found,
    Isolated,
    classes,
)


def bound(case: Case, found: Found, how: str = "bounds") -> None:
    """Find classes of people, and pairs of them, whose count is the same in all worlds.

    With another ``how`` only those that the exact sums by themselves do not settle.
    """
    matrix, size, place = classes(case)
    least = case.least
    if len(size) > MOST_CLASSES:
        found.left_out += 1
        return
    inside = place >= 0
    have = np.bincount(place[inside], case.truth[inside], minlength=len(size)).astype(np.int64)
    found.tried += 1
    ends = np.array([row.low for row in case.sums]), np.array([row.high for row in case.sums])
    solve = _programme(matrix, size, ends)
    exact = np.array([row.exact for row in case.sums])
    by_sums = _programme(matrix[exact], size, (ends[0][exact], ends[1][exact]))
    worlds = [have]

    def fixes(group: list[int]) -> bool:
        """Whether the count is one in all worlds; those found are kept."""
        aim = np.zeros(len(size))
        aim[group] = 1.0
        low, high = solve(aim), solve(-aim)
        worlds.extend((low, high))
        return bool(low[group].sum() == high[group].sum())

    def new(group: list[int]) -> bool:
        """Of two months: whether exact sums alone do not fix it."""
        aim = np.zeros(len(size))
        aim[group] = 1.0
        low, high = by_sums(aim), by_sums(-aim)
        return how == "bounds" or bool(low[group].sum() != high[group].sum())

    # What could be otherwise in a world already found need not be asked again.
    settled = np.ones(len(size), bool)
    while settled.any():
        world = solve(np.where(settled, np.where(have > 0, 1.0, -1.0), 0.0))
        changed = settled & (world != have)
        worlds.append(world)
        if not changed.any():
            break
        settled &= ~changed
    fixed: list[int] = []
    for at in map(int, np.flatnonzero(settled)):
        if fixes([at]):
            fixed.append(at)
            if (size[at] < least or have[at] in (0, size[at])) and new([at]):
                _tell(case, matrix, [at], size, have, how, found)
    free = np.array([at for at in np.flatnonzero(size < least).tolist() if at not in fixed], int)
    for number, one in enumerate(map(int, free)):
        beside = free[number + 1 :]
        beside = beside[size[beside] + size[one] < least]
        seen = np.stack(worlds)
        alike = np.ptp(seen[:, beside] + seen[:, [one]], axis=0) == 0
        for two in beside[alike].tolist():
            if fixes([one, two]) and new([one, two]):
                _tell(case, matrix, [one, two], size, have, how, found)


def _tell(
    case: Case,
    matrix: Floats,
    group: list[int],
    size: Counts,
    have: Counts,
    how: str,
    found: Found,
) -> None:
    names = tuple(
        row.name for row, line in zip(case.sums, matrix, strict=True) if line[group].any()
    )
    people, value = int(size[group].sum()), int(have[group].sum())
    found.isolated.append(Isolated(case.month, people, value, how, names))


def _programme(
    matrix: Floats, size: Counts, ends: tuple[Counts, Counts]
) -> Callable[[Floats], Counts]:
    """A function from weights to the world of least weight that every shown figure allows."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    sums = LinearConstraint(matrix, *ends)
    limits, whole = Bounds(0, size), np.ones(len(size))

    def solve(aim: Floats) -> Counts:
        answer = milp(
            aim,
            integrality=whole,
            bounds=limits,
            constraints=[sums],
            options={"time_limit": SECONDS},
        )
        if answer.x is None:
            raise RuntimeError(f"the attack's programme was not solved: {answer.message}")
        return np.asarray(np.rint(answer.x), np.int64)

    return solve
