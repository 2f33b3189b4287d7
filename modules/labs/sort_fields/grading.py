"""What the sorting and the release are worth, and two solutions that prove the grader."""

from __future__ import annotations

from dataclasses import replace

from modules.basics import Grade
from modules.labs.lab import Check, graded
from modules.labs.sort_fields.attack import alone
from modules.labs.sort_fields.options import Field, Pair
from modules.labs.sort_fields.state import State

VERSION = 1
MAY_MISS = 1
"""Cards, of the ten that sort, that may be wrong in a lab that is passed."""


def points(state: State, pair: Pair) -> bool:
    """Whether the pair singles anybody out: counted in the town, not written in a file."""
    return alone(state.options.people, frozenset(pair.both)) > 0


def fits(one: Field, box: str | None) -> bool:
    """Whether the register has the field in this box, or lets it be defended."""
    return box is not None and box in (one.box, one.also)


def released(state: State) -> dict[str, bool]:
    """The four properties of the release, by the part of the hint that speaks of it."""
    drawn, release = state.drawn, set(state.release)
    special = {one.id for one in drawn.columns if one.special}
    least = set(drawn.task.least)
    exposed = alone(state.options.people, frozenset(release)) > 0
    return {
        "missing": least <= release,
        "beyond": bool(release) and release <= least,
        "special": bool(release) and not release & special,
        # Who has to be reached stands alone by necessity; nothing is then to be added to that.
        "alone": bool(release) and (release <= least if drawn.task.reach else not exposed),
    }


def checks(state: State) -> tuple[Check, ...]:
    """One for each field and pair in the order of the cards, and four for the release."""
    drawn = state.drawn
    sorted_ = [
        Check(f"{one.id}/box", fits(one, state.boxes.get(one.id)), f"box-{one.box}")
        for one in drawn.fields
    ]
    paired = [
        Check(f"{one.id}/pair", state.pairs.get(one.id) is points(state, one), "pair")
        for one in drawn.pairs
    ]
    parts = released(state)
    let_go = [Check(f"release/{part}", held, f"release-{part}") for part, held in parts.items()]
    return (*sorted_, *paired, *let_go)


def grade(state: State) -> Grade:
    """The share of checks passed; tags name the kinds that failed (``sort-fields-pair``).

    ``right`` means passed: nine of the ten cards right at least, and the release holds.
    """
    all_checks = checks(state)
    failed = [check for check in all_checks if not check.passed]
    holds = all(not check.hint.startswith("release") for check in failed)
    passed = holds and len(failed) <= MAY_MISS
    return graded(all_checks, "sort-fields", VERSION, passed=passed)


def forget(state: State) -> State:
    """The same: nothing is typed here."""
    return state


def solve(state: State) -> State:
    """The register's boxes, what the count says of the pairs, and the least that does the task."""
    drawn = state.drawn
    return replace(
        state,
        boxes={one.id: one.box for one in drawn.fields},
        pairs={one.id: points(state, one) for one in drawn.pairs},
        looked=frozenset(one.id for one in drawn.pairs),
        release=tuple(one.id for one in drawn.columns if one.id in drawn.task.least),
    )


def naive(state: State) -> State:
    """Every field personal, no pair a danger, and every column released to be of use."""
    drawn = state.drawn
    return replace(
        state,
        boxes={one.id: "personal" for one in drawn.fields},
        pairs={one.id: False for one in drawn.pairs},
        release=tuple(one.id for one in drawn.columns),
    )
