"""Writes the two invented bodies and their year into an empty database."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db import people as stored
from db import revisions
from db.engine import insert_many
from db.tables import (
    Answer,
    Attempt,
    Completion,
    Enrolment,
    Organisation,
    new_id,
)
from modules import analysing, publishing, snapshots
from modules.basics import BadInput
from modules.course.files import module_from_bundle, read_course
from modules.demo import by_hand, details, leaves, logged, noticed, policies, rules, staff, studio
from modules.demo.body import fernleigh, harrow_vale
from modules.demo.days import ZONE, beginning, dawn
from modules.demo.history import small_year, year
from modules.demo.records import Learner
from modules.demo.rollout import rollout
from modules.demo.rounds import Learning
from modules.demo.rows import Pinned, Rows, Turns
from modules.demo.staff import Ids
from modules.demo.worker import MAREK, Body, mail
from modules.evidence import Deed
from modules.settings import settings


def make(session: Session, *, people: int, seed: int, now: datetime) -> uuid.UUID:
    """Fernleigh with ``people`` who work there at ``now``, its year, and Harrow Vale Trust.

    Needs an empty, migrated database and a writing session. Gives Fernleigh's id. Names,
    structure and dates follow from ``people``, ``seed`` and the day; keys of rows are new each
    time. Raises BadInput for a database that holds organisations already, and for too few people.
    """
    _refuse_unless_empty(session, now)
    today = now.astimezone(ZoneInfo(ZONE)).date()
    body = fernleigh(people, seed, today)
    months, course = settings().valid_months, read_course(settings().content)
    learnings = list(year(body, seed, today, months))
    every = [*learnings, *rollout(body, seed, today, months, course.modules, course.paths)]
    org_id, ids, rows, deeds = _write(session, body, every, today)
    made = rules.fernleigh(
        session,
        org_id=org_id,
        today=today,
        months=months,
        cards=course.modules,
        paths=course.paths,
    )
    kept = {"made_at": dawn(beginning(today)), "now": now}
    rules.write(session, org_id=org_id, rules=list(made), by=ids[mail(MAREK)], **kept)
    details.write(session, org_id=org_id, by=ids[mail(MAREK)], when=dawn(beginning(today)))
    noticed.write(session, org_id, ids, body, learnings, today)
    whose: dict[str, Any] = {"org_id": org_id, "body": body, "ids": ids}
    deeds += policies.write(session, **whose, today=today, seed=seed)
    deeds += leaves.write(session, **whose, learnings=every, today=today)
    logged.write(session, **whose, rows=rows, founded=_founded(today), others=deeds)
    studio.write(session, org_id=org_id, ids=ids, now=now)
    small = harrow_vale(seed, today)
    own, theirs, rows, _ = _write(session, small, list(small_year(small, seed, today)), today)
    whose = {"org_id": own, "body": small, "ids": theirs}
    logged.write(session, **whose, rows=rows, founded=_founded(today))
    olga = next(iter(theirs.values()))
    made = rules.harrow_vale(today, months)
    rules.write(session, org_id=own, rules=list(made), by=olga, **kept)
    snapshots.catch_up(session, now=now)
    analysing.catch_up(session, now=now)
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
    session: Session, body: Body, learnings: Sequence[Learning], today: date
) -> tuple[uuid.UUID, Ids, Rows, list[Deed]]:
    """An organisation with everything that was learned in it.

    Gives its id and its people's, by address; what they did, and what was entered by hand.
    """
    org_id, start, founded = new_id(), beginning(today), _founded(today)
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
    ids = staff.write(session, org_id, body, founded)
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
    rows, turns = _play(body, ids, learnings, pinned)
    scope: dict[str, Any] = {"ids": ids, "turns": turns, "pinned": pinned, "rows": rows}
    records, deeds = by_hand.enter(body, **scope, today=today)
    insert_many(session, Attempt, rows.attempts)
    insert_many(session, Answer, rows.answers)
    insert_many(session, Completion, rows.completions)
    by_hand.write(session, records)
    return org_id, ids, rows, deeds


def _founded(today: date) -> datetime:
    return dawn(beginning(today) - timedelta(days=21))


def _play(
    body: Body, ids: Ids, learnings: Sequence[Learning], pinned: Mapping[str, Pinned]
) -> tuple[Rows, dict[str, Turns]]:
    """What everybody did, person by person and day by day, and how often each began something."""
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
    return rows, turns


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
