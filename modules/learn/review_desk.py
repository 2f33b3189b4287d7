"""The desk for questions outside the lesson: a review's, or a delayed check's of one module."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from db.engine import writing
from modules.access import Viewer
from modules.basics import BadInput
from modules.course.model import LabStep, ScenarioStep, Step
from modules.learn import quiz
from modules.learn.again import Patient, again, at_once
from modules.learn.quiz import Quiz
from modules.progress.journey import Journey
from modules.progress.sheet import Answer, Sheet


class ReviewDesk:
    """See `modules.play.desk.Desk`; there are questions here and nothing else."""

    def __init__(
        self,
        viewer: Viewer,
        of: Quiz,
        clock: Callable[[], datetime],
        patient: Patient = at_once,
    ) -> None:
        self.viewer, self.of, self.clock = viewer, of, clock
        self.patient = patient
        self._earlier: set[str] = set()

    @property
    def journey(self) -> Journey:
        """The content, and no way through it."""
        return Journey(self.of.module)

    @property
    def earlier(self) -> frozenset[str]:
        """The slots that another tab answered first."""
        return frozenset(self._earlier)

    @property
    def citizen(self) -> str:
        """The resident of her stories; reviews have none, and know the same one."""
        return str(self.viewer.person_id)

    def draft(self, sheet: Sheet, slot: str) -> Mapping[str, Any]:
        """What was kept and not sent."""
        return self.of.drafts.get(slot, {})

    @again
    def save(self, sheet: Sheet, slot: str, body: Mapping[str, Any]) -> None:
        """Keep what is chosen or typed."""
        with writing() as session:
            quiz.save(session, self.viewer, of=self.of, slot=slot, body=body, now=self.clock())

    def answer(
        self,
        sheet: Sheet,
        slot: str,
        response: Mapping[str, Any],
        sure: str | None,
        try_number: int = 1,
    ) -> Answer:
        """Record an answer; the first one stands, and it is asked once."""
        now = self.clock()

        def record() -> Answer:
            with writing() as session:
                return quiz.answer(
                    session,
                    self.viewer,
                    of=self.of,
                    slot=slot,
                    response=response,
                    sure=sure,
                    now=now,
                )

        # The moment stays: repeated after a lost acknowledgement it finds itself, not another tab.
        stands = self.patient(record, True)
        if stands.answered_at != now:
            self._earlier.add(slot)
        return stands

    def decide(
        self, step: ScenarioStep, number: int, choice: str, *, reason: str = "", play: int = 1
    ) -> Answer:
        """There is no story here."""
        raise _elsewhere()

    def hand_in(self, step: LabStep, body: Mapping[str, Any], try_number: int) -> Answer:
        """There is no lab here."""
        raise _elsewhere()

    def leave(self, step: Step, without: str = "") -> None:
        """There are no steps here."""
        raise _elsewhere()

    def check_again(self) -> None:
        """There is no check to take again."""
        raise _elsewhere()

    def go(self, place: str) -> None:
        """There is nowhere to go."""
        raise _elsewhere()


def _elsewhere() -> BadInput:
    return BadInput("This belongs to the lesson. Go back to your path and open the module.")
