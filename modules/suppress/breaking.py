"""An attack on all that one viewer sees of a module, by integer programme.

It shares nothing with the rules that hide. The attacker knows the tree, all head-counts, and who
came, moved and went when; of statuses only what is shown. She tries:

1. **Subtraction**: in each month, and in each two months together, every way to add and subtract
   shown sums. For two months the worst is supposed: that nobody's status changed in between. A
   group is found where some combination counts each of 1 to ``least - 1`` people once and
   everybody else not at all.
2. **Bounds**: in each month, all ways in which the statuses may lie so that every shown sum is
   right. A class of people whom the shown sums do not tell apart is found out where its count is
   the same in all of them, and it has fewer than ``least`` people, or all or none of them have it;
   so are two such classes together.

Three and more months at once are not tried, nor bounds across months.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
# More classes than this are not put into one programme; what is left out is counted.
MOST_CLASSES = 1500
SECONDS = 20.0


@dataclass(frozen=True)
class Sum:
    """A shown figure: ``value`` of the kinds of people whom ``members`` marks."""

    name: str
    members: Mask
    value: int


@dataclass(frozen=True)
class Case:
    """What is attacked at once."""

    month: str
    sums: Sequence[Sum]
    people: Counts
    truth: Counts
    least: int


@dataclass(frozen=True)
class Isolated:
    """A group whose count a reader can compute: ``value`` of ``people``, from which figures.

    ``how`` is "subtraction", "two months" or "bounds".
    """

    month: str
    people: int
    value: int
    how: str
    sums: tuple[str, ...]


@dataclass
class Found:
    """What an attack came to. ``left_out`` are programmes too large or too long to be solved."""

    isolated: list[Isolated] = field(default_factory=list)
    tried: int = 0
    left_out: int = 0


def attack(
    shown: Mapping[str, Sequence[Sum]],
    people: Counts,
    truth: Mapping[str, Counts],
    least: int,
    known: dict[bytes, object] | None = None,
) -> Found:
    """Attack the figures of one module, month by month and two months at a time.

    ``people`` is how many there are of each kind, who were in the same places in all months, and
    ``truth`` how many of them have it in each, only to say what was found out. ``known`` remembers
    programmes about head-counts alone, which are the same for many modules and months.
    """
    found = Found()
    known = {} if known is None else known
    for month, sums in shown.items():
        if sums:
            case = Case(month, sums, people, truth[month], least)
            _subtract(case, "subtraction", found, known)
            _bound(case, found)
    for one, other in combinations([month for month in shown if shown[month]], 2):
        if _alike(shown[one], shown[other]):
            continue  # the same groups in both: nothing new can be computed
        both = [*shown[one], *shown[other]]
        case = Case(f"{one}, {other}", both, people, truth[other], least)
        _subtract(case, "two months", found, known)
    return found


def _alike(one: Sequence[Sum], other: Sequence[Sum]) -> bool:
    return {row.members.tobytes() for row in one} == {row.members.tobytes() for row in other}


def _classes(case: Case) -> tuple[Floats, Counts, Counts]:
    """Shown sums by classes of people whom they do not tell apart; sizes, and who is in which."""
    packed = np.packbits(np.stack([row.members for row in case.sums]), axis=0)
    kinds, first, back = np.unique(packed, axis=1, return_index=True, return_inverse=True)
    back = back.reshape(-1)
    size = np.bincount(back, case.people).astype(np.int64)
    seen = kinds.any(0)
    place = np.full(len(size), -1)
    place[seen] = np.arange(int(seen.sum()))
    matrix = np.stack([row.members[first[seen]] for row in case.sums]).astype(float)
    return matrix, size[seen], place[back]


def _subtract(case: Case, how: str, found: Found, known: dict[bytes, object]) -> None:
    matrix, size, place = _classes(case)
    key = b"%d/" % case.least + np.array(matrix.shape).tobytes()
    key += matrix.tobytes() + size.tobytes()
    if key not in known:
        known[key] = _smallest(matrix, size, case.least)
    found.tried += 1
    answer = known[key]
    if answer is None:
        return
    if not isinstance(answer, np.ndarray):
        found.left_out += 1
        return
    inside = (place >= 0) & answer[place]
    weight, *_ = np.linalg.lstsq(matrix.T, answer.astype(float), rcond=None)
    used = tuple(row.name for row, part in zip(case.sums, weight, strict=True) if abs(part) > 1e-6)
    people, value = int(case.people[inside].sum()), int(case.truth[inside].sum())
    found.isolated.append(Isolated(case.month, people, value, how, used))


def _smallest(matrix: Floats, size: Counts, least: int) -> Mask | str | None:
    """The smallest group of 1 to ``least - 1`` people that the sums span; None if there is none.

    A group is spanned when it is at right angles to everything that changes no sum.
    """
    from scipy.linalg import null_space
    from scipy.optimize import Bounds, LinearConstraint, milp

    small = np.flatnonzero(size < least)
    if not len(small):
        return None
    if len(size) > MOST_CLASSES:
        return "large"
    unseen = null_space(matrix)[small].T
    rules = [LinearConstraint(size[small].astype(float)[None], 1, least - 1)]
    if unseen.size:
        unseen = unseen[np.abs(unseen).max(1) > 1e-9]
    if unseen.size:
        rules.append(LinearConstraint(unseen, -1e-7, 1e-7))
    answer = milp(
        size[small].astype(float),
        integrality=np.ones(len(small)),
        bounds=Bounds(0, 1),
        constraints=rules,
        options={"time_limit": SECONDS},
    )
    if answer.status == 2:
        return None
    if answer.x is None:
        return "long"
    group = np.zeros(len(size), bool)
    group[small[answer.x > 0.5]] = True
    return group


def _bound(case: Case, found: Found) -> None:
    matrix, size, place = _classes(case)
    least = case.least
    if len(size) > MOST_CLASSES:
        found.left_out += 1
        return
    inside = place >= 0
    have = np.bincount(place[inside], case.truth[inside], minlength=len(size)).astype(np.int64)
    found.tried += 1
    solve = _programme(matrix, size, have)
    worlds = [have]
    # What could be otherwise in a world already found need not be asked again.
    settled = np.ones(len(size), bool)
    while settled.any():
        aim = np.where(settled, np.where(have > 0, 1.0, -1.0), 0.0)
        world = solve(aim)
        changed = settled & (world != have)
        worlds.append(world)
        if not changed.any():
            break
        settled &= ~changed
    fixed: list[int] = []
    for at in np.flatnonzero(settled).tolist():
        aim = np.zeros(len(size))
        aim[at] = 1.0
        if solve(aim)[at] == have[at] == solve(-aim)[at]:
            fixed.append(at)
            if size[at] < least or have[at] in (0, size[at]):
                _tell(case, matrix, [at], size, have, found)
    free = [at for at in np.flatnonzero(size < least).tolist() if at not in fixed]
    for pair in combinations(free, 2):
        group = list(pair)
        if size[group].sum() < least and len({int(world[group].sum()) for world in worlds}) == 1:
            aim = np.zeros(len(size))
            aim[group] = 1.0
            low, high = solve(aim), solve(-aim)
            worlds += [low, high]
            if low[group].sum() == high[group].sum():
                _tell(case, matrix, group, size, have, found)


def _tell(
    case: Case, matrix: Floats, group: list[int], size: Counts, have: Counts, found: Found
) -> None:
    names = tuple(
        row.name for row, line in zip(case.sums, matrix, strict=True) if line[group].any()
    )
    people, value = int(size[group].sum()), int(have[group].sum())
    found.isolated.append(Isolated(case.month, people, value, "bounds", names))


def _programme(matrix: Floats, size: Counts, have: Counts) -> Callable[[Floats], Counts]:
    """A function from weights to the world of least weight that every shown sum allows."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    right = matrix @ have
    sums = LinearConstraint(matrix, right, right)
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
