"""Replay: an attempt graded again from its content, seed, paper and responses. Pure.

What is recorded is never changed by it: it says where recorded and replayed grades differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from modules.basics import BadInput, Grade, seed_for
from modules.course.model import Module
from modules.labs import LABS, LibraryMissing
from modules.progress.asked import decisions, item_of
from modules.progress.marking import asked_of
from modules.progress.papers import TEST_OUT
from modules.progress.sheet import Answer, Mark, Sheet
from modules.scenarios import Path, choose, ended, must_say_why
from modules.scenarios import replay as walk

# What a response that was never offered can raise in a grader, beside BadInput; and a lab whose
# library is not there any more.
UNREADABLE = (BadInput, LibraryMissing, LookupError, TypeError, ValueError, ArithmeticError)


@dataclass(frozen=True)
class Replayed:
    """One answer and its grade then and now; ``trouble`` says why there is none now.

    ``regraded`` is the grade that counts, where a corrected question has given it another, and
    ``corrected`` the one that this question gives it now; None where that is not looked at.
    """

    slot: str
    try_number: int
    kind: str
    recorded: Mark
    replayed: Mark | None
    trouble: str = ""
    regraded: Mark | None = None
    corrected: Mark | None = None

    @property
    def same(self) -> bool:
        """Whether the same answer gets the same grade, and a corrected question the same again."""
        return self._first_same and self._again_same

    @property
    def _first_same(self) -> bool:
        return self.replayed is not None and self.replayed.worth == self.recorded.worth

    @property
    def _again_same(self) -> bool:
        both = (self.regraded, self.corrected)
        return None in both or len({one.worth for one in both if one}) == 1

    def __str__(self) -> str:
        where = f"{self.slot} try {self.try_number}"
        if self.replayed is None:
            return f"{where}: cannot be replayed: {self.trouble}"
        then, now = self.recorded, self.replayed
        if self._first_same and self.regraded and self.corrected:
            then, now = self.regraded, self.corrected
            where += ", by the corrected question"
        return f"{where}: recorded {told(then)}, replayed {told(now)}"


def told(mark: Mark) -> str:
    """A grade in words."""
    right = {True: "right", False: "not right", None: "not graded"}[mark.right]
    score = "no score" if mark.score is None else f"score {mark.score:g}"
    tags = f", tags {' '.join(mark.tags)}" if mark.tags else ""
    return f"{right}, {score}{tags} (grader {mark.grader})"


def replay(module: Module, sheet: Sheet) -> tuple[Replayed, ...]:
    """Every answer of an attempt, graded again, in the order of its slots and tries.

    By the content that it was given on, as it was graded then: a regrade changes neither.
    """
    found, first = [], sheet.first()
    for at, answer in sorted(first.answers.items()):
        recorded, stands = answer.mark, sheet.answers[at]
        regraded = stands.mark if stands.was else None
        try:
            replayed: Mark | None = _again(module, first, answer)
            trouble = ""
        except UNREADABLE as error:
            replayed, trouble = None, _reason(error)
        found.append(
            Replayed(
                answer.slot, answer.try_number, answer.kind, recorded, replayed, trouble, regraded
            )
        )
    return tuple(found)


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"This content has no {error}."
    return str(error) or type(error).__name__


def _again(module: Module, sheet: Sheet, answer: Answer) -> Mark:
    """The grade that an answer gets now. Raises for an answer that was never possible."""
    if answer.kind == "item":
        if not asked_of(module, sheet, answer.slot, answer.try_number):
            raise BadInput("The attempt never asked this.")
        item = item_of(module, sheet, answer.slot, answer.try_number)
        return _mark(item.grade(answer.response))
    kind, _, place = answer.slot.partition(":")
    if kind == "lab" and answer.kind == "lab":
        return _mark(_lab(module, sheet, module.step(place).id, answer))
    if kind == "scenario" and answer.kind == "decision":
        step, _, number = place.rpartition(":")
        _decide(module, sheet, step, int(number), answer.try_number)
    elif kind == "screen" and answer.kind == "screen":
        if place != TEST_OUT:
            module.step(place)
    else:
        raise BadInput(f"There is no answer of the kind “{answer.kind}” in this slot.")
    return Mark(None, None, (), answer.grader)


def _mark(grade: Grade) -> Mark:
    return Mark(grade.score, grade.right, tuple(grade.tags), grade.version)


def _lab(module: Module, sheet: Sheet, step: str, answer: Answer) -> Grade:
    given = module.lab_of(step)
    if given is None:
        raise BadInput("This content has no lab.")
    lab = LABS[given.name]
    seed = seed_for(sheet.seed, f"lab:{step}")
    return lab.grade(lab.load(given.options, seed, answer.response))


def _decide(module: Module, sheet: Sheet, step: str, number: int, play: int) -> None:
    """Take the decisions of a play up to this one; the story must allow each."""
    if module.scenario is None:
        raise BadInput("This content has no scenario.")
    place = module.step(step)
    if play > 1 and not ended(module.scenario, Path(decisions(sheet, place, play - 1))):
        raise BadInput("The play before this one has not ended.")
    taken = decisions(sheet, place, play)
    if not 1 <= number <= len(taken):
        raise BadInput("A decision before this one is missing.")
    path = walk(module.scenario, taken[: number - 1])
    if must_say_why(module.scenario, path) and not taken[number - 1].reason:
        raise BadInput("The decision has no reason, and the story asks for one.")
    _, choice, reason = taken[number - 1]
    after = choose(module.scenario, path, choice, reason)
    if after.steps[-1] != taken[number - 1]:
        raise BadInput("These decisions do not belong to this story.")
