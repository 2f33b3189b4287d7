"""Writes the two invented bodies and their year into an empty database."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import audit, reminders, revisions
from db import people as stored
from db.engine import insert_many
from db.tables import (
    Answer,
    Attempt,
    Completion,
    Enrolment,
    Identity,
    Organisation,
    Person,
    Placement,
    RoleGrant,
    Unit,
    new_id,
)
from modules import publishing, snapshots
from modules.basics import BadInput
from modules.course.files import module_from_bundle, read_course
from modules.demo import details, proofs, rules
from modules.demo.body import fernleigh, harrow_vale
from modules.demo.days import ZONE, beginning, dawn
from modules.demo.front import PROVIDER
from modules.demo.history import small_year, year
from modules.demo.records import Learner
from modules.demo.rollout import rollout
from modules.demo.rounds import Learning
from modules.demo.rows import Pinned, Rows, Turns
from modules.demo.worker import MAREK, TOM, Body, Worker, mail
from modules.progress.standing import LATE, Status, months_after, standing
from modules.settings import settings

Ids = dict[str, uuid.UUID]


def make(session: Session, *, people: int, seed: int, now: datetime) -> uuid.UUID:
    """Fernleigh with ``people`` who work there at ``now``, its year, and Harrow Vale Trust.

    Needs an empty, migrated database and a writing session. Gives Fernleigh's id. Names,
    structure and dates follow from ``people``, ``seed`` and the day; keys of rows are new each
    time. Raises BadInput for a database that holds organisations already, and for too few people.
    """
    _refuse_unless_empty(session, now)
    today = now.astimezone(ZoneInfo(ZONE)).date()
    body = fernleigh(people, seed, today)
    learnings = list(year(body, seed, today, settings().valid_months))
    course = read_course(settings().content)
    others = rollout(body, seed, today, settings().valid_months, course.modules, course.paths)
    org_id, ids = _write(session, body, [*learnings, *others], beginning(today))
    made = rules.fernleigh(
        session,
        org_id=org_id,
        today=today,
        months=settings().valid_months,
        cards=course.modules,
        paths=course.paths,
    )
    kept = {"made_at": dawn(beginning(today)), "now": now}
    rules.write(session, org_id=org_id, rules=list(made), by=ids[mail(MAREK)], **kept)
    details.write(session, org_id=org_id, by=ids[mail(MAREK)], when=dawn(beginning(today)))
    _notice(session, org_id, ids, body, learnings, today)
    small = harrow_vale(seed, today)
    own, theirs = _write(session, small, list(small_year(small, seed, today)), beginning(today))
    olga = next(iter(theirs.values()))
    made = rules.harrow_vale(today, settings().valid_months)
    rules.write(session, org_id=own, rules=list(made), by=olga, **kept)
    snapshots.catch_up(session, now=now)
    return org_id


def _refuse_unless_empty(session: Session, now: datetime) -> None:
    there = stored.organisations(session)
    if there:
        found = sum(len(stored.listing(session, org_id=one.id, day=now.date())) for one in there)
        raise BadInput(
            f"This database already has {found} people. To seed again, delete var/steward.db or "
            "name another database in DATABASE_URL. Nothing was changed."
        )


def _write(
    session: Session, body: Body, learnings: Sequence[Learning], start: date
) -> tuple[uuid.UUID, Ids]:
    """An organisation with everything in it; gives its id and its people's, by address."""
    org_id = new_id()
    founded = dawn(start - timedelta(days=21))
    organisation = {
        "id": org_id,
        "name": body.name,
        "zone": ZONE,
        "language": "en",
        "jurisdiction": body.jurisdiction,
        "invented": True,
        "target": 0.8,
        "trained_from": 0.5,
        "least": 10,
        "created_at": founded,
    }
    insert_many(session, Organisation, [organisation])
    ids = _write_people(session, org_id, body, founded)
    pinned = _publish(session, org_id, body.jurisdiction, dawn(start - timedelta(days=7)))
    insert_many(
        session,
        Enrolment,
        [
            {
                "org_id": org_id,
                "id": new_id(),
                "person_id": ids[one.email],
                "module": one.module,
                "enrolled_at": dawn(one.enrolled_on),
                "due_on": one.due_on,
            }
            for one in learnings
        ],
    )
    rows = _play(body, ids, learnings, pinned)
    insert_many(session, Attempt, rows.attempts)
    insert_many(session, Answer, rows.answers)
    insert_many(session, Completion, rows.completions)
    proofs.write(session, org_id=org_id, body=body, ids=ids, rows=rows, founded=founded)
    return org_id, ids


