"""Where a learner is in a module, derived from her answers alone. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from modules.course.model import Module, QuestionsStep, Sitting, Step
from modules.progress.asked import form_items, passed_slot
from modules.progress.outcome import Outcome, outcome
from modules.progress.papers import TEST_OUT
from modules.progress.sheet import Sheet

OWN_FORMS = 3
"""Attempts on forms of their own (A, B, C); after them a check is a guided re-run."""


@dataclass(frozen=True)
class Journey:
    """A learner's way through one module: its content and her attempts of this round.

    ``test_out`` stands in place of the pre-questions. Who passes it goes on with the scenario
    and the lab only; who does not takes the whole module.
    """

    module: Module
    practice: Sheet | None = None
    pre: Sheet | None = None
    checks: tuple[Sheet, ...] = ()
    test_out: Sheet | None = None
    # Whether the module is on the learner's own path, which asks for scenario and lab.
    on_path: bool = True
    # Form and number of the attempt that holds this round's completion, once it has one.
    granted: tuple[str, int] | None = None

    @property
    def started(self) -> bool:
        """Whether the learner has begun this round."""
        return self.practice is not None

    @property
    def tested_out(self) -> bool:
        """Whether the test-out is passed."""
        return self.test_out is not None and self.result(self.test_out).passed

    def result(self, sheet: Sheet) -> Outcome:
        """The result of a check or test-out; what holds the completion stays passed for good."""
        found = outcome(self.module, sheet)
        if found.passed or self.granted != (sheet.form, sheet.number):
            return found
        return replace(found, again=(), passed=True, kept=True)

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """The sittings of this round, each with the steps that are left to take."""
        if self.test_out is None:
            return self.module.sittings
        passed = self.tested_out
        kinds = (("scenario", "lab") if self.on_path else ()) + ("aid",)
        left = []
        for sitting in self.module.sittings:
            steps = tuple(
                step
                for step in sitting.steps
                if (step.kind in kinds if passed else getattr(step, "form", "") != "pre")
            )
            minutes = sum(step.minutes for step in steps)
            if steps:
                left.append(sitting.model_copy(update={"steps": steps, "minutes": minutes}))
        items = form_items(self.module, self.test_out)
        test = QuestionsStep(id=TEST_OUT, kind="questions", form=TEST_OUT, items=items, minutes=3)
        # Of a module without story, lab and job aid nothing but the test is left.
        left = left or [self.module.sittings[0].model_copy(update={"steps": (), "minutes": 0})]
        first = left[0]
        steps = (test, *first.steps)
        left[0] = first.model_copy(update={"steps": steps, "minutes": first.minutes + 3})
        return tuple(left)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step of this round, in order."""
        return tuple(step for sitting in self.sittings for step in sitting.steps)

    @cached_property
    def done(self) -> frozenset[str]:
        """The ids of the steps left behind."""
        if self.practice is None:
            return frozenset()
        return frozenset(step.id for step in self.steps if self.practice.answer(passed_slot(step)))

    @property
    def current(self) -> Step | None:
        """The first step not left behind; None when all are."""
        return next((step for step in self.steps if step.id not in self.done), None)

    @property
    def earned_by(self) -> Sheet | None:
        """The attempt that completes the module, once one does.

        A check that is passed; or a test-out, when story and lab are done as well.
        """
        for sheet in self.checks:
            if self.result(sheet).passed:
                return sheet
        practical = [step for step in self.steps if step.kind in ("scenario", "lab")]
        if self.tested_out and all(step.id in self.done for step in practical):
            return self.test_out
        return None

    @property
    def finished(self) -> bool:
        """Whether the module is complete."""
        return self.earned_by is not None

    @property
    def minutes_left(self) -> int:
        """The writer's minutes of the steps not left behind."""
        return sum(step.minutes for step in self.steps if step.id not in self.done)

    def may_open(self, step_id: str) -> bool:
        """A step left behind, or the current one: nobody jumps ahead, everybody may look back."""
        current = self.current
        known = any(step.id == step_id for step in self.steps)
        return known and (step_id in self.done or current is None or step_id == current.id)

    def step(self, id: str) -> Step:
        """The step of that id; KeyError if this round has none."""
        for step in self.steps:
            if step.id == id:
                return step
        raise KeyError(id)

    def next_step(self, id: str) -> Step | None:
        """The step after that one, None after the last; KeyError for an unknown id."""
        place = self.steps.index(self.step(id)) + 1
        return self.steps[place] if place < len(self.steps) else None

    def sheet(self, form: str) -> Sheet | None:
        """The attempt of a form that is open or was last."""
        if form == "check":
            return self.checks[-1] if self.checks else None
        return {"pre": self.pre, TEST_OUT: self.test_out, "practice": self.practice}.get(form)

    def guided(self, sheet: Sheet) -> bool:
        """Whether a check comes after forms A, B and C: with help and reasons at once."""
        return sheet.form == "check" and sheet in self.checks[OWN_FORMS:]

    @property
    def needs_help(self) -> bool:
        """Whether forms A, B and C are used up and none was passed: help is then at hand."""
        tried = self.checks[:OWN_FORMS]
        return (
            len(tried) == OWN_FORMS
            and not self.finished
            and all(outcome(self.module, one).finished for one in tried)
        )

    def sitting_ends(self, step: Step) -> Sitting | None:
        """The sitting that this step is the last of, if it is."""
        for sitting in self.sittings:
            if sitting.steps[-1].id == step.id:
                return sitting
        return None
