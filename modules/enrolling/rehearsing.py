"""What would happen if a rule were published: found out by the steps that publishing takes."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlmodel import Session

from db import enrolling, people, rehearsing
from db.rehearsing import Planned
from db.tables import new_id
from modules.duties import FOREVER, Rule
from modules.duties.reminding import Duty
from modules.enrolling.checking import check
from modules.enrolling.refreshing import Crowd, kept, plan, today_of
from modules.enrolling.wanted import Ruling, wants
from modules.post import foretelling
from modules.progress.standing import LATE, Leave, standing

AHEAD_DAYS = 400
"""How far mails are looked ahead for: a year and what follows an overdue day."""

Tally = tuple[tuple[date, int], ...]


@dataclass(frozen=True)
class Rehearsal:
    """What publishing a rule would do, on the day on which it begins to ask.

    ``due`` says how many people have a first last day of a duty that is new or changed on which
    day, ``mails`` how many messages speak of these duties on which day, if nobody does anything.
    Whoever is exempt is in neither, and whoever cannot be written to in no mail.
    """

    day: date
    # Whom the rule asks.
    people: int
    # Duties asked for the first time, or again of somebody who was asked before.
    new: int
    # Duties that are due on another day than before, or under other terms.
    changed: int
    # Duties that nothing asks any more.
    released: int
    # Duties that the rule asks and that stand as they are: by hand, or for another rule.
    unchanged: int
    overdue_on_first_day: int
    due: Tally
    mails: Tally


def rehearse(
    session: Session,
    *,
    org_id: uuid.UUID,
    title: str,
    target: str,
    rule: Rule,
    starts: date,
    assignment_id: uuid.UUID | None,
    now: datetime,
) -> Rehearsal:
    """What `publish` with the same arguments would do. Writes nothing: a reading session will do.

    ``assignment_id`` is the rule that it takes the place of, None for a new one. Raises BadInput
    for what could not be published.
    """
    rehearsal, _ = rehearse_by_name(
        session,
        org_id=org_id,
        title=title,
        target=target,
        rule=rule,
        starts=starts,
        assignment_id=assignment_id,
        now=now,
    )
    return rehearsal


def rehearse_by_name(
    session: Session,
    *,
    org_id: uuid.UUID,
    title: str,
    target: str,
    rule: Rule,
    starts: date,
    assignment_id: uuid.UUID | None,
    now: datetime,
) -> tuple[Rehearsal, dict[uuid.UUID, frozenset[date]]]:
    """The same, and by person the days on which a message speaks of what the rule brings."""
    today = today_of(session, org_id=org_id, now=now)
    settled = check(
        session,
        org_id=org_id,
        title=title,
        target=target,
        rule=rule,
        starts=starts,
        assignment_id=assignment_id,
        today=today,
    )
    candidate = Ruling(assignment_id or new_id(), title, target, settled, starts)
    return _rehearse(session, org_id, candidate, max(today, starts), now)


def _rehearse(
    session: Session, org_id: uuid.UUID, candidate: Ruling, day: date, now: datetime
) -> tuple[Rehearsal, dict[uuid.UUID, frozenset[date]]]:
    before = kept(session, org_id=org_id)
    after = [one for one in before if one.id != candidate.id] + [candidate]
    # What other rules bring by then is not this one's doing.
    plan(session, org_id=org_id, rulings=before, day=day)
    rehearsing.keep(session)
    _, crowd = plan(session, org_id=org_id, rulings=after, day=day)
    counts = Counter(rehearsing.subtract(session))
    asked, duties = _asked(candidate, crowd)
    own = rehearsing.owned(session, assignment_id=candidate.id)
    due, late, who = _ahead(session, org_id, day, now)
    mails = Counter(one for days in who.values() for one in days)
    rehearsing.forget(session)
    enrolling.unmake(session)
    rehearsal = Rehearsal(
        day=day,
        people=asked,
        new=counts["new"] + counts["reopened"],
        changed=counts["changed"],
        released=counts["ended"],
        unchanged=duties - own,
        overdue_on_first_day=late,
        due=due,
        mails=tuple(sorted(mails.items())),
    )
    return rehearsal, who


def _asked(candidate: Ruling, crowd: Crowd) -> tuple[int, int]:
    """How many people a rule asks, and how many duties it asks of them."""
    asked = duties = 0
    for kind, size in crowd.sizes.items():
        found = wants([candidate], offer=crowd.offer, worker=kind.worker(), today=crowd.day)
        asked += size if found else 0
        duties += size * len(found)
    return asked, duties


def _ahead(
    session: Session, org_id: uuid.UUID, day: date, now: datetime
) -> tuple[Tally, int, dict[uuid.UUID, frozenset[date]]]:
    """What the planned duties bring: people by day due, how many are late at once, whose mails."""
    found = people.organisation(session, org_id=org_id)
    zone, last = found.zone if found else "UTC", day + timedelta(days=AHEAD_DAYS)
    mails = foretelling.mails(session, org_id=org_id, zone=zone, first=day, last=last, now=now)
    alike: Counter[tuple[Duty, ...]] = Counter()
    who: dict[uuid.UUID, frozenset[date]] = {}
    planned = rehearsing.planned(session, org_id=org_id, day=day)
    for key, several in groupby(planned, key=lambda row: row.person_id):
        rows, person_id = list(several), enrolling.as_uuid(key)
        alike[tuple(map(_duty, rows))] += 1
        who[person_id] = mails.of(person_id, rows)
    due: Counter[date] = Counter()
    late = 0
    for duties, size in alike.items():
        for one in {one.last_day for one in duties if not one.leave.exempt} - {FOREVER}:
            due[one] += size
        late += size if any(_late(one, day) for one in duties) else 0
    return tuple(sorted(due.items())), late, who


def _duty(row: Planned) -> Duty:
    leave = Leave(row.grace_days, row.extended_until, row.exempt)
    # Since when it is asked says nothing about until when.
    return Duty(row.module, row.due_on, row.due_on, row.valid_until, leave, row.window_days)


def _late(duty: Duty, day: date) -> bool:
    found = standing(due_on=duty.due_on, valid_until=duty.valid_until, today=day, leave=duty.leave)
    return found.status in LATE
