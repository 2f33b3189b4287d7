"""Two invented organisations for tests: Fernleigh with its people, and Harrow Vale beside it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from sqlmodel import Session

from db import attempts, enrolments, people, revisions, sign_ins
from db.engine import insert_many, reading, writing
from db.tables import (
    Enrolment,
    Identity,
    Organisation,
    Person,
    Placement,
    RoleGrant,
    Unit,
    new_id,
)
from modules import access, publishing, snapshots
from modules.settings import settings

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
MODULE = "M01"
JOINED = date(2024, 3, 4)
ENROLLED = datetime(2026, 6, 1, 8, tzinfo=UTC)
DUE = date(2026, 12, 11)


@dataclass(frozen=True)
class Someone:
    """A person of the world: where, under whom, with which roles, in date or not."""

    name: str
    unit: str
    under: str = ""
    roles: tuple[str, ...] = ()
    done: date | None = None

    @property
    def short(self) -> str:
        """What tests call her."""
        return self.name.split()[0].lower()


DONE = date(2026, 8, 12)
FERNLEIGH_UNITS = {
    "Fernleigh": "",
    "Revenues and benefits": "Fernleigh",
    "Governance": "Fernleigh",
    "Revenues": "Revenues and benefits",
    "Benefits": "Revenues and benefits",
}
HARROW_UNITS = {"Harrow Vale": "", "Home visits": "Harrow Vale"}
FERNLEIGH = (
    Someone("Grace Okafor", "Fernleigh", roles=("lead",), done=DONE),
    Someone("Tom Ashdown", "Revenues", "Grace Okafor", done=DONE),
    Someone("Amira Khan", "Revenues", "Tom Ashdown"),
    Someone("Ben Hale", "Revenues", "Tom Ashdown", done=DONE),
    Someone("Cora Ellis", "Revenues", "Tom Ashdown"),
    Someone("Dev Rao", "Revenues", "Tom Ashdown", done=DONE),
    Someone("Priya Nair", "Governance", "Grace Okafor", ("trainer",), DONE),
    Someone("Marek Novak", "Governance", "Grace Okafor", ("administrator",)),
    *(
        Someone(f"Rev{n} Fern", "Revenues", "Grace Okafor", done=DONE if n % 3 else None)
        for n in range(12)
    ),
    *(
        Someone(f"Ben{n} Fern", "Benefits", "Grace Okafor", done=DONE if n % 2 else None)
        for n in range(14)
    ),
    *(
        Someone(f"Gov{n} Fern", "Governance", "Grace Okafor", done=DONE if n % 4 else None)
        for n in range(12)
    ),
)
HARROW = (
    Someone("Olga Petrenko", "Harrow Vale", roles=("lead", "administrator"), done=DONE),
    Someone("Uma Quill", "Home visits", "Olga Petrenko"),
    *(
        Someone(f"Hv{n} Vale", "Home visits", "Olga Petrenko", done=DONE if n % 2 else None)
        for n in range(13)
    ),
)


def address(name: str, domain: str) -> str:
    """The e-mail address of somebody."""
    return f"{name.lower().replace(' ', '.')}@{domain}"


def make(session: Session, now: datetime = NOW) -> None:
    """Write both organisations with M01 published, completions and month-ends."""
    _organisation(session, "Fernleigh", "fernleigh.example", FERNLEIGH_UNITS, FERNLEIGH, now)
    _organisation(session, "Harrow Vale", "harrow.example", HARROW_UNITS, HARROW, now)
    snapshots.catch_up(session, now=now)


def _organisation(
    session: Session,
    name: str,
    domain: str,
    tree: dict[str, str],
    staff: tuple[Someone, ...],
    now: datetime,
) -> None:
    org_id = new_id()
    organisation = Organisation(
        id=org_id,
        name=name,
        invented=True,
        # Harrow Vale is the younger: the sign-in page greets with the oldest.
        created_at=ENROLLED - timedelta(days=2 if name == "Fernleigh" else 1),
    )
    session.add(organisation)
    session.flush()
    units = {unit: new_id() for unit in tree}
    ids = {one.name: new_id() for one in staff}

    def rows(*made: dict[str, object]) -> list[dict[str, object]]:
        return [{"org_id": org_id, **one} for one in made]

    insert_many(
        session,
        Unit,
        rows(
            *(
                {"id": units[unit], "parent_id": units.get(above), "name": unit}
                for unit, above in tree.items()
            )
        ),
    )
    insert_many(
        session,
        Person,
        rows(
            *(
                {
                    "id": ids[one.name],
                    "email": address(one.name, domain),
                    "name": one.name,
                    "given_name": one.name.split()[0],
                    "path": "A",
                    "joined_on": JOINED,
                    "left_on": None,
                }
                for one in staff
            )
        ),
    )
    insert_many(
        session,
        Placement,
        rows(
            *(
                {
                    "id": new_id(),
                    "person_id": ids[one.name],
                    "unit_id": units[one.unit],
                    "line_manager_id": ids.get(one.under),
                    "starts": JOINED,
                    "ends": None,
                }
                for one in staff
            )
        ),
    )
    insert_many(
        session,
        Identity,
        rows(
            *(
                {
                    "provider": "demo",
                    "subject": address(one.name, domain),
                    "person_id": ids[one.name],
                }
                for one in staff
            )
        ),
    )
    insert_many(
        session,
        RoleGrant,
        rows(
            *(
                {
                    "id": new_id(),
                    "person_id": ids[one.name],
                    "role": role,
                    "granted_at": ENROLLED,
                }
                for one in staff
                for role in one.roles
            )
        ),
    )
    insert_many(
        session,
        Enrolment,
        rows(
            *(
                {
                    "id": new_id(),
                    "person_id": ids[one.name],
                    "module": MODULE,
                    "enrolled_at": ENROLLED,
                    "due_on": DUE,
                }
                for one in staff
            )
        ),
    )
    publishing.sync(session, org_id=org_id, root=settings().content, now=ENROLLED)
    newest = revisions.latest(session, org_id=org_id)[MODULE]
    for one in staff:
        if one.done:
            _completed(session, org_id, ids[one.name], newest, one.done)


def _completed(
    session: Session,
    org_id: uuid.UUID,
    person_id: uuid.UUID,
    newest: revisions.Published,
    day: date,
) -> None:
    """A completion of long ago, without the answers behind it."""
    when = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    sittings = [
        attempts.start(
            session,
            org_id=org_id,
            person_id=person_id,
            module=MODULE,
            form=form,
            number=1,
            revision_id=newest.id,
            seed=attempts.new_seed(),
            paper={},
            now=when,
        )
        for form in ("practice", "check")
    ]
    for one in sittings:
        attempts.end(session, org_id=org_id, attempt_id=one.id, now=when)
    enrolments.complete(
        session,
        org_id=org_id,
        completion=enrolments.Completed(
            attempt_id=sittings[1].id,
            person_id=person_id,
            module=MODULE,
            version=newest.version,
            sha256=newest.sha256,
            completed_at=when,
            valid_until=date(day.year + 1, day.month, day.day),
        ),
    )


class World:
    """The world in the database that is in use, by the short names of its people."""

    now = NOW
    module = MODULE

    def email(self, short: str) -> str:
        """The address behind a short name."""
        for staff, domain in ((FERNLEIGH, "fernleigh.example"), (HARROW, "harrow.example")):
            for one in staff:
                if one.short == short:
                    return address(one.name, domain)
        raise KeyError(short)

    def viewer(self, short: str) -> access.Viewer:
        """Somebody with the roles she has at this moment."""
        with reading() as session:
            return access.by_email(session, email=self.email(short), now=self.now)

    def sign_in(self, short: str) -> str:
        """Sign somebody in; gives the token that her cookie would hold."""
        viewer = self.viewer(short)
        with writing() as session:
            return sign_ins.start(
                session,
                org_id=viewer.org_id,
                person_id=viewer.person_id,
                now=self.now,
                hours=12,
                rights=access.rights_of(viewer),
            )

    def leave(self, short: str) -> None:
        """Somebody has left yesterday."""
        viewer = self.viewer(short)
        with writing() as session:
            person = session.get(Person, (viewer.org_id, viewer.person_id))
            assert person is not None
            person.left_on = self.now.date() - timedelta(days=1)

    @cached_property
    def organisations(self) -> dict[str, uuid.UUID]:
        """The ids of both organisations, by name."""
        with reading() as session:
            return {one.name: one.id for one in people.organisations(session)}
