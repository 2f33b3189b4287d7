"""The learner's desk: what happens on the page goes to the database, and only to her own record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from db.engine import reading, writing
from modules.access import Viewer
from modules.course.model import LabStep, ScenarioStep, Step
from modules.learn import actions, rounds
from modules.learn.again import Patient, again, at_once, recording
from modules.progress.journey import Journey
from modules.progress.sheet import Answer, Sheet


class LearnerDesk:
    """See `modules.play.desk.Desk`. Each call that records has committed when it returns."""

    def __init__(
        self,
        viewer: Viewer,
        module: str,
        clock: Callable[[], datetime],
        goes: Callable[[str], None],
        patient: Patient = at_once,
    ) -> None:
        self.viewer, self.module, self.clock, self.goes = viewer, module, clock, goes
        self.patient = patient
        self._earlier: set[str] = set()
        self.reload()

    @again
    def reload(self) -> None:
        """Read the module again."""
        with reading() as session:
            self.opened = rounds.opened(session, self.viewer, module=self.module)
            self._window = rounds.window(session, self.viewer, module=self.module)
        self._stale = False

    @property
    def journey(self) -> Journey:
        """Where the learner is, after everything recorded so far."""
        if self._stale:
            self.reload()
        return self.opened.journey

    def may_renew(self, now: datetime) -> bool:
        """Whether the round is over, and its completion has lapsed or the window to renew is open.

        Who renews within the window keeps her cycle: nothing is lost by being early.
        """
        practice, earned = self.journey.practice, self.opened.completion
        if practice is None or not practice.ended:
            return False
        soon = self.viewer.today(now) + timedelta(days=self._window)
        return earned is None or earned.valid_until <= soon

    @property
    def earlier(self) -> frozenset[str]:
        """The slots that another tab answered first."""
        return frozenset(self._earlier)

    @property
    def citizen(self) -> str:
        """The same resident for all modules and rounds of one person."""
        return str(self.viewer.person_id)

    def draft(self, sheet: Sheet, slot: str) -> Mapping[str, Any]:
        """What was kept and not sent."""
        return self.opened.drafts.get((self.opened.attempt(sheet), slot), {})

    @again
    def save(self, sheet: Sheet, slot: str, body: Mapping[str, Any]) -> None:
        """Keep what is chosen or typed."""
        with writing() as session:
            actions.save(
                session,
                self.viewer,
                of=self.opened,
                sheet=sheet,
                slot=slot,
                body=body,
                now=self.clock(),
            )

    def answer(
        self,
        sheet: Sheet,
        slot: str,
        response: Mapping[str, Any],
        sure: str | None,
        try_number: int = 1,
    ) -> Answer:
        """Record an answer; the first one stands."""
        now = self.clock()

        def record() -> Answer:
            with writing() as session:
                return actions.answer(
                    session,
                    self.viewer,
                    of=self.opened,
                    sheet=sheet,
                    slot=slot,
                    response=response,
                    sure=sure,
                    try_number=try_number,
                    now=now,
                )

        # The moment stays: repeated after a lost acknowledgement it finds itself, not another tab.
        stands = self.patient(record, True)
        self._stale = True
        if stands.answered_at != now:
            self._earlier.add(slot)
        return stands

    @recording
    def decide(
        self, step: ScenarioStep, number: int, choice: str, *, reason: str = "", play: int = 1
    ) -> Answer:
        """Record a decision."""
        self._stale = True
        with writing() as session:
            return actions.decide(
                session,
                self.viewer,
                of=self.opened,
                step=step,
                number=number,
                choice=choice,
                reason=reason,
                play=play,
                now=self.clock(),
            )

    @recording
    def hand_in(self, step: LabStep, body: Mapping[str, Any], try_number: int) -> Answer:
        """Record a lab."""
        # Graded first: a lab that calculates for a second must not hold the database meanwhile.
        marked = actions.marked_lab(
            self.viewer,
            of=self.opened,
            step=step,
            body=body,
            try_number=try_number,
            now=self.clock(),
        )
        self._stale = True
        with writing() as session:
            return actions.hand_in(session, self.viewer, of=self.opened, marked=marked)

    @again
    def leave(self, step: Step, without: str = "") -> None:
        """Record that a step was left behind."""
        self._stale = True
        with writing() as session:
            actions.leave(
                session,
                self.viewer,
                of=self.opened,
                step=step,
                now=self.clock(),
                without=without,
            )

    @again
    def check_again(self) -> None:
        """Begin another check."""
        self._stale = True
        with writing() as session:
            rounds.check_again(session, self.viewer, module=self.module, now=self.clock())

    @again
    def begin(self, test_out: bool = False) -> None:
        """Begin the module, with the pre-questions or with a test-out."""
        self._stale = True
        with writing() as session:
            rounds.begin(
                session, self.viewer, module=self.module, now=self.clock(), test_out=test_out
            )

    def go(self, place: str) -> None:
        """Show another place of the module."""
        self.goes(place)
