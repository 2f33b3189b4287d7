"""Lines about somebody's own training, by day: what is no longer so is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from db.outbox import Claimed
from modules import days
from modules.basics import Words
from modules.duties import reminding
from modules.duties.reminding import Reason
from modules.post.batch import Batch
from modules.post.reasons import as_duty, overdue_every, part, stands
from modules.progress.standing import Status
from modules.settings import settings


def own_lines(one: Claimed, body: Batch, say: Words, today: date) -> list[str]:
    """A line for each of her duties that is still one, by day."""
    known = {duty.module: duty for duty in body.own.get(one.person_id, [])}
    found = _changed(one, body, say, today)
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
            last = duty.last_day
            if reason is Reason.ASKED and asked.refresh_on is not None:
                last = min(last, asked.refresh_on)
            found.append((last, _line(duty, body.title(duty.module), reason, say, today, last)))
    return [line for _, line in sorted(found)]


def _changed(one: Claimed, body: Batch, say: Words, today: date) -> list[tuple[date, str]]:
    """For each module with a changed part that is told of and still open, its day and a line."""
    told = {fact["module"]: fact["reason"] for fact in one.facts.get("duties", [])}
    found: dict[str, tuple[date, str]] = {}
    for owed in body.parts.get(one.person_id, []):
        # Two changes of a module are redone together: the sooner of their days is told.
        if part(owed) not in told or owed.module in found:
            continue
        kind = "late" if owed.due_on < today else "due"
        if told[part(owed)] == Reason.ASSIGNED and kind == "due":
            kind = "new"
        page = f"{settings().public_url.rstrip('/')}/changed?module={owed.module}"
        values = {"title": body.title(owed.module), "day": days.day(owed.due_on), "link": page}
        found[owed.module] = owed.due_on, say(f"mail.changed.{kind}", **values)
    return list(found.values())


def _line(
    duty: reminding.Duty, title: str, reason: Reason, say: Words, today: date, last: date
) -> str:
    values = {"title": title, "day": days.day(last)}
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
