"""The checks: everything that the learner releases is attacked with what a stranger would have."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from modules.basics import Grade
from modules.labs.lab import Check, graded
from modules.labs.libraries import need
from modules.labs.without_pooling.federated import found, run
from modules.labs.without_pooling.learning import best, everybody
from modules.labs.without_pooling.locked import attack, plain, total
from modules.labs.without_pooling.outputs import HOUSE, REQUESTS, answered, exposed, groups
from modules.labs.without_pooling.people import records, split
from modules.labs.without_pooling.state import State

VERSION = 1
CLOSE = 0.02
"""So much AUC may be lost against all records in one place."""

EXACT = Decimal("0.01")


def by_pairs(weights: object, rows: object) -> float:
    """The AUC by its definition: over all pairs of a referred and another resident, ties half."""
    np, held = need("numpy"), records()
    truth, scores = held.referred[rows], held.features[rows] @ np.asarray(weights)
    yes, no = scores[truth == 1][:, None], scores[truth == 0][None, :]
    return float((yes > no).mean() + 0.5 * (yes == no).mean())


def lost(state: State) -> float | None:
    """How much AUC the learner's model loses against all records in one place; None before."""
    if state.sent is None or state.rounds is None:
        return None
    given = split(state.seed)
    weights = run(state.seed, state.sent).weights[state.rounds - 1]
    return by_pairs(best(everybody(given)), given.test) - by_pairs(weights, given.test)


def opened(state: State) -> tuple[str, ...]:
    """The totals that come out in the clear."""
    return answered(state.seed, state.allowed, state.least)


def checks(state: State) -> tuple[Check, ...]:
    """Five properties, each found out by attack or by a second way of reckoning."""
    away = lost(state)
    rows = state.sent is not None and found(state.seed, run(state.seed, state.sent).first) == 0
    key = False
    if state.holder and state.saved:
        cloud = attack(state.seed, state.holder, state.saved)
        key = not cloud.private and not cloud.opened
    out = opened(state)
    right = False
    if state.holder and "all" in out:
        five = groups(state.seed)["all"]
        (sum_, count), (wanted, claims) = total(five), plain(five)
        right = abs(sum_ - wanted) <= EXACT and count == claims
    least = state.least is not None and state.least >= HOUSE
    return (
        Check("rows", rows, "rows"),
        Check("close", away is not None and away <= CLOSE, "close"),
        Check("key", key, "key"),
        Check("total", right, "total"),
        Check("least", least and bool(out) and not exposed(state.seed, out), "least"),
    )


def grade(state: State) -> Grade:
    """The share of checks that hold; passed when all do."""
    return graded(checks(state), "without-pooling", VERSION)


def solve(state: State) -> State:
    """Updates, thirty rounds; the audit office has the key; one total, three agencies at least."""
    return replace(
        state,
        sent="updates",
        rounds=30,
        holder="audit",
        saved="public",
        least=HOUSE,
        allowed=("all",),
    )


def naive(state: State) -> State:
    """Sends the rows, gives the cloud the key for safe keeping, and answers whoever asks."""
    return replace(
        state,
        sent="rows",
        rounds=1,
        holder="audit",
        saved="whole",
        least=1,
        allowed=REQUESTS,
    )
