"""One body of the world, and the staff lists that are laid beside it."""

from __future__ import annotations

from sqlalchemy import select

from db.engine import reading, writing
from db.people import PERSON, PLACEMENT, UNIT
from db.roster import counting
from db.tables import Organisation, Person, Unit, core
from modules.exchange import roster, undoing
from modules.exchange.plans import Choices
from modules.exchange.reading import open_table
from tests.world import NOW

PATHS = {"a": "A", "b": "B", "front-line caseworkers": "B"}


HEAD = "E-mail;Name;Unit;Line manager;Employee number;Job title"


TODAY = NOW.date()


class Body:
    """One organisation of the world, and what is done to it."""

    def __init__(self, world, name="Fernleigh"):
        self.world, self.name = world, name
        with reading() as session:
            self.organisation = session.get(Organisation, world.organisations[name])
        self.now = NOW
        self.by = None

    @property
    def id(self):
        return self.organisation.id

    def _planned(self, rows, choices, head):
        table = open_table("\n".join([head, *rows]).encode(), "staff.csv")
        return lambda session: roster.plan(
            session,
            organisation=self.organisation,
            table=table,
            choices=Choices(**choices),
            paths=lambda: PATHS,
            by=self.by,
            now=self.now,
        )

    def dry(self, *rows, head=HEAD, **choices):
        """The plan, with its wrong cells as (row, field, code)."""
        with reading() as session:
            found = self._planned(rows, choices, head)(session)
            wrong = counting.listed(session, counting.TROUBLES, org_id=self.id, most=1000)
            self.wrong = [(one[0], one[2], one[3]) for one in wrong]
            self.told = wrong
            self.fields = list(counting.differences(session, org_id=self.id, most=1000))
        return found

    def take(self, *rows, head=HEAD, **choices):
        with writing() as session:
            return roster.apply(
                session,
                organisation=self.organisation,
                planned=self._planned(rows, choices, head),
                by=self.by,
                now=self.now,
            )

    def undo(self):
        with writing() as session:
            return undoing.undo(session, org_id=self.id, now=self.now)

    def person(self, email):
        with reading() as session:
            query = select(Person).where(PERSON.org_id == self.id, PERSON.email == email)
            return session.execute(query).scalar_one_or_none()

    def places(self, email):
        """(unit, manager's address, from, to), oldest first."""
        boss = core(Person).alias("boss")
        query = (
            select(UNIT.name, boss.c.email, PLACEMENT.starts, PLACEMENT.ends)
            .join(core(Person), (PERSON.id == PLACEMENT.person_id))
            .join(core(Unit), UNIT.id == PLACEMENT.unit_id)
            .outerjoin(boss, boss.c.id == PLACEMENT.line_manager_id)
            .where(PERSON.org_id == self.id, PERSON.email == email)
            .order_by(PLACEMENT.starts, PLACEMENT.id)
        )
        with reading() as session:
            return [tuple(row) for row in session.connection().execute(query)]


def state():
    """Every row of every table that an import may touch."""
    found = {}
    with reading() as session:
        for name in ("organisation", "person", "placement", "unit", "unit_place", "role_grant"):
            table = core(Person).metadata.tables[name]
            rows = session.connection().execute(table.select().order_by(table.c.id)).all()
            found[name] = [tuple(row) for row in rows]
    return found


ZED = "zed@fernleigh.example;Zed Young;Revenues;tom.ashdown@fernleigh.example;E9;Clerk"


AMIRA = "amira.khan@fernleigh.example;Amira Khan;Benefits;grace.okafor@fernleigh.example;;"
