"""Nothing of one organisation is seen or done in another."""

from __future__ import annotations

import json
import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from db import audit, people
from db.engine import reading, writing
from db.tables import Answer, Unit, core
from modules.admin import actions as admin
from modules.admin import details, examples
from modules.basics import Denied
from modules.learn import actions as learn
from modules.learn import record
from modules.learn.path import my_path
from modules.manage import actions as manage
from modules.manage import team as teams
from tests.walk import opened_for


def fernleigh_words(world):
    """What would give Fernleigh away: names, addresses, units, ids."""
    amira = world.viewer("amira")
    with reading() as session:
        listed = people.listing(session, org_id=amira.org_id, day=world.now.date())
        units = session.connection().execute(
            select(core(Unit).c.id, core(Unit).c.name).where(core(Unit).c.org_id == amira.org_id)
        )
        found = {str(amira.org_id), "Fernleigh"}
        for row in units:
            found |= {str(row.id), row.name}
        for one in listed:
            found |= {one.name, one.email, str(one.person_id)}
    return found


def seen_by(world, who):
    """Everything that the reading actions give somebody, as text."""
    viewer = world.viewer(who)
    told = []
    with writing() as session:
        told.append(teams.team(session, viewer, now=world.now))
        told.append(manage.statistics(session, viewer, now=world.now))
        told.append(manage.completion_report(session, viewer, now=world.now))
        told.append(record.as_json(record.my_record(session, viewer)))
        told.append(my_path(session, viewer, now=world.now).stops)
        told.append(admin.people(session, viewer, now=world.now))
        told.append(admin.log(session, viewer))
        told.append(details.details(session, viewer))
        told.append(examples.examples(session, viewer))
    return "\n".join(
        json.dumps(one, default=str) if isinstance(one, dict) else repr(one) for one in told
    )


def test_another_organisation_shows_nothing_of_this_one(world):
    tom, amira = world.viewer("tom"), world.viewer("amira")
    with writing() as session:
        team = teams.team(session, tom, now=world.now)
        teams.note_viewed(session, tom, team=team, now=world.now)
        teams.remind(session, tom, now=world.now)
        of = opened_for(world, session)
        learn.answer(
            session,
            amira,
            of=of,
            sheet=of.journey.pre,
            slot="M01-Q01",
            response={"choice": "a"},
            sure="half",
            now=world.now,
        )
        audit.refused(
            session, org_id=amira.org_id, person_id=amira.person_id, what="page log", now=world.now
        )
    olga = seen_by(world, "olga")
    assert "Uma Quill" in olga
    assert "Home visits" in olga
    assert [word for word in fernleigh_words(world) if word in olga] == []


def test_a_unit_of_another_organisation_is_refused_like_one_that_does_not_exist(world):
    amira, olga = world.viewer("amira"), world.viewer("olga")
    with reading() as session:
        unit = session.connection().execute(
            select(core(Unit).c.id).where(core(Unit).c.org_id == amira.org_id)
        )
        theirs = str(unit.scalars().first())
        for node in (theirs, str(uuid.uuid4()), "nonsense"):
            with pytest.raises(Denied):
                manage.statistics(session, olga, now=world.now, node=node)
        assert manage.statistics(session, world.viewer("grace"), now=world.now, node=theirs)


def test_a_person_of_another_organisation_is_refused_like_one_that_does_not_exist(world):
    olga, amira = world.viewer("olga"), world.viewer("amira")
    for person_id in (amira.person_id, uuid.uuid4()):
        with pytest.raises(Denied), writing() as session:
            admin.person(session, olga, person_id=person_id, now=world.now)


def test_an_attempt_of_another_organisation_cannot_be_answered(world):
    olga = world.viewer("olga")
    with writing() as session:
        of = opened_for(world, session)
    with pytest.raises((Denied, IntegrityError)), writing() as session:
        learn.answer(
            session,
            olga,
            of=of,
            sheet=of.journey.pre,
            slot="M01-Q01",
            response={"choice": "a"},
            sure=None,
            now=world.now,
        )
    with reading() as session:
        assert session.connection().execute(select(core(Answer).c.id)).all() == []
