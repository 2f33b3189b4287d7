"""What the reports and the release are worth, and two solutions that prove the grader."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from modules.basics import Grade
from modules.labs.hidden_tab.attack import leaks, planted, too_much
from modules.labs.hidden_tab.material import material
from modules.labs.hidden_tab.options import LEAKS, RELEASED, Benefit, Book
from modules.labs.hidden_tab.release import Choices, built
from modules.labs.hidden_tab.state import OFFERED, State
from modules.labs.hidden_tab.workbook import workbook
from modules.labs.lab import Check, graded

VERSION = 1
MAY_REPORT = 1
"""Harmless things that may be reported in a lab that is passed: care is no fault."""
ASKED = tuple(one for one in OFFERED if not one.endswith("/officer"))


def released(state: State) -> bytes | None:
    """The file that the switches make; None as long as they make none."""
    if not state.choices.ready():
        return None
    # Only a cleaned copy depends on the reports.
    marks = state.marks if state.choices.start == "clean" else ()
    return _built(state.options.book, state.benefit, state.seed, marks, state.choices)


@lru_cache(maxsize=64)
def _built(
    words: Book, benefit: Benefit, seed: str, marks: tuple[str, ...], choices: Choices
) -> bytes:
    original = workbook(words, benefit, seed)
    return built(words, material(benefit, seed), original, marks, choices)


@lru_cache(maxsize=64)
def _wrong(body: bytes, words: Book, benefit: Benefit, strings: tuple[str, ...]) -> tuple[str, ...]:
    return too_much(body, words, benefit, strings)


def attacked(state: State, body: bytes) -> tuple[str, ...]:
    """What a stranger finds in ``body`` that should not be there, or misses; some of `RELEASED`."""
    return _wrong(body, state.options.book, state.benefit, planted(state.from_town))


def wrong(state: State) -> tuple[str, ...]:
    """What is wrong with the release, or the file that was brought; all when there is none."""
    if state.brought is not None:
        return state.brought
    body = released(state)
    return RELEASED if body is None else attacked(state, body)


def true_leaks(state: State) -> dict[str, str]:
    """The six leaks of this learner's workbook: kind by id, found by the attack on its bytes."""
    return _leaks(state.workbook, planted(state.from_town))


@lru_cache(maxsize=64)
def _leaks(body: bytes, strings: tuple[str, ...]) -> dict[str, str]:
    return leaks(body, strings)


def checks(state: State) -> tuple[Check, ...]:
    """Each kind of leak, not too many harmless things, and the six properties of the release."""
    found = true_leaks(state)
    reported = {found[one] for one in state.marks if one in found}
    harmless = [one for one in state.marks if one not in found]
    faults = wrong(state)
    return (
        *(Check(f"report/{leak}", leak in reported, f"report-{leak}") for leak in LEAKS),
        Check("report/harmless", len(harmless) <= MAY_REPORT, "report-harmless"),
        *(Check(f"release/{part}", part not in faults, f"release-{part}") for part in RELEASED),
    )


def grade(state: State) -> Grade:
    """The share of checks passed; ``right`` when all are. Tags name the kinds that failed."""
    return graded(checks(state), "hidden-tab", VERSION)


def solve(state: State) -> State:
    """All six reported, nothing else, and a new file with the values that were asked for."""
    return replace(
        state,
        marks=tuple(sorted(true_leaks(state))),
        choices=Choices("new", ASKED, "values", "office"),
        brought=None,
    )


def naive(state: State) -> State:
    """What the first menu shows, and “Save as”."""
    first = tuple(one for one, kind in true_leaks(state).items() if kind == "sheet")
    return replace(state, marks=first, choices=Choices("save-as"), brought=None)
