"""The text of mails, made as they go out: what is no longer so is left out, and nothing is added.

No result, no score, no reason of an exemption. A manager reads what the agreement lets managers
see; whoever stands further up reads no name but those of the managers who report to her.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from functools import cache

from sqlmodel import Session

from db import duties, letters
from db.duties import Duty as Asked
from db.letters import Reader
from db.outbox import Claimed
from modules import days, words
from modules.agreement.current import agreed
from modules.basics import Words
from modules.course.files import read_course
from modules.duties import reminding
from modules.duties.reminding import Reason
from modules.post import mail
from modules.post.reasons import (
    LEAST_TEAM,
    LONG_DAYS,
    Calendar,
    as_duty,
    long_overdue,
    overdue_every,
    pressing,
    stands,
)
from modules.post.sending import Composed, Dropped
from modules.progress.standing import LATE, Status
from modules.settings import settings

MOST_LINES = 40
"""Lines of a digest: who has more people reads the rest on the page."""


@dataclass
class _Body:
    """What the mails of one organisation need, read once for a batch."""

    zone: str
    today: date
    readers: Mapping[uuid.UUID, Reader]
    own: Mapping[uuid.UUID, list[Asked]]
    # How many people are overdue for long whose own line cannot be told; read when first needed.
    stuck: int | None = field(default=None)


def compose(session: Session, batch: Sequence[Claimed], now: datetime) -> Composed:
    """The text of each mail, or why it does not go out."""
    by_body: dict[uuid.UUID, list[Claimed]] = defaultdict(list)
    for one in batch:
        by_body[one.org_id].append(one)
    zones = {one.id: one.zone for one in letters.bodies(session)}
    made: dict[uuid.UUID, EmailMessage | Dropped] = {}
    for org_id, several in by_body.items():
        body = _body(session, org_id, zones[org_id], several, now)
        for one in several:
            try:
                made[one.id] = _one(session, one, body, now)
            except ValueError:
                # An address that no header can hold.
                made[one.id] = Dropped("address")
    return made


def _body(
    session: Session, org_id: uuid.UUID, zone: str, several: Sequence[Claimed], now: datetime
) -> _Body:
    today = Calendar(()).hours(zone).day(now)
    ids = {one.person_id for one in several}
    readers = letters.readers(session, org_id=org_id, day=today, person_ids=ids)
    own: dict[uuid.UUID, list[Asked]] = defaultdict(list)
    for duty in duties.of_people(session, org_id=org_id, person_ids=ids, day=today):
        own[duty.person_id].append(duty)
    return _Body(zone, today, readers, own)


def _one(session: Session, one: Claimed, body: _Body, now: datetime) -> EmailMessage | Dropped:
    reader = body.readers.get(one.person_id)
    if reader is None:
        return Dropped("nobody")
    today = Calendar(()).hours(reader.zone).day(now)
    if one.day != today:
        return Dropped("late")
    say = words.of(reader.language)
    own = _own(one, body, say, today)
    team: list[str] = []
    above: list[str] = []
    if one.facts.get("weekly"):
        team, above = _weekly(session, one, body, say, today)
    if not own and not team and not above:
        return Dropped("done")
    return _mail(one, reader, say, own, team, above)


def _mail(
    one: Claimed, reader: Reader, say: Words, own: list[str], team: list[str], above: list[str]
) -> EmailMessage:
    kind = "duties" if own and not team else "digest" if team else "escalation"
    parts = [say("mail.hello", name=reader.given_name or reader.name)]
    if own:
        parts.append("\n".join([say("mail.own"), *own]))
    if team:
        parts.append("\n".join([say("mail.team"), *team]))
    if above:
        parts.append("\n".join([say("mail.above"), *above]))
    page = "team" if team and not own else ""
    parts.append(say("mail.link", link=f"{settings().public_url.rstrip('/')}/{page}"))
    parts.append(say("mail.foot", organisation=reader.organisation))
    subject = {
        "duties": say("mail.duties.subject"),
        "digest": say("mail.digest.subject"),
        "escalation": say("mail.escalation.subject"),
    }[kind]
    return mail.message(
        to=reader.email,
        subject=subject,
        text="\n\n".join(parts) + "\n",
        number=str(one.id),
        headers={"Content-Language": reader.language},
    )


def _own(one: Claimed, body: _Body, say: Words, today: date) -> list[str]:
    """A line for each of her duties that is still one, by day."""
    known = {duty.module: duty for duty in body.own.get(one.person_id, [])}
    found = []
    for told in one.facts.get("duties", []):
        asked = known.get(told["module"])
        if asked is None:
            continue
        duty = as_duty(asked, body.zone)
        if told["reason"] == Reason.ASKED:
            open_still = stands(asked, today).status not in (Status.CURRENT, Status.EXEMPT)
            soon = duty.last_day <= today + timedelta(days=settings().due_soon_days)
            reason = Reason.ASKED if not asked.exempt and (open_still or soon) else None
        else:
            day = date.fromisoformat(told["day"])
            before = day - timedelta(days=1)
            again = day if told.get("again") else duty.again
            as_told = replace(duty, since=min(duty.since, day), again=again)
            newest = reminding.newest(
                as_told, told=before, today=today, overdue_every=overdue_every()
            )
            reason = newest.reason if newest else None
        if reason is not None:
            found.append((duty.last_day, _line(duty, reason, say, today)))
    return [line for _, line in sorted(found)]


def _line(duty: reminding.Duty, reason: Reason, say: Words, today: date) -> str:
    last = duty.last_day
    values = {"title": title(duty.module), "day": days.day(last)}
    if reason is Reason.ASSIGNED and last >= today:
        return say("mail.line.assigned", **values)
    if reason is Reason.ASKED:
        return say("mail.line.asked", **values)
    if reason is Reason.EXPIRING:
        return say("mail.line.expiring", **values)
    if last > today + timedelta(days=1):
        return say("mail.line.due", **values, days=(last - today).days)
    if last >= today:
        return say("mail.line.tomorrow" if last > today else "mail.line.today", **values)
    grace = last + timedelta(days=duty.leave.grace_days)
    if grace >= today:
        return say("mail.line.grace", **values, until=days.day(grace))
    if duty.valid_until is not None and duty.valid_until == last:
        return say("mail.line.lapsed", **values)
    return say("mail.line.overdue", **values)


def _weekly(
    session: Session, one: Claimed, body: _Body, say: Words, today: date
) -> tuple[list[str], list[str]]:
    """Lines about her own people, and about what her managers' people have had open for long."""
    found = duties.of_manager(
        session, org_id=one.org_id, line_manager_id=one.person_id, day=body.today
    )
    team = [_member(duty, say, today) for duty in found if pressing(duty, today)]
    if len(team) > MOST_LINES:
        team = [*team[:MOST_LINES], say("mail.more", n=len(team) - MOST_LINES)]
    above = []
    names = {duty.person_id: duty.name for duty in found}
    below: dict[uuid.UUID | None, list[Asked]] = defaultdict(list)
    for duty in duties.of_lines(session, org_id=one.org_id, line_manager_ids=names, day=body.today):
        below[duty.line_manager_id].append(duty)
    for person_id, name in sorted(names.items(), key=lambda both: both[1]):
        theirs = below[person_id]
        late = any(long_overdue(duty, today) for duty in theirs)
        if late and len({duty.person_id for duty in theirs}) >= LEAST_TEAM:
            above.append(say("mail.line.above", name=name, days=LONG_DAYS))
    day = body.today
    if one.person_id in letters.administrators(session, org_id=one.org_id, day=day):
        if body.stuck is None:
            body.stuck = _stuck(session, one.org_id, day)
        if body.stuck:
            seen = agreed().names.administrators_see_status
            above.append(
                say("mail.line.stuck", n=body.stuck, days=LONG_DAYS)
                if seen and body.stuck > 1
                else say("mail.line.stuck_some", days=LONG_DAYS)
            )
    return team, above


