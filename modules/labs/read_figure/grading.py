"""What the tags and repairs are worth, and two solutions that prove the grader."""

from __future__ import annotations

from dataclasses import replace

from modules.basics import Grade
from modules.labs.lab import Check, graded
from modules.labs.read_figure.options import TAGS, Headline
from modules.labs.read_figure.repair import PARTS, Repair, judge
from modules.labs.read_figure.state import Marks, State

VERSION = 2
MAY_MISS = 1
"""Headlines that may have a wrong tag in a lab that is passed."""


def checks_of(headline: Headline, marks: Marks) -> tuple[Check, ...]:
    """Four tags and, where there is something to mend, the four parts of the repair."""
    tags = {
        "base": marks.base == headline.base,
        "date": marks.date == headline.date,
        "evidence": marks.evidence == headline.evidence,
        "wording": marks.safe is headline.safe,
    }
    if headline.repair:
        mended = _mended(headline.repair, marks)
        tags |= {f"repair-{part}": passed for part, passed in mended.items()}
    return tuple(Check(f"{headline.id}/{hint}", passed, hint) for hint, passed in tags.items())


def _mended(repair: Repair, marks: Marks) -> dict[str, bool]:
    """For each part of a repair, whether it holds, or held when the sentence was still kept."""
    if marks.judged is None:
        return judge(repair, marks.repair)
    return {part: part in marks.judged for part in PARTS}


def checks(state: State) -> tuple[Check, ...]:
    """Every check of every headline, in written order."""
    return tuple(
        check for one in state.options.headlines for check in checks_of(one, state.marks[one.id])
    )


def grade(state: State) -> Grade:
    """The share of checks passed; tags name the kinds that failed (``read-figure-base``).

    ``right`` means passed: all four tags right for every headline but one at most (5 of 6),
    and all repairs pass. A passed lab can have a score below 1.
    """
    all_checks = checks(state)
    failed = [check for check in all_checks if not check.passed]
    mistagged = {check.key.split("/")[0] for check in failed if check.hint in TAGS}
    mended = all(check.hint in TAGS for check in failed)
    passed = mended and len(mistagged) <= MAY_MISS
    return graded(all_checks, "read-figure", VERSION, passed=passed)


def forget(state: State) -> State:
    """The same marks with each typed sentence replaced by the parts of it that hold."""
    marks = dict(state.marks)
    for one in state.options.headlines:
        mine = marks[one.id]
        if mine.repair:
            held = _mended(one.repair, mine) if one.repair else {}
            judged = tuple(part for part, holds in held.items() if holds)
            marks[one.id] = replace(mine, repair="", judged=judged)
    return replace(state, marks=marks)


def solve(state: State) -> State:
    """The right tags and the writer's model repairs."""
    marks = {
        one.id: Marks(one.base, one.date, one.evidence, one.safe, one.model or "")
        for one in state.options.headlines
    }
    return State(state.options, state.seed, marks)


def naive(state: State) -> State:
    """The first of every list, everything safe, and the headlines copied as their repairs."""
    base, date, evidence = (next(iter(names)) for names in state.options.lists().values())
    marks = {
        one.id: Marks(base, date, evidence, True, one.text if one.repair else "")
        for one in state.options.headlines
    }
    return State(state.options, state.seed, marks)
