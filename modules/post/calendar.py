"""Somebody's due days as an iCalendar feed (RFC 5545, RFC 7986): days and titles, no results."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vDuration
from sqlmodel import Session

from db import duties, feeds, letters, refreshers_open
from db.feeds import Kept
from modules import courses, words
from modules.duties.renewing import FOREVER
from modules.post.reasons import CHANGED, as_duty, part
from modules.settings import key_for, settings

TWICE_A_DAY = timedelta(hours=12)


@dataclass(frozen=True)
class Answer:
    """A feed as it goes out, and when it last changed."""

    body: bytes
    changed_at: datetime


def answer(
    session: Session, *, token: str, now: datetime
) -> tuple[Kept, Answer, dict[str, Any]] | None:
    """What a calendar gets for a token, and what is to be noted of it; None for no such feed.

    None as well once its owner has left: who is gone has no duties here.
    """
    kept = feeds.by_token(session, token=token)
    if kept is None:
        return None
    body = next(one for one in letters.bodies(session) if one.id == kept.org_id)
    today = letters.today(now, body.zone)
    readers = letters.readers(session, org_id=kept.org_id, day=today, person_ids=[kept.person_id])
    if kept.person_id not in readers:
        return None
    reader = readers[kept.person_id]
    last: dict[str, date] = {}
    for one in duties.of_person(session, org_id=kept.org_id, person_id=kept.person_id, day=today):
        day = as_duty(one, body.zone).last_day
        if not one.exempt and day < FOREVER:
            last[one.module] = day
    owed = refreshers_open.owed(session, org_id=kept.org_id, day=today, person_ids=[kept.person_id])
    last |= {part(one): one.due_on for one in owed.get(kept.person_id, ())}
    told = told_now(kept.told, last)
    changed = kept.changed_at if told == kept.told and kept.changed_at else now
    changed = changed.replace(microsecond=0)
    noted: dict[str, Any] = {}
    if told != kept.told or kept.changed_at is None:
        noted |= {"told": told, "changed_at": changed}
    if kept.asked_on != today:
        noted["asked_on"] = today
    say = words.of(reader.language)
    titles = courses.titles(session, org_id=kept.org_id)
    named = say("calendar.name", organisation=reader.organisation)
    drawn = _draw(kept, told, titles, changed, named, say)
    return kept, Answer(drawn, changed), noted


def told_now(before: Mapping[str, Any], last: Mapping[str, date]) -> dict[str, Any]:
    """Each module's day with its SEQUENCE: one more for each time that the day has changed.

    A module that is asked no more keeps its number with no day: it may be asked again.
    """
    found: dict[str, Any] = {}
    for module in {*before, *last}:
        day = last[module].isoformat() if module in last else ""
        known = before.get(module)
        sequence = 0 if known is None else known["sequence"] + (known["day"] != day)
        found[module] = {"day": day, "sequence": sequence}
    return found


def _draw(
    kept: Kept,
    told: Mapping[str, Any],
    titles: Mapping[str, str],
    changed: datetime,
    name: str,
    say: words.Wording,
) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", "-//Steward//Duties//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", vDuration(TWICE_A_DAY), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT12H")
    for module, one in sorted(told.items()):
        if one["day"]:
            calendar.add_component(_event(kept, module, titles, one, changed, say))
    return bytes(calendar.to_ical())


def _event(
    kept: Kept,
    module: str,
    titles: Mapping[str, str],
    one: Mapping[str, Any],
    changed: datetime,
    say: words.Wording,
) -> Event:
    day = date.fromisoformat(one["day"])
    event = Event()
    event.add("UID", uid(kept.org_id, kept.person_id, module))
    event.add("SEQUENCE", one["sequence"])
    event.add("DTSTAMP", changed)
    event.add("LAST-MODIFIED", changed)
    event.add("DTSTART", day)
    event.add("DTEND", day + timedelta(days=1))
    # A day in a calendar, and no appointment: nobody is busy for it.
    event.add("TRANSP", "TRANSPARENT")
    event.add("CLASS", "PRIVATE")
    page, summary = "", say("calendar.due", title=titles.get(module, module))
    if module.startswith(CHANGED):
        of = module.removeprefix(CHANGED).partition(":")[0]
        page, summary = f"changed?module={of}", say("calendar.changed", title=titles.get(of, of))
    event.add("SUMMARY", summary)
    if settings().public_url:
        event.add("URL", f"{settings().public_url.rstrip('/')}/{page}")
    return event


def uid(org_id: uuid.UUID, person_id: uuid.UUID, module: str) -> str:
    """The entry's name, the same in every feed of hers, from which nobody learns her id."""
    text = f"{org_id} {person_id} {module}".encode()
    return f"{hmac.digest(key_for('calendar'), text, 'sha256').hex()[:32]}@steward"
