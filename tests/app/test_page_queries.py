"""Pages ask the database the same number of questions for a few people and for two hundred."""

import os
from datetime import date

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from db.engine import engine, insert_many, reading, writing
from db.tables import Enrolment, Person, Placement, RoleGrant, core, new_id
from modules import evidence
from modules.access import PAGES, Role
from modules.author import drafting
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.counting import counting
from tests.world import NOW

# Who opens a page here: the first of these whose role may.
HOLDERS = {
    Role.LEARNER: "amira",
    Role.MANAGER: "tom",
    Role.LEAD: "grace",
    Role.TRAINER: "priya",
    Role.ADMINISTRATOR: "marek",
    Role.AUDITOR: "grace",
}
UI = ROOT / "modules" / "shell" / "ui.py"


def crowd(tom, number):
    """So many more people who report to Tom, enrolled as everybody is."""
    placement = core(Placement)
    with writing() as session:
        unit = session.connection().execute(select(placement.c.unit_id).limit(1)).scalar_one()
        ids = [new_id() for _ in range(number)]
        named = [
            {"email": f"extra.{one}@fernleigh.example", "name": f"Extra {one}", "path": "A"}
            for one in ids
        ]
        rest = {"org_id": tom.org_id, "given_name": "Extra", "left_on": None}
        rest["joined_on"] = date(2026, 1, 5)
        insert_many(
            session,
            Person,
            [{**rest, **who, "id": one} for one, who in zip(ids, named, strict=True)],
        )
        at = {"org_id": tom.org_id, "unit_id": unit, "line_manager_id": tom.person_id}
        at |= {"starts": date(2026, 1, 5), "ends": None}
        insert_many(session, Placement, [{**at, "id": new_id(), "person_id": one} for one in ids])
        duty = {"org_id": tom.org_id, "module": "M01", "enrolled_at": door.now()}
        duty["due_on"] = date(2027, 1, 31)
        insert_many(session, Enrolment, [{**duty, "id": new_id(), "person_id": one} for one in ids])


def prove(org_id, ids):
    """One entry of evidence about each of these people."""
    named = {"name": "Somebody", "email": "somebody@fernleigh.example"}
    about = [evidence.Deed("exemption_ended", NOW, one, {"module": "M01"}, named) for one in ids]
    with writing() as session:
        evidence.record_all(session, org_id=org_id, deeds=about)


def asked(page, query):
    """How many statements one view of a page sends, once it has been seen before."""
    app = AppTest.from_file(str(UI), default_timeout=60).run()
    if page != "home":
        app.switch_page(os.path.relpath(script(page), UI.parent))
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    with counting(engine()) as sent:
        app.run()
    assert not app.exception
    assert not app.error
    assert app.title[0].value != "This page is not part of your role"
    return len(sent)


@pytest.mark.parametrize("page", list(PAGES))
def test_a_page_sends_as_many_statements_for_two_hundred_people_as_for_a_few(
    page, world, monkeypatch
):
    grace = world.viewer("grace")
    if page == "evidence":
        right = {"role": "auditor", "names": True, "granted_at": NOW, "person_id": grace.person_id}
        with writing() as session:
            insert_many(session, RoleGrant, [{**right, "org_id": grace.org_id, "id": new_id()}])
        prove(grace.org_id, [world.viewer("amira").person_id])
    token = world.sign_in(next(who for role, who in HOLDERS.items() if role in PAGES[page]))
    monkeypatch.setattr(door, "token", lambda: token)
    monkeypatch.setattr(door, "now", lambda: NOW)
    query = {"module": "M01"}
    if page in ("edit", "translate", "publish", "bring"):
        with writing() as session:
            id = drafting.edit(session, world.viewer("priya"), module="M01", now=NOW)
        query = {"draft": str(id)}
    few = asked(page, query)
    crowd(world.viewer("tom"), 200)
    with reading() as session:
        people = session.connection().execute(select(core(Person).c.id)).all()
    assert len(people) > 200
    if page == "evidence":
        prove(grace.org_id, [one.id for one in people])
    assert asked(page, query) == few > 0
