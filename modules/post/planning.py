"""A day's mails for an organisation: at most one to a person, planned once however often asked."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlmodel import Session

from db import duties, letters, outbox, refreshers_open
from db.duties import Duty as Asked
from db.outbox import Claimed, Last
from modules.agreement.current import agreed
from modules.duties import reminding
from modules.duties.reminding import Duty
from modules.post.reasons import (
    LEAST_TEAM,
    Calendar,
    as_duty,
    as_part,
    long_overdue,
    merged,
    overdue_every,
    pressing,
    told_until,
    week_of,
)
from modules.progress.hours import Hours


@dataclass
class Planned:
    """What was planned: mails by kind, and how often each reason is in them."""

    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def mails(self) -> int:
        """How many mails."""
        return sum(self.kinds.values())


@dataclass
class _News:
    """What a walk through all duties found."""

    own: dict[uuid.UUID, list[dict[str, Any]]] = field(default_factory=dict)
    # Who is told of a team that needs something this week.
    digests: set[uuid.UUID] = field(default_factory=set)
    escalations: set[uuid.UUID] = field(default_factory=set)


def plan(session: Session, *, org_id: uuid.UUID, zone: str, now: datetime) -> Planned:
    """Plan today's mails. A writing session; what is planned already stays as it is."""
    calendar = Calendar(letters.holidays(session, org_id=org_id))
    today = calendar.hours(zone).day(now)
    readers = letters.readers(session, org_id=org_id, day=today)
    zones = {one.zone for one in readers.values()} | {zone}
    days = {one: calendar.hours(one).day(now) for one in zones}
    goes = {one: calendar.goes_at(one, now) for one in zones}
    outbox.drop_late(session, org_id=org_id, days={**days, "": days[zone]})
    done = Planned()
    if not any(goes.values()):
        return done
    told = outbox.last_told(session, org_id=org_id)
    news = _walk(session, org_id, zone, calendar, days, readers, told)
    weekly = outbox.last_weekly(session, org_id=org_id)
    stand = outbox.of_days(session, org_id=org_id, since=min(days.values()))
    rows = []
    for person_id in {*news.own, *news.digests, *news.escalations} & readers.keys():
        reader = readers[person_id]
        day, at = days[reader.zone], goes[reader.zone]
        if at is None:
            continue
        own = news.own.get(person_id, [])
        due = _week_is_due(weekly.get(person_id), day, calendar.hours(reader.zone))
        digest = due and person_id in news.digests and not reader.digest_off
        escalation = due and person_id in news.escalations
        if not own and not digest and not escalation:
            continue
        facts: dict[str, Any] = {
            "duties": own,
            "weekly": digest or escalation,
        }
        kind = "digest" if digest else "escalation" if escalation else "duties"
        if (person_id, day) in stand:
            if not _said_more(session, *stand[person_id, day], kind, facts, now):
                continue
        else:
            rows.append(
                {
                    "org_id": org_id,
                    "person_id": person_id,
                    "key": f"{day}:{person_id}",
                    "kind": kind,
                    "facts": facts,
                    "day": day,
                    "next_at": at,
                }
            )
        done.kinds[kind] += 1
        done.reasons.update(one["reason"] for one in own)
    outbox.put(session, rows, now=now)
    return done


def _facts(found: Sequence[reminding.Reminder], told: Sequence[Duty]) -> list[dict[str, Any]]:
    """Reminders as a mail keeps them; ``again`` where its day is that of `Duty.again`."""
    again = {one.module: one.again for one in told}
    return [
        {"module": one.module, "reason": one.reason.value, "day": one.day.isoformat()}
        | ({"again": True} if one.day == again[one.module] else {})
        for one in found
    ]


def _said_more(
    session: Session, mail: Claimed, state: str, kind: str, facts: Mapping[str, Any], now: datetime
) -> bool:
    """Put today's reasons into a mail that a manager asked for by hand and that still waits.

    Once it has gone, there is none left for today: the reasons wait for tomorrow.
    """
    if mail.kind != "asked" or state != "waiting":
        return False
    return outbox.reword(session, mail, kind=kind, facts=merged(facts, mail.facts), now=now)


def _week_is_due(last: date | None, day: date, hours: Hours) -> bool:
    """Whether somebody has had no news of this week yet."""
    monday = week_of(day)
    if agreed().retention.reminders < 7 and day != hours.working(monday):
        return False
    return last is None or last < monday


def _walk(
    session: Session,
    org_id: uuid.UUID,
    zone: str,
    calendar: Calendar,
    days: Mapping[str, date],
    readers: Mapping[uuid.UUID, letters.Reader],
    told: Mapping[uuid.UUID, Last],
) -> _News:
    """Everybody's duties once: own reasons, and whose people need something."""
    news, every = _News(), overdue_every()
    today = days[zone]
    boss = letters.managers(session, org_id=org_id, day=today)
    acting = letters.deputies(session, org_id=org_id, day=today)
    team = Counter(boss.values())
    stuck: dict[uuid.UUID | None, int] = defaultdict(int)
    parts = refreshers_open.owed(session, org_id=org_id, day=today)

    def tell(person_id: uuid.UUID, hers: Iterable[Asked]) -> None:
        reader = readers.get(person_id)
        if reader is None:
            return
        last, owed = told.get(person_id), parts.pop(person_id, ())
        told_of = [as_duty(one, zone, last) for one in hers]
        told_of += [as_part(one, zone, last) for one in owed]
        found = reminding.message(
            told_of,
            told=told_until(last, days[reader.zone]),
            today=days[reader.zone],
            works=calendar.hours(reader.zone).works,
            overdue_every=every,
        )
        if found:
            news.own[person_id] = _facts(found, told_of)

    asked = duties.of_body(session, org_id=org_id, day=today)
    for person_id, several in groupby(asked, key=lambda one: one.person_id):
        hers = list(several)
        manager = boss.get(person_id)
        if manager and any(pressing(one, today) for one in hers):
            news.digests |= {manager, *acting.get(manager, set())} - {person_id}
        if any(long_overdue(one, today) for one in hers):
            stuck[manager] += 1
        tell(person_id, hers)
    # A completion of what nobody asks of her has changed parts as well.
    for person_id in list(parts):
        tell(person_id, ())
    for manager in stuck:
        above = boss.get(manager) if manager else None
        if above and manager and team[manager] >= LEAST_TEAM:
            news.escalations.add(above)
        else:
            news.escalations |= letters.administrators(session, org_id=org_id, day=today)
    return news
