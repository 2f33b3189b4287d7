"""A learner's path: each module of it with its status, due day and how far she is. Five queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import enrolments, reminders, revisions
from db.reminders import Given
from modules.access import Viewer, require
from modules.course.model import ModuleCard
from modules.learn import content
from modules.learn.opened import Opened, read
from modules.progress.standing import Standing, Status, standing


@dataclass(frozen=True)
class Stop:
    """One module of the path. ``standing`` is None while it is not enrolled or still planned."""

    card: ModuleCard
    standing: Standing | None
    completed: enrolments.Completed | None

    @property
    def done(self) -> bool:
        """Whether a completion of it counts."""
        return self.standing is not None and self.standing.status is Status.CURRENT


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
        return sum(not stop.card.planned for stop in self.stops)


def my_path(session: Session, viewer: Viewer, *, now: datetime) -> MyPath:
    """The path that the viewer follows, on the day that it is in her organisation."""
    require(viewer, "learn.path")
    today = viewer.today(now)
    scope = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    due = enrolments.due_dates(session, **scope)
    done: dict[str, enrolments.Completed] = {}
    for one in enrolments.completions(session, org_id=viewer.org_id, person_ids=[viewer.person_id]):
        done[one.module] = one
    published = revisions.latest(session, org_id=viewer.org_id)
    stops = {
        card.id: _stop(card, published.keys(), due, done, today)
        for card in content.course().modules
    }
    course = content.course()
    path = next((one for one in course.paths if one.id == viewer.path), course.paths[0])
    on_path = tuple(stops[id_] for id_ in path.modules)
    waiting = [one for one in on_path if one.standing and not one.done]
    upcoming = min(waiting, key=lambda one: one.standing.on) if waiting else None  # type: ignore[union-attr]
    given = reminders.of_person(session, **scope) if upcoming else []
    return MyPath(
        title=path.title,
        stops=on_path,
        others=tuple(one for id_, one in stops.items() if id_ not in path.modules),
        next=upcoming,
        opened=read(session, viewer, upcoming.card.id) if upcoming else None,
        reminder=next((one for one in given if upcoming and one.module == upcoming.card.id), None),
    )


def _stop(
    card: ModuleCard,
    published: object,
    due: dict[str, date],
    done: dict[str, enrolments.Completed],
    today: date,
) -> Stop:
    completed = done.get(card.id)
    if card.id not in due or card.id not in published:  # type: ignore[operator]
        return Stop(card, None, completed)
    until = completed.valid_until if completed else None
    return Stop(card, standing(due_on=due[card.id], valid_until=until, today=today), completed)