def _play(
    body: Body, ids: Ids, learnings: Sequence[Learning], pinned: Mapping[str, Pinned]
) -> Rows:
    """What everybody did, person by person and day by day."""
    rows, paths = Rows(), {worker.email: worker.path for worker in body.people}
    turns = {email: Turns() for email in ids}
    rounds = []
    for one in learnings:
        email = one.email
        scope = (pinned[one.module], rows, turns[email])
        learner = Learner(ids[email], paths[email], one, *scope)
        rounds += [(email, each.day, learner, each) for each in one.rounds]
    for _, _, learner, each in sorted(rounds, key=lambda row: row[:2]):
        learner.play(each)
    return rows


def _write_people(session: Session, org_id: uuid.UUID, body: Body, founded: datetime) -> Ids:
    """Units, people, placements, ways to sign in and roles."""
    units = {name: new_id() for name, _ in body.units}
    ids = {worker.email: new_id() for worker in body.people}

    def rows(*made: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"org_id": org_id, **one} for one in made]

    tree = [
        {"id": units[name], "parent_id": units[above] if above else None, "name": name}
        for name, above in body.units
    ]
    insert_many(session, Unit, rows(*tree))
    insert_many(session, Person, rows(*(_person(ids, one) for one in body.people)))
    stays = [
        {
            "id": new_id(),
            "person_id": ids[one.email],
            "unit_id": units[stay.unit],
            "line_manager_id": ids[stay.manager] if stay.manager else None,
            "starts": stay.starts,
            "ends": stay.ends,
            "job_family": stay.job_family or None,
            "grade": stay.grade or None,
        }
        for one in body.people
        for stay in one.stays
    ]
    insert_many(session, Placement, rows(*stays))
    known = [
        {"provider": PROVIDER, "subject": email, "person_id": person_id}
        for email, person_id in ids.items()
    ]
    insert_many(session, Identity, rows(*known))
    grants = [
        {"id": new_id(), "person_id": ids[one.email], "role": role, "granted_at": founded}
        for one in body.people
        for role in one.roles
    ]
    insert_many(session, RoleGrant, rows(*grants))
    return ids


def _person(ids: Ids, worker: Worker) -> dict[str, Any]:
    return {
        "id": ids[worker.email],
        "email": worker.email,
        "name": f"{worker.given} {worker.family}",
        "given_name": worker.given,
        "path": worker.path,
        "joined_on": worker.joined_on,
        "left_on": worker.left_on,
    }


def _publish(
    session: Session, org_id: uuid.UUID, jurisdiction: str, when: datetime
) -> dict[str, Pinned]:
    """The shipped content as revisions: what each module's records belong to."""
    publishing.sync(session, org_id=org_id, root=settings().content, now=when)
    found = {}
    for id_, newest in revisions.latest(session, org_id=org_id).items():
        text = json.loads(revisions.body(session, sha256=newest.sha256))
        module = module_from_bundle(text, publishing.SOURCE_LANGUAGE, jurisdiction)
        found[id_] = Pinned(org_id, newest.id, newest.sha256, module, settings().valid_months)
    return found


def _notice(
    session: Session,
    org_id: uuid.UUID,
    ids: Ids,
    body: Body,
    learnings: Sequence[Learning],
    today: date,
) -> None:
    """Tom looked at his team a week and three weeks ago, and reminded who was overdue then."""
    tom = mail(TOM)
    team = {one.email for one in body.people if one.stays[-1].manager == tom and not one.left_on}
    for days in (22, 8):
        day = today - timedelta(days=days)
        seen = [one for one in learnings if one.email in team and one.enrolled_on < day]
        late = [one for one in seen if _status(one, day) in LATE]
        when = dawn(day) + timedelta(hours=2, minutes=11)
        audit.saw(
            session,
            org_id=org_id,
            viewer_id=ids[tom],
            person_ids=[ids[one.email] for one in seen],
            place="team",
            day=day,
            now=when,
        )
        reminders.send(
            session,
            org_id=org_id,
            sender_id=ids[tom],
            pairs=[(ids[one.email], one.module) for one in late],
            now=when + timedelta(minutes=2),
        )


def _status(learning: Learning, day: date) -> Status:
    valid = (
        months_after(one.done, settings().valid_months)
        for one in learning.rounds
        if one.done and one.done <= day
    )
    return standing(due_on=learning.due_on, valid_until=max(valid, default=None), today=day).status
