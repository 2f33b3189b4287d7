"""What the cards, the notice and the answer are worth, and two solutions that prove the grader."""

from __future__ import annotations

from dataclasses import replace

from modules.basics import Grade
from modules.labs.basis_builder.notice import answers, judged
from modules.labs.basis_builder.options import Card
from modules.labs.basis_builder.rules import FACTORS, bases, fits, holds, telling
from modules.labs.basis_builder.state import ASKED, State
from modules.labs.lab import Check, graded

VERSION = 1
MAY_MISS = 1
"""Cards that may be wrong in a lab that is passed, and factors of the new use."""


def right(card: Card, what: str, value: str | None) -> bool:
    """Whether an answer agrees with what the entry states, by the rule table."""
    if what == "basis":
        return value is not None and holds(card, value)
    if what == "condition":
        return value == ("yes" if card.special else "no")
    if what == "told":
        return value == telling(card)
    return value == "fit"


def _of_card(state: State, card: Card) -> list[Check]:
    found = []
    for what in ASKED:
        value = state.answers.get(f"{card.id}/{what}")
        hint = f"basis-{value or bases(card)[0]}" if what == "basis" else what
        found.append(Check(f"{card.id}/{what}", right(card, what, value), hint))
    return found


def _of_use(state: State) -> list[Check]:
    use, given = state.drawn.use, state.answers
    may = fits(use.speaks)
    found = [
        Check(
            f"use/{factor}",
            given.get(f"use/{factor}") == ("for" if use.speaks[factor] else "against"),
            "use-factor",
        )
        for factor in FACTORS
    ]
    found.append(
        Check("use/verdict", given.get("use/verdict") == ("go" if may else "stop"), "use-verdict")
    )
    rests = {"good": use.good, "bad": use.bad}.get(given.get("use/reason", ""), "").split()
    # A reason carries when it rests on factors, and all of them point where the answer points.
    carries = bool(rests) and all(use.speaks[one] is may for one in rests)
    found.append(Check("use/reason", carries, "use-reason"))
    return found


def checks(state: State) -> tuple[Check, ...]:
    """Four for each card, nine for the notice, seven for the new use."""
    told = judged(state.options, state.drawn.told, state.chosen)
    return (
        *(check for card in state.drawn.cards for check in _of_card(state, card)),
        *(Check(f"notice/{hint}", held, hint) for hint, held in told.items()),
        *_of_use(state),
    )


def grade(state: State) -> Grade:
    """The share of checks passed; tags name the kinds that failed (``basis-builder-told``).

    ``right`` means passed: all cards but one, the whole notice, and for the new use the answer,
    its reason and all factors but one.
    """
    every = checks(state)
    failed = [check for check in every if not check.passed]
    ids = {card.id for card in state.drawn.cards}
    cards = {check.key.split("/")[0] for check in failed} & ids
    factors = [check for check in failed if check.hint == "use-factor"]
    strict = [check for check in failed if check.key.split("/")[0] not in ids]
    passed = len(cards) <= MAY_MISS and len(factors) <= MAY_MISS and len(strict) == len(factors)
    return graded(every, "basis-builder", VERSION, passed=passed)


def forget(state: State) -> State:
    """The same: nothing is typed here."""
    return state


def solve(state: State) -> State:
    """The writer's keys, the sentences that answer, and what the factors come to."""
    drawn = state.drawn
    given: dict[str, str] = {}
    for card in drawn.cards:
        given[f"{card.id}/purpose"] = "fit"
        given[f"{card.id}/basis"] = card.key[0]
        given[f"{card.id}/condition"] = "yes" if card.special else "no"
        given[f"{card.id}/told"] = telling(card)
    for factor, speaks in drawn.use.speaks.items():
        given[f"use/{factor}"] = "for" if speaks else "against"
    given["use/verdict"] = "go" if drawn.use.fits else "stop"
    given["use/reason"] = "good" if drawn.use.fits else "bad"
    told = tuple(sorted(one.id for one in drawn.sentences if answers(drawn.told, one)))
    return replace(state, answers=given, notice=told)


def naive(state: State) -> State:
    """Consent for everything, so that nobody else is told; careful words; and it is our data."""
    given: dict[str, str] = {}
    for card in state.drawn.cards:
        given[f"{card.id}/purpose"] = "wide"
        given[f"{card.id}/basis"] = "consent"
        given[f"{card.id}/condition"] = "no"
        given[f"{card.id}/told"] = "none"
    given |= {f"use/{factor}": "for" for factor in FACTORS}
    given |= {"use/verdict": "go", "use/reason": "ours"}
    kind = ("basis-other", "long-vague", "praise", "receives-vague", "who", "why-wide")
    return replace(state, answers=given, notice=kind)
