"""More time for one duty: a learner asks, her manager decides; or he gives it unasked."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from sqlmodel import Session

from db import duties, leave, people
from db.duties import Duty
from db.leave import More
from db.own_people import Own
from modules import evidence
from modules.access import Viewer, require
from modules.basics import BadInput, Denied
from modules.leave import grounds
from modules.leave.own import own

MOST_DAYS = 60
"""The longest that a day can be put off, in days after the due day."""


def day_of(duty: Duty) -> date:
    """The due day that more time is about: a later cycle has another one."""
    return duty.due_on if duty.valid_until is None else max(duty.due_on, duty.valid_until)


def may_ask(duty: Duty, today: date) -> bool:
    """Whether more time can be asked for now: asked of her, due within 60 days or 60 days ago."""
    reach = timedelta(days=MOST_DAYS)
    return not duty.exempt and day_of(duty) - reach <= today < day_of(duty) + reach


def ask(
    session: Session,
    viewer: Viewer,
    *,
    module: str,
    ground: str,
    until: date,
    now: datetime,
) -> None:
    """Ask the line manager for more time for one of the viewer's own duties.

    Raises BadInput for a day that cannot be, a ground that is not on the list, and while such a
    request is open.
    """
    require(viewer, "learn.more_time")
    grounds.chosen(ground, grounds.ASK)
    people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
    duty = _duty(session, viewer, viewer.person_id, module, now)
    _possible(duty, until, viewer.today(now))
    _ask_once(session, viewer, viewer.person_id, module)
    leave.ask(
        session,
        org_id=viewer.org_id,
        person_id=viewer.person_id,
        module=module,
        due_on=day_of(duty),
        ground=ground,
        until=until,
        now=now,
    )


def withdraw(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> None:
    """Take an open request of the viewer's own back."""
    require(viewer, "learn.more_time")
    found = leave.extension(session, org_id=viewer.org_id, id=id)
    if found is None or found.person_id != viewer.person_id:
        raise Denied(f"request {id}")
    _decide(session, viewer, found, None, grounds.WITHDRAWN, now)


def decide(session: Session, viewer: Viewer, *, id: uuid.UUID, until: date, now: datetime) -> None:
    """Grant an open request of one of the viewer's own people, until any day that can be."""
    require(viewer, "manage.extend")
    found, who = _theirs(session, viewer, id, now)
    duty = _duty(session, viewer, found.person_id, found.module, now)
    if day_of(duty) != found.due_on:
        raise BadInput("The due day has changed since it was asked. Give more time anew.")
    _possible(duty, until, viewer.today(now))
    _decide(session, viewer, found, until, "", now)
    _prove(session, viewer, who, found.module, found.due_on, until, found.ground, now)


def refuse(session: Session, viewer: Viewer, *, id: uuid.UUID, answer: str, now: datetime) -> None:
    """Refuse an open request of one of the viewer's own people, with a sentence from the list."""
    require(viewer, "manage.extend")
    grounds.chosen(answer, grounds.REFUSE)
    found, _ = _theirs(session, viewer, id, now)
    _decide(session, viewer, found, None, answer, now)


def give(
    session: Session,
    viewer: Viewer,
    *,
    person_id: uuid.UUID,
    module: str,
    until: date,
    now: datetime,
) -> None:
    """Give one of the viewer's own people more time for a module, unasked."""
    require(viewer, "manage.extend")
    who = own(session, viewer, person_id, now=now)
    duty = _duty(session, viewer, person_id, module, now)
    _possible(duty, until, viewer.today(now))
    _ask_once(session, viewer, person_id, module)
    leave.ask(
        session,
        org_id=viewer.org_id,
        person_id=person_id,
        module=module,
        due_on=day_of(duty),
        ground=grounds.GIVEN,
        until=until,
        now=now,
        by=viewer.person_id,
    )
    _prove(session, viewer, who, module, day_of(duty), until, grounds.GIVEN, now)


def take_back(session: Session, viewer: Viewer, *, id: uuid.UUID, now: datetime) -> None:
    """Take back more time that one of the viewer's own people was granted."""
    require(viewer, "manage.extend")
    found, who = _theirs(session, viewer, id, now)
    taken = leave.decide(
        session,
        org_id=viewer.org_id,
        id=id,
        by=viewer.person_id,
        until=None,
        answer=grounds.TAKEN_BACK,
        now=now,
        granted=True,
    )
    if not taken:
        raise BadInput(
            "There is no more time to take back: it was not granted, or is back already."
        )
    evidence.record(
        session,
        org_id=viewer.org_id,
        kind="extension_ended",
        about=found.person_id,
        facts={"module": found.module, "due_on": found.due_on},
        personal={"name": who.name, "email": who.email},
        by=viewer.person_id,
        by_name=viewer.name,
        now=now,
    )


def _theirs(session: Session, viewer: Viewer, id: uuid.UUID, now: datetime) -> tuple[More, Own]:
    found = leave.extension(session, org_id=viewer.org_id, id=id)
    if found is None:
        raise Denied(f"request {id}")
    return found, own(session, viewer, found.person_id, now=now)


def _duty(
    session: Session, viewer: Viewer, person_id: uuid.UUID, module: str, now: datetime
) -> Duty:
    found = duties.of_person(
        session, org_id=viewer.org_id, person_id=person_id, day=viewer.today(now)
    )
    for one in found:
        if one.module == module:
            return one
    raise BadInput(f"Module {module} is not asked for now, so there is nothing to put off.")


def _possible(duty: Duty, until: date, today: date) -> None:
    if duty.exempt:
        raise BadInput("This module is exempt, so there is nothing to put off.")
    due = day_of(duty)
    last = due + timedelta(days=MOST_DAYS)
    if not (until > due and until >= today):
        raise BadInput("Choose a day after the due day, and not in the past.")
    if until > last:
        raise BadInput(f"At most {MOST_DAYS} days after the due day: until {last:%d/%m/%Y}.")


def _ask_once(session: Session, viewer: Viewer, person_id: uuid.UUID, module: str) -> None:
    waiting = leave.more_time(session, org_id=viewer.org_id, person_ids=[person_id], open=True)
    if any(one.module == module for one in waiting):
        raise BadInput("A request about this module is open already. It has to be decided first.")


def _decide(
    session: Session,
    viewer: Viewer,
    found: More,
    until: date | None,
    answer: str,
    now: datetime,
) -> None:
    decided = leave.decide(
        session,
        org_id=viewer.org_id,
        id=found.id,
        by=viewer.person_id,
        until=until,
        answer=answer,
        now=now,
    )
    if not decided:
        raise BadInput("This request is not open any more.")


def _prove(
    session: Session,
    viewer: Viewer,
    who: Own,
    module: str,
    due_on: date,
    until: date,
    ground: str,
    now: datetime,
) -> None:
    evidence.record(
        session,
        org_id=viewer.org_id,
        kind="extension",
        about=who.person_id,
        facts={"module": module, "due_on": due_on, "until": until},
        personal={"name": who.name, "email": who.email, "ground": ground},
        by=viewer.person_id,
        by_name=viewer.name,
        now=now,
    )
