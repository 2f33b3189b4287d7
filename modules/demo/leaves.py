"""What excuses from duties at Fernleigh: requests for more time in Tom's team, and exemptions."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from db.engine import insert_many
from db.tables import Exemption, Extension, new_id
from modules.demo.changes import INTAKE_AGO
from modules.demo.days import dawn, working_before
from modules.demo.history import FIRST
from modules.demo.noticed import status_on
from modules.demo.rounds import Learning
from modules.demo.worker import AMIRA, TOM, Body, Worker, mail
from modules.evidence import Deed
from modules.progress.standing import Status, months_after
from modules.settings import settings

NEXT = "M02"
# Somebody in a unit: the module ("": all), the ground, and for how many days from today (None:
# until somebody ends it). All were given when the intake came: a few at another time would hide
# every later figure of the whole body (see ``modules.suppress.comparable``).
ELSEWHERE = (
    ("Customer contact", "", "away", 120),
    ("Tenancy services", "", "away", 60),
    ("Information governance", NEXT, "equal", None),
    ("Parks and open spaces", FIRST, "no_data", None),
    ("Finance and payroll", "", "leaving", 20),
)


@dataclass
class Kept:
    """Rows of both kinds, and what the log holds of them."""

    org_id: uuid.UUID
    exemptions: list[dict[str, Any]] = field(default_factory=list)
    extensions: list[dict[str, Any]] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)


def write(
    session: Session,
    *,
    org_id: uuid.UUID,
    body: Body,
    ids: Mapping[str, uuid.UUID],
    learnings: Sequence[Learning],
    today: date,
) -> list[Deed]:
    """Write requests, answers and exemptions; gives what the log holds of them."""
    kept = Kept(org_id)
    _in_toms_team(kept, body, ids, learnings, today)
    asked = {"", *(one.module for one in learnings)}
    for unit, module, ground, ahead in ELSEWHERE:
        one = next(_ordinary(body, unit), None)
        if one is None or module not in asked:
            continue
        ends = None if ahead is None else today + timedelta(days=ahead)
        _exempt(
            kept,
            one,
            ids,
            one.stays[-1].manager or "",
            module,
            ground,
            _past(today, INTAKE_AGO),
            ends,
        )
    insert_many(session, Exemption, kept.exemptions)
    insert_many(session, Extension, kept.extensions)
    return kept.deeds


def _in_toms_team(
    kept: Kept,
    body: Body,
    ids: Mapping[str, uuid.UUID],
    learnings: Sequence[Learning],
    today: date,
) -> None:
    """One request is open, one was granted, one refused; and somebody is away."""
    tom = mail(TOM)
    team = {one.email: one for one in body.people if one.stays[-1].manager == tom}
    duties = {(one.email, one.module): one for one in learnings if one.email in team}
    stands = {email: status_on(duties[email, FIRST], today) for email in team}

    def those(status: Status) -> list[Worker]:
        return [team[email] for email, found in stands.items() if found is status]

    for one in those(Status.DUE):
        if one.email != mail(AMIRA):
            due = duties[one.email, FIRST].due_on
            more: dict[str, Any] = {"ground": "workload", "until": due + timedelta(days=14)}
            _ask(kept, one, ids, FIRST, due, asked=_past(today, 1), **more)
    for one in those(Status.LAPSED):
        done = max(each.done for each in duties[one.email, FIRST].rounds if each.done)
        due = months_after(done, settings().valid_months)
        answer: dict[str, Any] = {
            "ground": "cover",
            "until": due + timedelta(days=30),
            "answer": "needed",
        }
        _ask(kept, one, ids, FIRST, due, asked=_past(today, 20), decided=_past(today, 19), **answer)
    current = those(Status.CURRENT)
    # Of those who have it still to do: the first one's earlier training was entered by hand.
    begun = {email for (email, module), one in duties.items() if module == NEXT and one.rounds}
    has_it = [one for one in current if (one.email, NEXT) in duties and one.email not in begun]
    if has_it:
        due = duties[has_it[-1].email, NEXT].due_on
        until = due + timedelta(days=28)
        given: dict[str, Any] = {"ground": "away", "until": until, "granted": until}
        when: dict[str, Any] = {"asked": _past(today, 6), "decided": _past(today, 5)}
        _ask(kept, has_it[-1], ids, NEXT, due, **when, **given)
    _exempt(
        kept, current[1], ids, tom, "", "away", _past(today, INTAKE_AGO), today + timedelta(days=70)
    )


def _ordinary(body: Body, unit: str) -> Iterator[Worker]:
    """Who works in a unit, has been there for long and heads nothing."""
    heads = {stay.manager for one in body.people for stay in one.stays}
    for one in body.people:
        stays = one.unit == unit and one.left_on is None and len(one.stays) == 1
        if stays and one.email not in heads and not one.roles:
            yield one


def _past(today: date, days: int) -> datetime:
    return dawn(working_before(today - timedelta(days=days))) + timedelta(hours=2, minutes=days)


def _ask(
    kept: Kept,
    one: Worker,
    ids: Mapping[str, uuid.UUID],
    module: str,
    due: date,
    *,
    ground: str,
    until: date,
    asked: datetime,
    decided: datetime | None = None,
    granted: date | None = None,
    answer: str = "",
) -> None:
    by = ids[mail(TOM)]
    kept.extensions.append(
        {
            "org_id": kept.org_id,
            "id": new_id(),
            "person_id": ids[one.email],
            "module": module,
            "due_on": due,
            "ground": ground,
            "asked_until": until,
            "asked_at": asked,
            "decided_by": by if decided else None,
            "decided_at": decided,
            "granted_until": granted,
            "answer": answer,
        }
    )
    if decided and granted:
        facts = {"module": module, "due_on": due, "until": granted}
        personal = _named(one) | {"ground": ground, "by_name": TOM}
        kept.deeds.append(Deed("extension", decided, ids[one.email], facts, personal, by))


def _exempt(
    kept: Kept,
    one: Worker,
    ids: Mapping[str, uuid.UUID],
    by: str,
    module: str,
    ground: str,
    given_at: datetime,
    ends: date | None,
) -> None:
    kept.exemptions.append(
        {
            "org_id": kept.org_id,
            "id": new_id(),
            "person_id": ids[one.email],
            "module": module,
            "ground": ground,
            "starts": given_at.date(),
            "ends": ends,
            "given_by": ids[by],
            "given_at": given_at,
        }
    )
    facts = {"module": module, "until": ends - timedelta(days=1) if ends else None}
    personal = _named(one) | {"ground": ground}
    kept.deeds.append(Deed("exemption", given_at, ids[one.email], facts, personal, ids[by]))


def _named(one: Worker) -> dict[str, str]:
    return {"name": f"{one.given} {one.family}", "email": one.email}
