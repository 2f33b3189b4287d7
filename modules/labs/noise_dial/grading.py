"""What dial, attack and plan are worth: by closed forms, by a recount, and by the kept draws."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import log

from modules.basics import Grade
from modules.labs.lab import Check, graded
from modules.labs.noise_dial import noise
from modules.labs.noise_dial.numbers import DIAL, SHARES, smallest
from modules.labs.noise_dial.state import DRAWS, LEVELS, SPEND, State
from modules.labs.noise_dial.town import Cell, columns, given, referrals

VERSION = 1
LN20 = log(20)
MAY_EXCEED = 40
"""Of 400 releases at a right ε 18 exceed the limit on average, at most (4.5%), with a standard
deviation of 4.1: more than 40 come in one of ten million labs. One step down the dial the mean is
56 or more; there the closed form decides.
"""


@lru_cache(maxsize=256)
def recounted(cell: Cell) -> int:
    """The true count, from the table's rows: not the records that were given to OpenDP."""
    return sum(
        row["ward"] == cell.ward and row["clinic"] == cell.clinic for row in referrals().rows()
    )


def checks(state: State) -> tuple[Check, ...]:
    """The dial's three, the attack's two, and the budget's four."""
    mine = given(state.seed)
    passed = {**_dial(state, mine.limit), **_walk(state, mine.each), **_spend(state)}
    return tuple(Check(name, holds, name) for name, holds in passed.items())


def _dial(state: State, limit: int) -> dict[str, bool]:
    drawn = state.drawn()
    truth = recounted(given(state.seed).dial) if drawn else 0
    exceeding = sum(abs(one - truth) > limit for one in drawn)
    lower = [one for one in DIAL if one < state.epsilon]
    return {
        # One resident moves a count by one; the rest is division.
        "scale": bool(drawn)
        and state.guess is not None
        and abs(state.guess * state.epsilon - 1) < 1e-9,
        "limit": len(drawn) == DRAWS and LN20 / state.epsilon <= limit and exceeding <= MAY_EXCEED,
        "smallest": bool(drawn) and not any(LN20 / one <= limit for one in lower),
    }


def _walk(state: State, each: float) -> dict[str, bool]:
    asked = len(state.answers)
    full = asked == LEVELS[-1]
    return {
        "attack": full and state.count == recounted(given(state.seed).walk),
        "spent": full and state.spent is not None and abs(state.spent - asked * each) < 1e-6,
    }


def _spend(state: State) -> dict[str, bool]:
    mine, year = given(state.seed), state.ended()
    # In hundredths, so that sums are exact.
    shares = [round(100 * state.shares[table]) for table in mine.ranked]
    reached = all(
        100 * LN20 / share <= limit for share, limit in zip(shares, mine.limits, strict=True)
    )
    whole = year is not None and len(year.entries) == len(shares)
    return {
        "sum": whole and sum(shares) <= 100,
        "needs": reached,
        "importance": len(set(shares)) > 1 and shares == sorted(shares, reverse=True),
        "refused": year is not None and bool(year.refusal) and state.reading == "spent",
    }


def grade(state: State) -> Grade:
    """The share of checks passed; passed when all are. Tags name those that failed."""
    return graded(checks(state), "noise-dial", VERSION)


def forget(state: State) -> State:
    """Nothing is typed in this lab."""
    return state


def plan(state: State) -> dict[str, float]:
    """For each table the smallest share that keeps its limit."""
    mine = given(state.seed)
    return {
        table: smallest(limit, SHARES)
        for table, limit in zip(mine.ranked, mine.limits, strict=True)
    }


def solve(state: State) -> State:
    """The smallest ε that will do, a thousand questions, and the smallest shares that will do."""
    mine = given(state.seed)
    epsilon, shares = smallest(mine.limit, DIAL), plan(state)
    answers = noise.releases(mine.walk.records, mine.each, LEVELS[-1])
    return replace(
        state,
        part=SPEND,
        epsilon=epsilon,
        guess=1 / epsilon,
        drawn_at=epsilon,
        draws=noise.releases(mine.dial.records, epsilon, DRAWS),
        answers=answers,
        count=round(sum(answers) / len(answers)),
        spent=mine.each * len(answers),
        shares=shares,
        spent_as=shares,
        year=noise.spend(columns(), shares),
        reading="spent",
    )


def naive(state: State) -> State:
    """A scale read off as ε, one answer taken for the truth, and the same share for each table."""
    mine = given(state.seed)
    answers = noise.releases(mine.walk.records, mine.each, 1)
    return replace(
        state,
        part=SPEND,
        guess=state.epsilon,
        drawn_at=state.epsilon,
        draws=noise.releases(mine.dial.records, state.epsilon, DRAWS),
        answers=answers,
        count=max(0, answers[0]),
        spent=mine.each,
        spent_as=state.shares,
        year=noise.spend(columns(), state.shares),
        reading="wait",
    )
