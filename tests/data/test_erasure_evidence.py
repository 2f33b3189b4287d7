"""An erasure leaves the log of evidence whole, and tells in it that something went."""

from __future__ import annotations

import json

from sqlalchemy import select

from db.engine import engine, reading, writing
from db.tables import Evidence, EvidenceField, core
from modules.admin import requests
from modules.evidence import verifying
from modules.learn import own_export, own_requests
from modules.personal import erasure
from tests.data.test_erasure import dump
from tests.walk import Walk

ENTRIES = select(Evidence).order_by(core(Evidence).c.number)


def verified(org_id):
    with engine().connect() as connection:
        from sqlmodel import Session

        with Session(connection) as session:
            return verifying.verify(session, org_id=org_id)


def test_the_log_holds_after_an_erasure_and_says_who_decided_and_never_whose(world):
    walk = Walk(world).whole()
    viewer, marek = walk.viewer, world.viewer("marek")
    with reading() as session:
        mine = own_export.my_export(session, viewer, now=walk.now).part("evidence").rows
    assert mine
    assert {row["name"] for row in mine} >= {"person"}
    with writing() as session:
        own_requests.ask(session, viewer, kind="erasure", now=walk.now)
        [asked] = own_requests.mine(session, viewer)
    with writing() as session:
        requests.decide(session, marek, id=asked.id, done=True, answer="Done.", now=walk.now)
    report = verified(viewer.org_id)
    assert report.findings == ()
    assert report.erased == len(mine)
    entry, field = core(Evidence).c, core(EvidenceField).c
    with reading() as session:
        connection = session.connection()
        [told] = connection.execute(select(entry.number).where(entry.kind == "erasure")).scalars()
        names = connection.execute(select(field.name, field.person_id, field.value))
        left = [tuple(row) for row in names]
        about = connection.execute(
            select(field.value).where(field.number == told, field.name == "by_name")
        )
        assert about.scalars().all() == ["Marek Novak"]
    assert not [row for row in left if row[1] == viewer.person_id]
    assert "Amira Khan" not in dump()


def test_that_nobody_holds_her_role_any_more_stands_in_the_log(world):
    priya = world.viewer("priya")
    with writing() as session:
        erasure.erase(
            session,
            org_id=priya.org_id,
            person_id=priya.person_id,
            today=world.now.date(),
            now=world.now,
        )
    with reading() as session:
        told = [(one.kind, json.loads(one.body)["facts"]) for one in session.scalars(ENTRIES)]
        assert session.connection().execute(select(core(EvidenceField).c.name)).all() == []
    assert [kind for kind, _ in told] == ["right_taken", "erasure"]
    assert told[0][1]["role"] == "trainer"
    assert verified(priya.org_id).findings == ()
