"""A learner's path: each module of it with its status, due day and how far she is. Five queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import duties, enrolments, reminders, revisions
from db.reminders import Given
from modules import courses
from modules.access import Viewer, require
from modules.course.model import ModuleCard
from modules.enrolling.standings import standing_of
from modules.learn.opened import Opened, read
from modules.progress.hours import agreed_hours
from modules.progress.standing import Standing, Status


@dataclass(frozen=True)
class Stop:
    """One module. ``standing`` is None where nobody has set her a day for it.

    ``open`` says whether her organisation has published it: one that came to her path after she
    joined can be taken at once, with a day or without.
    """

    card: ModuleCard
    standing: Standing | None
    completed: enrolments.Completed | None
    open: bool
    done: bool

    @property
    def exempt(self) -> bool:
        """Whether nobody asks it of her, although a rule would."""
        return self.standing is not None and self.standing.status is Status.EXEMPT


@dataclass(frozen=True)
class MyPath:
    """The whole path, the module to go on with, and the newest reminder about it."""

    title: str
    stops: tuple[Stop, ...]
    others: tuple[Stop, ...]
    next: Stop | None
    opened: Opened | None
    reminder: Given | None

    @property
    def written(self) -> int:
        """How many modules of the path there are to take; the others are still being written."""
        return sum(stop.open for stop in self.stops)


def my_path(session: Session, viewer: Viewer, *, now: datetime) -> MyPath:
    """The path that the viewer follows, on the day that it is in her organisation."""
    require(viewer, "learn.path")
    today = viewer.today(now)
    scope = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    due = {one.module: one for one in duties.of_person(session, **scope, day=today)}
    done: dict[str, enrolments.Completed] = {}
    for one in enrolments.completions(session, org_id=viewer.org_id, person_ids=[viewer.person_id]):
        done[one.module] = one
    published = revisions.latest(session, org_id=viewer.org_id)
    course = courses.of(session, org_id=viewer.org_id, published=published)
    stops = {
        card.id: _stop(card, published.keys(), due, done, today)
        for card in course.modules
        # What is not offered to everybody is for whom it is asked of, or who took it.
        if courses.offered(published, card.id) or card.id in due or card.id in done
    }
    path = course.path(viewer.path)
    on_path = tuple(stops[id_] for id_ in path.modules)
    waiting = [one for one in on_path if one.open and not one.done and not one.exempt]
    upcoming = min(waiting, key=_day) if waiting else None
    hours = agreed_hours(viewer.zone)
    given = [
        one
        for one in (reminders.of_person(session, **scope) if upcoming else ())
        if hours.arrives(one.sent_at) <= now
    ]
    return MyPath(
        title=path.title,
        stops=on_path,
        others=tuple(one for id_, one in stops.items() if id_ not in path.modules),
        next=upcoming,
        opened=read(session, viewer, upcoming.card.id) if upcoming else None,
        reminder=next((one for one in given if upcoming and one.module == upcoming.card.id), None),
    )


def _day(stop: Stop) -> date:
    """The day by which modules are taken in turn: what nobody asks for yet comes last."""
    return stop.standing.on if stop.standing else date.max


def _stop(
    card: ModuleCard,
    published: Collection[str],
    due: dict[str, duties.Duty],
    done: dict[str, enrolments.Completed],
    today: date,
) -> Stop:
    completed = done.get(card.id)
    until = completed.valid_until if completed else None
    stands = None
    if card.id in due and card.id in published:
        stands = standing_of(due[card.id], today)
    counts = until is not None and until >= today
    return Stop(card, stands, completed, card.id in published, card.id in published and counts)
