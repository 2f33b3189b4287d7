"""Whatever happens to people, the roll-up says what their completions and placements say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from db import enrolments, placements, recounting, rollup
from db.engine import engine
from db.enrolments import Completed
from db.people import PERSON
from db.tables import Person, core
from tests.data.staff import Body

START = date(2026, 1, 27)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("complete"), st.integers(0, 4), st.integers(0, 500), st.booleans()),
        st.tuples(st.just("move"), st.integers(0, 4), st.integers(0, 3), st.integers(0, 9)),
        st.tuples(st.just("leave"), st.integers(0, 4)),
        st.tuples(st.just("return"), st.integers(0, 4), st.integers(0, 3)),
        st.tuples(st.just("days"), st.integers(1, 40)),
        st.tuples(st.just("withdraw"), st.integers(0, 4)),
    ),
    max_size=14,
)


class History:
    """Five people in four units, and a day that goes on."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.body = Body(session)
        a, b = self.body.unit("A", self.body.top), self.body.unit("B", self.body.top)
        self.units = [self.body.top, a, b, self.body.unit("Inner", a)]
        self.people = self.body.people(5, a, on=START - timedelta(days=9))
        self.day, self.number = START, 0
        recounting.catch_up(session, org_id=self.body.id, today=self.day)

    def do(self, step: tuple[object, ...]) -> None:
        """One step of a history."""
        getattr(self, f"_{step[0]}")(*step[1:])

    def _complete(self, who: int, lasts: int, other: bool) -> None:
        self.number += 1
        attempt = uuid4()
        earned = datetime(self.day.year, self.day.month, self.day.day, 23, 30, tzinfo=UTC)
        self.body.attempt(attempt, self.people[who], self.number, earned)
        completion = Completed(
            attempt_id=attempt,
            person_id=self.people[who],
            module="M02" if other else "M01",
            version="1",
            sha256="x",
            completed_at=earned,
            valid_until=self.day + timedelta(days=lasts),
        )
        for new in (True, False):
            kept = enrolments.complete(self.session, org_id=self.body.id, completion=completion)
            assert kept is new

    def _move(self, who: int, unit: int, later: int) -> None:
        placements.move(
            self.session,
            org_id=self.body.id,
            person_id=self.people[who],
            unit_id=self.units[unit],
            line_manager_id=None,
            day=self.day + timedelta(days=later),
        )

    def _left(self, who: int, day: date | None) -> None:
        hers = (PERSON.org_id == self.body.id) & (PERSON.id == self.people[who])
        self.session.connection().execute(core(Person).update().where(hers).values(left_on=day))

    def _leave(self, who: int) -> None:
        with rollup.keeping(self.session, org_id=self.body.id, person_id=self.people[who]):
            self._left(who, self.day)
            placements.end(
                self.session, org_id=self.body.id, person_id=self.people[who], day=self.day
            )

    def _return(self, who: int, unit: int) -> None:
        with rollup.keeping(self.session, org_id=self.body.id, person_id=self.people[who]):
            self._left(who, None)
            self._move(who, unit, 0)

    def _days(self, number: int) -> None:
        self.day += timedelta(days=number)
        assert recounting.behind(self.session, org_id=self.body.id, today=self.day)
        assert recounting.catch_up(self.session, org_id=self.body.id, today=self.day)
        assert not recounting.catch_up(self.session, org_id=self.body.id, today=self.day)

    def _withdraw(self, who: int) -> None:
        with rollup.keeping(self.session, org_id=self.body.id, person_id=self.people[who]):
            self.body.withdraw(self.people[who])


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
@example([("complete", 0, 90, False), ("move", 0, 2, 5), ("days", 5)])
@example([("complete", 0, 90, False), ("complete", 0, 10, False), ("leave", 0), ("return", 0, 3)])
def test_after_every_step_of_any_history_the_rollup_is_what_a_count_gives(database, steps):
    with Session(engine()) as session:
        session.connection(execution_options={"writes": True})
        history = History(session)
        for step in steps:
            history.do(step)
            assert recounting.differences(session, org_id=history.body.id) == 0, step
        session.rollback()
