"""A desk that stores nothing: a trainer plays a module on it, marked as a learner's would be."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from modules.basics import seed_for
from modules.course.model import LabStep, Module, ScenarioStep, Step
from modules.progress import marking, papers
from modules.progress.journey import Journey
from modules.progress.outcome import outcome
from modules.progress.papers import TEST_OUT
from modules.progress.sheet import Answer, Paper, Sheet, draft_slot


class Rehearsal(Journey):
    """A journey on which every step is open: whoever rehearses may look anywhere."""

    def may_open(self, step_id: str) -> bool:
        """Any step that the module has."""
        return any(step.id == step_id for step in self.steps)


class RehearsalDesk:
    """See `modules.play.desk.Desk`. Answers and drafts live in ``kept`` and nowhere else.

    ``kept`` is a plain dict that the caller holds, empty at first; emptying it starts anew. The
    same ``variant`` draws the same questions, options and values each time.
    """

    def __init__(
        self,
        module: Module,
        kept: dict[str, Any],
        clock: Callable[[], datetime],
        goes: Callable[[str], None],
        variant: int = 1,
    ) -> None:
        self.module, self.clock, self.goes, self.variant = module, clock, goes, variant
        self._sheets: dict[tuple[str, int], dict[tuple[str, int], Answer]]
        self._drafts: dict[tuple[str, int, str], dict[str, Any]]
        self._papers: dict[tuple[str, int], Paper]
        self._sheets = kept.setdefault("sheets", {})
        self._papers = kept.setdefault("papers", {})
        self._drafts = kept.setdefault("drafts", {})
        self._earlier: set[str] = set()

    @property
    def journey(self) -> Journey:
        """Where this rehearsal is, after everything kept so far."""
        checks = [self._sheet(*key) for key in sorted(self._sheets) if key[0] == "check"]
        # As with learners: a passed check ends the round, another check ends the one before it.
        passed = any(outcome(self.module, sheet).passed for sheet in checks)
        ended = [replace(sheet, ended=passed or sheet is not checks[-1]) for sheet in checks]
        begun = ("practice", 1) in self._sheets
        pre, test_out = ("pre", 1) in self._sheets, (TEST_OUT, 1) in self._sheets
        return Rehearsal(
            self.module,
            practice=replace(self._sheet("practice", 1), ended=passed) if begun else None,
            pre=replace(self._sheet("pre", 1), ended=passed) if pre else None,
            checks=tuple(ended),
            test_out=self._sheet(TEST_OUT, 1) if test_out else None,
        )

    def _sheet(self, form: str, number: int) -> Sheet:
        answers = dict(self._sheets[form, number])
        return Sheet(
            form, number, self._seed(form, number), answers, paper=self._papers[form, number]
        )

    def _seed(self, form: str, number: int) -> str:
        return seed_for(f"rehearsal {self.variant}", f"{self.module.id}/{form}:{number}")

    def _start(self, form: str, number: int = 1) -> None:
        """Begin an attempt with a paper of what was not met yet, unless it is begun already."""
        if (form, number) in self._sheets:
            return
        met = papers.seen(self._sheet(*key) for key in self._sheets)
        seed = self._seed(form, number)
        self._papers[form, number] = papers.draw(self.module, form, seed, met)
        self._sheets[form, number] = {}

    @property
    def earlier(self) -> frozenset[str]:
        """The slots that had an answer already when another was sent."""
        return frozenset(self._earlier)

    @property
    def citizen(self) -> str:
        """Another resident for each variant."""
        return f"rehearsal {self.variant}"

    def begin(self, test_out: bool = False) -> None:
        """Start, unless it is started already."""
        if ("practice", 1) not in self._sheets:
            for form in ("practice", TEST_OUT if test_out else "pre"):
                self._start(form)

    def draft(self, sheet: Sheet, slot: str) -> Mapping[str, Any]:
        """What was kept and not sent."""
        return self._drafts.get((sheet.form, sheet.number, slot), {})

    def save(self, sheet: Sheet, slot: str, body: Mapping[str, Any]) -> None:
        """Keep what is chosen or typed, unless it is answered already."""
        given = self._sheets[sheet.form, sheet.number]
        if slot not in [draft_slot(*key) for key in given]:
            self._drafts[sheet.form, sheet.number, slot] = _as_json(body)

    def answer(
        self,
        sheet: Sheet,
        slot: str,
        response: Mapping[str, Any],
        sure: str | None,
        try_number: int = 1,
    ) -> Answer:
        """Keep an answer; the first one stands."""
        marked = marking.mark_item(
            self.module, sheet, slot, response, sure=sure, now=self.clock(), try_number=try_number
        )
        if (slot, try_number) in self._sheets[sheet.form, sheet.number]:
            self._earlier.add(slot)
        return self._keep(sheet, marked)

    def decide(
        self, step: ScenarioStep, number: int, choice: str, *, reason: str = "", play: int = 1
    ) -> Answer:
        """Keep a decision."""
        practice, now = self._practice(), self.clock()
        marked = marking.mark_decision(
            self.module, practice, step, number, choice, now, reason=reason, play=play
        )
        return self._keep(practice, marked)

    def hand_in(self, step: LabStep, body: Mapping[str, Any], try_number: int) -> Answer:
        """Keep a lab."""
        practice = self._practice()
        marked = marking.mark_lab(
            self.module,
            practice,
            step,
            body,
            seed=seed_for(practice.seed, f"lab:{step.id}"),
            try_number=try_number,
            now=self.clock(),
        )
        return self._keep(practice, marked)

    def leave(self, step: Step, without: str = "") -> None:
        """Keep that a step was left behind, wherever it was opened from."""
        self._keep(self._practice(), marking.mark_step(step, self.clock(), without))

    def check_again(self) -> None:
        """Begin a check: the first, or another once the last one is answered."""
        checks = self.journey.checks
        if not checks or outcome(self.module, checks[-1]).finished:
            self._start("check", len(checks) + 1)

    def go(self, place: str) -> None:
        """Show another place of the module."""
        self.goes(place)

    def _practice(self) -> Sheet:
        # Who jumps into the middle has begun by that.
        self.begin()
        return self._sheet("practice", 1)

    def _keep(self, sheet: Sheet, marked: Answer) -> Answer:
        given = self._sheets[sheet.form, sheet.number]
        key = (marked.slot, marked.try_number)
        if key not in given:
            given[key] = replace(marked, response=_as_json(marked.response))
            self._drafts.pop((sheet.form, sheet.number, draft_slot(*key)), None)
        return given[key]


def _as_json(body: Mapping[str, Any]) -> dict[str, Any]:
    """A copy as the database would give it back; what it could not store fails here too."""
    copy: dict[str, Any] = json.loads(json.dumps(dict(body)))
    return copy
