"""A small body to count, built row by row: units, people, placements, enrolments, completions."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import insert_many, make_engine
from db.migrating import migrate
from db.tables import (
    Attempt,
    Bundle,
    Completion,
    Enrolment,
    Organisation,
    Person,
    Placement,
    Revision,
    RoleGrant,
    Unit,
    core,
    new_id,
)
from modules.access import GRANTED, Grant, Role, Viewer

START = date(2026, 1, 1)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def open_database(tmp_path) -> Engine:
    engine = make_engine(f"sqlite:///{tmp_path / 'steward.db'}")
    migrate(engine)
    return engine


@contextmanager
def writing(engine: Engine):
    with Session(engine, expire_on_commit=False) as session:
        session.connection(execution_options={"writes": True})
        yield session
        session.commit()


@dataclass
class Body:
    """One organisation. Everything it does is written at once."""

    session: Session
    name: str = "Fernleigh"
    module: str = "M01"
    least: int = 10
    id: uuid.UUID = field(default_factory=new_id)
    top: uuid.UUID = field(init=False)

    def __post_init__(self):
        self.session.add(
            Organisation(id=self.id, name=self.name, created_at=noon(START), least=self.least)
        )
        self.session.flush()
        self.revision = new_id()
        sha = f"sha-{self.id}"
        self._insert(Bundle, sha256=sha, body="{}")
        self._insert(
            Revision,
            org_id=self.id,
            id=self.revision,
            module=self.module,
            number=1,
            version="1",
            sha256=sha,
            origin="shipped",
            published_at=noon(START),
        )
        self.top = self.unit(self.name, None)

    def _insert(self, model, **row):
        insert_many(self.session, model, [row])

    def unit(self, name, parent) -> uuid.UUID:
        made = new_id()
        self._insert(Unit, org_id=self.id, id=made, parent_id=parent, name=name)
        return made

    def people(self, number, unit, *, boss=None, on=START, due=None, enrolled=None, name="Person"):
        """So many people placed and enrolled from a day."""
        ids = [new_id() for _ in range(number)]
        insert_many(
            self.session,
            Person,
            [
                {
                    "org_id": self.id,
                    "id": one,
                    "email": f"{one}@x.test",
                    "name": f"{name} {place}",
                    "given_name": name,
                    "path": "A",
                    "joined_on": on,
                    "left_on": None,
                }
                for place, one in enumerate(ids)
            ],
        )
        self.place(ids, unit, boss=boss, on=on)
        insert_many(
            self.session,
            Enrolment,
            [
                {
                    "org_id": self.id,
                    "id": new_id(),
                    "person_id": one,
                    "module": self.module,
                    "enrolled_at": noon(enrolled or on),
                    "due_on": due or on + timedelta(days=60),
                }
                for one in ids
            ],
        )
        return ids

    def place(self, ids, unit, *, boss=None, on, ends=None):
        rows = [
            {
                "org_id": self.id,
                "id": new_id(),
                "person_id": one,
                "unit_id": unit,
                "line_manager_id": boss,
                "starts": on,
                "ends": ends,
            }
            for one in ids
        ]
        insert_many(self.session, Placement, rows)

    def leave(self, ids, on):
        for one in ids:
            self.session.get(Person, (self.id, one)).left_on = on
        self.session.flush()

    def attempt(self, attempt, person_id, form, at):
        """A sitting without answers."""
        self._insert(
            Attempt,
            org_id=self.id,
            id=attempt,
            person_id=person_id,
            module=self.module,
            form=f"check {form}",
            number=1,
            revision_id=self.revision,
            seed="0",
            language="en",
            jurisdiction="neutral",
            started_at=at,
            ended_at=None,
        )

    def withdraw(self, person_id):
        """Her completions count no more."""
        hers = (Completion.org_id == self.id) & (Completion.person_id == person_id)
        self.session.connection().execute(core(Completion).delete().where(hers))

    def complete(self, ids, on, until=None):
        for one in ids:
            attempt = new_id()
            self.attempt(attempt, one, on, noon(on))
            self._insert(
                Completion,
                org_id=self.id,
                attempt_id=attempt,
                person_id=one,
                module=self.module,
                version="1",
                sha256="x",
                completed_at=noon(on),
                valid_until=until or on + timedelta(days=365),
            )

    def viewer(self, person_id, *roles: Role) -> Viewer:
        for role in roles:
            if role not in (Role.LEARNER, Role.MANAGER):
                self._insert(
                    RoleGrant,
                    org_id=self.id,
                    id=new_id(),
                    person_id=person_id,
                    role=str(role),
                    granted_at=noon(START),
                )
        return Viewer(
            org_id=self.id,
            person_id=person_id,
            name="Viewer",
            given_name="Viewer",
            email="viewer@x.test",
            roles=frozenset({Role.LEARNER, *roles}),
            grants=tuple(Grant(role) for role in roles if role in GRANTED),
            organisation=self.name,
            zone="Europe/London",
            language="en",
            invented=True,
        )


def uuid_of(kept):
    """The id that `headcounts.Staff` keeps as bytes."""
    return uuid.UUID(bytes=bytes(kept).ljust(16, b"\0"))


def place_of(staff, person_id):
    """Where somebody stands in the arrays of `headcounts.Staff`."""
    return [uuid_of(one) for one in staff.known].index(person_id)
