"""What a prompt and a review are worth, and two solutions that prove the grader."""

from __future__ import annotations

from dataclasses import replace

from modules.basics import Grade
from modules.labs.lab import Check, graded
from modules.labs.prompt_hygiene.attack import attack
from modules.labs.prompt_hygiene.options import ERRORS
from modules.labs.prompt_hygiene.state import State

VERSION = 1
MAY_MISS = 1
"""Planted errors that may be missed in a lab that is passed; as many decoys may be marked."""
FREE = ("sex", "benefit")
"""Clues that the task itself brings: whom “she” can be, and what the letter is about."""


def prompted(state: State) -> dict[str, bool]:
    """The properties of the prompt, found by attacking its text."""
    found, drawn = attack(state.prompt), state.drawn
    theirs = {one for one in found.direct if one in drawn.texts["third"]}
    beyond = [one for one in found.clues if one.about not in (*FREE, "clinic", "condition")]
    needed = [drawn.texts[one.id] for one in state.options.pieces if one.kind == "need"]
    return {
        "direct": set(found.direct) <= theirs,
        "third": not theirs,
        "health": not found.health,
        "alone": found.fit >= state.options.least,
        "beyond": len(beyond) <= 1,
        "needed": bool(state.covered) and all(one in state.prompt for one in needed),
    }


def checks(state: State) -> tuple[Check, ...]:
    """Six for the prompt, one for each planted error, one for decoys, one for who signs."""
    options = state.options
    prompt = [Check(f"prompt/{key}", ok, f"prompt-{key}") for key, ok in prompted(state).items()]
    planted: dict[str, str] = {one.error: one.id for one in options.sentences if one.error}
    found = [Check(f"draft/{one}", planted[one] in state.marked, f"draft-{one}") for one in ERRORS]
    decoys = state.marked - set(planted.values())
    few = Check("draft/decoys", bool(state.marked) and len(decoys) <= MAY_MISS, "draft-decoys")
    right = {one.id for one in options.signs if one.right}
    return (*prompt, *found, few, Check("sign", state.sign in right, "sign"))


def grade(state: State) -> Grade:
    """The share of checks passed. Passed: all, but for one planted error that may be missed."""
    all_checks = checks(state)
    failed = [check for check in all_checks if not check.passed]
    errors = [check for check in failed if check.hint.removeprefix("draft-") in ERRORS]
    passed = len(errors) == len(failed) <= MAY_MISS
    return graded(all_checks, "prompt-hygiene", VERSION, passed=passed)


def forget(state: State) -> State:
    """The same: nothing is typed here."""
    return state


def solve(state: State) -> State:
    """All out that the task does not need, each planted error marked, and a person signs."""
    options = state.options
    return replace(
        state,
        covered=frozenset(one.id for one in options.pieces if one.kind != "need"),
        marked=frozenset(one.id for one in options.sentences if one.error),
        sign=next(one.id for one in options.signs if one.right),
    )


def naive(state: State) -> State:
    """The name removed, and the letter accepted as it came."""
    wrong = next(one.id for one in state.options.signs if not one.right)
    return replace(state, covered=frozenset({"name"}), marked=frozenset(), sign=wrong)
