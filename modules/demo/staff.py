"""The people of an invented body as rows: units, placements, ways to sign in and roles."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.engine import insert_many
from db.tables import Identity, Person, Placement, RoleGrant, Unit, new_id
from modules.demo.front import PROVIDER
from modules.demo.worker import Body, Worker

Ids = dict[str, uuid.UUID]


def write(session: Session, org_id: uuid.UUID, body: Body, founded: datetime) -> Ids:
    """Write them all; gives everybody's id, by address."""
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
