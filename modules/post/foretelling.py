"""Which mails would speak of duties that are only planned: by the steps of planning a day's mails.

While nobody does anything, each reminder goes out on its reader's next working day, whatever else
her mails say. So each duty can be looked at by itself, and days of one person are one mail.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import duties, letters, outbox
from db.outbox import Last
from db.rehearsing import Planned
from modules.agreement.current import agreed
from modules.duties.reminding import CATCH_UP_DAYS, Duty, message_days
from modules.post.reasons import Calendar, latest, overdue_every, told_until, waits
from modules.progress.standing import Leave

DAY = timedelta(days=1)
Free = tuple[tuple[date, date], ...]
"""Times in which somebody is exempt, each with its first day and the first day after it."""


@dataclass(frozen=True)
class Case:
    """All that says when mails speak of a duty; many people have the same."""

    duty: Duty
    told: date
    free: Free


@dataclass(frozen=True)
class Mails:
    """The mails of one organisation from a day on, as they stand now."""

    zone: str
    now: datetime
    first: date
    last: date
    calendar: Calendar
    readers: Mapping[uuid.UUID, letters.Reader]
    # By person: her last day; her last message; whether she has none any more today.
    leaving: Mapping[uuid.UUID, date]
    told: Mapping[uuid.UUID, Last]
    had: Mapping[uuid.UUID, frozenset[date]]
    free: Mapping[tuple[uuid.UUID, str], Sequence[tuple[date, date]]]

    # What was worked out already: most people are like others.
    cases: dict[object, Case] = field(default_factory=dict)
    days: dict[object, frozenset[date]] = field(default_factory=dict)

    def of(self, person_id: uuid.UUID, rows: Sequence[Planned]) -> frozenset[date]:
        """The days on which mails speak of somebody's planned duties."""
        reader = self.readers.get(person_id)
        if reader is None:
            return frozenset()
        last, found = self.told.get(person_id), []
        for row in rows:
            free = self._free(person_id, row.module)
            key = (row[1:], last, free)
            if key not in self.cases:
                self.cases[key] = self._case(row, last, free)
            found.append(self.cases[key])
        gone = min(self.leaving.get(person_id, date.max), self.last + DAY)
        had = self.had.get(person_id, frozenset())
        alike = (tuple(found), gone, reader.zone, had)
        if alike not in self.days:
            self.days[alike] = self._days(found, gone, reader.zone, had)
        return self.days[alike]

    def _free(self, person_id: uuid.UUID, module: str) -> Free:
        if not self.free:
            return ()
        return (*self.free.get((person_id, ""), ()), *self.free.get((person_id, module), ()))

    def _case(self, row: Planned, last: Last | None, free: Free) -> Case:
        asked_at, since = self.now, self.first
        if row.enrolled_at is not None:
            since = row.enrolled_at.astimezone(ZoneInfo(self.zone)).date()
        if not row.moved and row.enrolled_at is not None:
            asked_at = row.changed_at or row.enrolled_at
        again = None
        if row.moved:
            again = self.first
        elif row.changed_at is not None:
            again = row.changed_at.astimezone(ZoneInfo(self.zone)).date()
        excused = [ends for starts, ends in free if starts < ends <= self.first]
        # A rule that begins later is asked before that day's mails are planned.
        wait = waits(asked_at, self.zone, last) if self._today == self.first else None
        duty = Duty(
            row.module,
            since,
            row.due_on,
            row.valid_until,
            Leave(row.grace_days, row.extended_until),
            row.window_days,
            latest(again, wait, *excused),
        )
        told = self.first - DAY
        if not row.moved:
            told = min(told, self._told(last))
        return Case(duty, told, tuple(sorted(one for one in free if one[1] > self.first)))

    def _told(self, last: Last | None) -> date:
        """Until when somebody will have been told all of a duty that stands already."""
        known = told_until(last, self.first) or self.first - (CATCH_UP_DAYS + 1) * DAY
        if self._today == self.first:
            return known
        works, day = self.calendar.hours(self.zone).works, self.first - DAY
        while day > self._today and not works(day):
            day -= DAY
        return max(known, day)

    def _days(
        self, cases: Sequence[Case], gone: date, zone: str, had: frozenset[date]
    ) -> frozenset[date]:
        first, hours = self._begins(zone), self.calendar.hours(zone)

        def works(day: date) -> bool:
            return hours.works(day) and day not in had

        found: set[date] = set()
        for one in cases:
            for starts, ends in _open(one.free, self.first, gone):
                duty = one.duty
                if starts > self.first:
                    duty = replace(duty, again=latest(duty.again, starts))
                found |= message_days(
                    duty,
                    first=max(starts, first),
                    last=ends - DAY,
                    works=works,
                    told=one.told,
                    memory=min(CATCH_UP_DAYS, agreed().retention.reminders),
                    overdue_every=overdue_every(),
                )
        return frozenset(found)

    def _begins(self, zone: str) -> date:
        """The first day in a zone on which a mail can still go out."""
        midnight = datetime.combine(self.first, time(), ZoneInfo(self.zone))
        at = max(self.now, midnight)
        day = self.calendar.hours(zone).day(at)
        # On a day off it is the next one anyway.
        return day if self.calendar.goes_at(zone, at) is not None else day + DAY

    @cached_property
    def _today(self) -> date:
        return letters.today(self.now, self.zone)


def mails(
    session: Session, *, org_id: uuid.UUID, zone: str, first: date, last: date, now: datetime
) -> Mails:
    """What mails of an organisation follow from besides its duties. Six queries."""
    today = letters.today(now, zone)
    had: dict[uuid.UUID, set[date]] = {}
    # A day earlier, for zones in which it is still yesterday.
    for (person_id, day), (mail, state) in outbox.of_days(
        session, org_id=org_id, since=today - DAY
    ).items():
        if mail.kind != "asked" or state != "waiting":
            had.setdefault(person_id, set()).add(day)
    return Mails(
        zone,
        now,
        first,
        last,
        Calendar(letters.holidays(session, org_id=org_id)),
        letters.readers(session, org_id=org_id, day=first),
        letters.leaving(session, org_id=org_id, after=first),
        outbox.last_told(session, org_id=org_id),
        {person_id: frozenset(days) for person_id, days in had.items()},
        duties.exempt_times(session, org_id=org_id),
    )


def _open(free: Free, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The times between ``first`` and ``last`` in which nobody is exempt."""
    at = first
    for starts, ends in free:
        if starts > at:
            yield at, min(starts, last)
        at = max(at, ends)
        if at >= last:
            return
    if at < last:
        yield at, last
