"""What a canvas is worth, and two that prove the grader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from modules.basics import Grade
from modules.labs.ethics_canvas.options import TAKEN, Choice, Review
from modules.labs.ethics_canvas.recount import carried
from modules.labs.ethics_canvas.state import State
from modules.labs.lab import Check, graded

VERSION = 1
MAY_MISS = 1
MUST = frozenset({"open", "groups", "mitigation", "budget", "review"})
"""Hints of what has to hold in any case. Of the others one may be missed."""
YEAR = 366
"""Days within which one has to look again."""


def right(several: Iterable[Choice], id_: str | None) -> bool:
    """Whether this is one of those that the grader takes."""
    return any(one.key and one.id == id_ for one in several)


def dated(reviews: Iterable[Review], id_: str | None) -> bool:
    """Whether this is a day, and within a year."""
    return any(one.id == id_ and 0 < one.days <= YEAR for one in reviews)


def met(state: State) -> bool:
    """Whether each harm that is rated highest has a mitigation that is taken."""
    against = {one.against for one in state.proposal.mitigations if one.id in state.taken}
    highest = state.highest()
    return bool(highest) and set(highest) <= against


def checks(state: State) -> tuple[Check, ...]:
    """One for each property of the canvas, the two groups that the figures show among them."""
    one, picks, options = state.proposal, state.picks, state.options
    seen = next(harm.id for harm in one.harms if harm.seen)
    few = len(state.groups) <= TAKEN
    return (
        Check("canvas/filled", not state.open(), "open"),
        Check("benefit", right(one.benefits, picks.get("benefit")), "benefit"),
        *(
            Check(f"groups/{group}", few and group in state.groups, "groups")
            for group in sorted(carried(options.people, one))
        ),
        Check("least", right(one.ways, picks.get("least")), "least"),
        Check("harms/seen", state.likely.get(seen) == "seen", "harm"),
        Check("mitigations/highest", met(state), "mitigation"),
        Check(
            "mitigations/budget",
            len(state.taken) == TAKEN and state.spent() <= options.budget,
            "budget",
        ),
        Check("reason", right(one.reasons, picks.get("reason")), "reason"),
        Check("owner", right(options.owners, picks.get("owner")), "owner"),
        Check("review", dated(options.reviews, picks.get("review")), "review"),
    )


def grade(state: State) -> Grade:
    """The share of checks passed; tags name the kinds that failed (``ethics-canvas-groups``).

    ``right`` means passed: everything in `MUST`, and one miss at most among the rest.
    """
    all_checks = checks(state)
    failed = [check.hint for check in all_checks if not check.passed]
    passed = not MUST & set(failed) and len(failed) <= MAY_MISS
    return graded(all_checks, "ethics-canvas", VERSION, passed=passed)


def forget(state: State) -> State:
    """The same without the note, which nothing was graded by."""
    return replace(state, note="")


def solve(state: State) -> State:
    """The groups that the town shows, the harm that it shows, and what meets it in the budget."""
    one, options = state.proposal, state.options
    seen = next(harm.id for harm in one.harms if harm.seen)
    cheap = sorted(one.mitigations, key=lambda each: (each.against != seen, each.cost))[:TAKEN]
    return replace(
        state,
        picks={
            "benefit": next(each.id for each in one.benefits if each.key),
            "least": next(each.id for each in one.ways if each.key),
            "decision": list(options.decisions)[1],
            "reason": next(each.id for each in one.reasons if each.key),
            "owner": next(each.id for each in options.owners if each.key),
            "review": next(each.id for each in options.reviews if each.key),
        },
        groups=carried(options.people, one),
        likely={harm.id: "seen" if harm.seen else "could" for harm in one.harms},
        severe={harm.id: "lasting" if harm.seen else "hurts" for harm in one.harms},
        taken=tuple(each.id for each in one.mitigations if each in cheap),
    )


def naive(state: State) -> State:
    """Every box ticked, from the proposer's side: those in the room, nothing from the figures."""
    one, options = state.proposal, state.options
    idle = [each.id for each in one.mitigations if not each.against]
    return replace(
        state,
        picks={
            "benefit": next(each.id for each in one.benefits if not each.key),
            "least": next(each.id for each in one.ways if not each.key),
            "decision": next(iter(options.decisions)),
            "reason": next(each.id for each in one.reasons if not each.key),
            "owner": next(each.id for each in options.owners if not each.key),
            "review": next(each.id for each in options.reviews if not each.key),
        },
        groups=tuple(group.id for group in one.groups if not group.cut),
        likely={harm.id: "could" for harm in one.harms},
        severe={harm.id: "nuisance" for harm in one.harms},
        taken=tuple(idle[:TAKEN]),
    )