def _stuck(session: Session, org_id: uuid.UUID, day: date) -> int:
    """People overdue for long with nobody above their manager who could be told."""
    boss = letters.managers(session, org_id=org_id, day=day)
    team: dict[uuid.UUID, int] = defaultdict(int)
    for one in boss.values():
        team[one] += 1
    found = set()
    for duty in duties.of_body(session, org_id=org_id, day=day):
        manager = boss.get(duty.person_id)
        told = manager is not None and manager in boss and team[manager] >= LEAST_TEAM
        if not told and long_overdue(duty, day):
            found.add(duty.person_id)
    return len(found)


def _member(duty: Asked, say: Words, today: date) -> str:
    """One of a manager's people, with what managers may see and no more."""
    seen = agreed().managers_see
    where = stands(duty, today)
    shown = say(f"status.{where.status}_plain")
    if "on" in seen:
        shown = say(f"status.{where.status}", day=days.short(where.on))
    name = duty.name
    if "unit" in seen and duty.unit:
        name = say("mail.member_in", name=duty.name, unit=duty.unit)
    late = where.status in LATE
    sign = "!" if late else "·"
    return say("mail.member", sign=sign, name=name, title=title(duty.module), status=shown)


@cache
def _titles() -> dict[str, str]:
    return {card.id: card.title for card in read_course(settings().content).modules}


def title(module: str) -> str:
    """A module's title; its id where the course has none."""
    return _titles().get(module, module)
