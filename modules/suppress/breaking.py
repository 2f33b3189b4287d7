"""An attack on all that one viewer sees of a module, by integer programme.

It shares nothing with the rules that hide. The attacker knows the tree, all head-counts, and who
came, moved and went when; of statuses only what is shown. She tries:

1. **Subtraction**: in each month, in each two months together, and in all months at once, every
   way to add and subtract shown sums. For several months the worst is supposed: that nobody's
   status changed in between. A group is found where some combination counts each of 1 to
   ``least - 1`` people once and everybody else not at all.
2. **Bounds**: in each month, all ways in which the statuses may lie so that every shown sum is
   right, and every count told as a range in its range. A class of people whom the shown figures do
   not tell apart is found out where its count is the same in all of them, and it has fewer than
   ``least`` people, or all or none of them have it; so are two such classes together.
3. **Ranges of two months** in a row in which nobody's status changed: whether, to somebody who
   knows that, they settle what the exact sums of both leave open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np

from modules.suppress.bounding import bound
from modules.suppress.cases import (
    MOST_CLASSES,
    SECONDS,
    Case,
    Counts,
    Floats,
    Found,
    Isolated,
    Mask,
    Sum,
    classes,
)


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
            bound(case, found)
    exact = {month: [row for row in rows if row.exact] for month, rows in shown.items()}
    months = [month for month in shown if exact[month]]
    for one, other in combinations(months, 2):
        if _alike(exact[one], exact[other]):
            continue  # the same groups in both: nothing new can be computed
        both = [*exact[one], *exact[other]]
        case = Case(f"{one}, {other}", both, people, truth[other], least)
        _subtract(case, "two months", found, known)
    for one, other in pairwise(months):
        here, there = (np.any([row.members for row in exact[month]], 0) for month in (one, other))
        if (truth[one] == truth[other])[here & there].all():
            status = np.where(there, truth[other], truth[one])
            both = [*shown[one], *shown[other]]
            case = Case(f"{one}, {other}", both, people, status, least)
            bound(case, found, "ranges of two months")
    if len(months) > 2:
        every = [row for month in months for row in exact[month]]
        case = Case(f"{months[0]} to {months[-1]}", every, people, truth[months[-1]], least)
        _subtract(case, "all months", found, known)
    return found


def _alike(one: Sequence[Sum], other: Sequence[Sum]) -> bool:
    return {row.members.tobytes() for row in one} == {row.members.tobytes() for row in other}


def _subtract(case: Case, how: str, found: Found, known: dict[bytes, object]) -> None:
    case = replace(case, sums=[row for row in case.sums if row.exact])
    if not case.sums:
        return
    matrix, size, place = classes(case)
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
