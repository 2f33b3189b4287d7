"""The checks: a sum that names the hidden team, what two days tell, and a table that holds."""

from __future__ import annotations

from dataclasses import replace

from modules.basics import Grade
from modules.labs.break_suppression.figures import TOP, Figures, exposed, house
from modules.labs.break_suppression.state import State, in_order
from modules.labs.lab import Check, graded

VERSION = 1
SPARE = 2
"""So many units more than Steward's own rule hides may be hidden."""


def teams_of(drawn: Figures, node: str) -> frozenset[str]:
    """The teams that a unit is made of; a team is made of itself."""
    below = drawn.children(node)
    return (
        frozenset().union(*(teams_of(drawn, one) for one in below)) if below else frozenset({node})
    )


def left_over(state: State) -> frozenset[str] | None:
    """The teams that the learner's sum leaves over; None where it is no difference of units."""
    if state.begin is None:
        return None
    drawn = state.figures
    left = teams_of(drawn, state.begin)
    for one in state.less:
        taken = teams_of(drawn, one)
        if not taken <= left:
            return None
        left -= taken
    return left


def told_by_two_days(drawn: Figures) -> tuple[str, str]:
    """Who was joined and whether the new person has done it, read from the printed totals alone.

    Head-counts are printed for everybody; the rest comes from the total above the team.
    """
    first = {cell.node: cell for cell in drawn.first}
    grown = [
        cell.node
        for cell in drawn.second
        if not drawn.children(cell.node) and cell.people != first[cell.node].people
    ]
    (team,) = grown
    above = drawn.parent(team)
    (after,) = [cell.value for cell in drawn.second if cell.node == above]
    return team, "done" if after > first[str(above)].value else "open"


def shut(state: State) -> frozenset[str]:
    """Every unit that the learner's table hides: the small teams, and what was picked."""
    return frozenset(state.figures.small()) | frozenset(state.hide)


def checks(state: State) -> tuple[Check, ...]:
    """Five properties; the last two come from attacking the table that the learner made."""
    drawn = state.figures
    left = left_over(state) or frozenset()
    joined, status = told_by_two_days(drawn)
    hidden = shut(state)
    isolated = exposed(drawn.first, hidden)
    needed = len(house(drawn.first))
    return (
        Check("subtract", len(left) == 1 and left <= set(drawn.small()), "subtract"),
        Check("joined", state.joined == joined, "joined"),
        Check("status", state.status == status, "status"),
        Check("safe", not isolated, "safe"),
        Check("useful", bool(state.hide) and len(hidden) <= needed + SPARE, "useful"),
    )


def grade(state: State) -> Grade:
    """The share of checks that hold; passed when all do."""
    return graded(checks(state), "break-suppression", VERSION)


def solve(state: State) -> State:
    """A department less its shown teams; the totals of two days; what Steward's rule hides."""
    drawn = state.figures
    target = drawn.small()[0]
    above = str(drawn.parent(target))
    joined, status = told_by_two_days(drawn)
    offered = state.offered()
    return replace(
        state,
        begin=above,
        less=in_order(offered["less"], [o for o in drawn.children(above) if o != target]),
        joined=joined,
        status=status,
        hide=in_order(offered["hide"], house(drawn.first)),
    )


def naive(state: State) -> State:
    """Hides the two totals beside the hidden numbers and trusts that nothing else adds up."""
    drawn = state.figures
    joined, _ = told_by_two_days(drawn)
    first = str(drawn.parent(drawn.small()[0]))
    shown = in_order(state.offered()["less"], drawn.children(first))
    return replace(state, begin=TOP, less=shown[:1], joined=joined, status="open", hide=(first,))
