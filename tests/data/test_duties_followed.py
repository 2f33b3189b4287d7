"""Duties follow at once when people come, move, leave, come back or get a role."""

from datetime import timedelta

import pytest

from db.engine import writing
from modules.access import Role
from modules.admin import roles, structure
from modules.api import start
from modules.duties import Audience, Clause
from modules.shell import session as door
from tests import scim
from tests.data.importing import TODAY, ZED
from tests.data.ruling import bare, rows, rule, store
from tests.data.test_enrolling import publish, unit, within
from tests.scim import MORE, put
from tests.world import FERNLEIGH, NOW


@pytest.fixture
def org_id(world):
    found = world.viewer("amira").org_id
    bare(found)
    return found


def asked(org_id, module="M01"):
    return {
        person
        for (person, one), row in rows(org_id).items()
        if one == module and row.ended_on is None
    }


def test_a_staff_list_brings_duties_and_takes_them_back_with_it(org_id, body):
    store(org_id, rule(), starts=TODAY)
    body.take(ZED)
    zed = body.person("zed@fernleigh.example")
    assert zed.id in asked(org_id)
    # What followed from a rule by itself is no reason not to take a wrong list back.
    body.undo()
    assert zed.id not in asked(org_id)
    assert len(asked(org_id)) == len(FERNLEIGH)


def test_a_directory_brings_moves_and_lets_go(org_id, world):
    directory = scim.Directory(scim.token(world))
    store(org_id, rule(within(org_id, "Revenues")), starts=door.now().date() - timedelta(days=3))
    ida = directory.user(more={"department": "Revenues"})["id"]

    def has():
        return ida in {str(one) for one in asked(org_id)}

    assert has()
    there = f"/Users/{ida}"
    directory.patch(there, put("Benefits", f"{MORE}:department"))
    assert not has()
    directory.patch(there, put("Revenues", f"{MORE}:department"))
    assert has()
    directory.patch(there, put(False, "active"))
    assert not has()
    directory.patch(there, put(True, "active"))
    assert has()
    directory.sent("DELETE", there, 204)
    assert not has()


def test_whoever_gets_a_role_gets_its_duties_and_loses_them_with_it(org_id, world):
    marek, ben = world.viewer("marek"), world.viewer("ben")
    store(org_id, rule(Audience(clauses=(Clause(roles=("reviewer",)),))))
    with writing() as session:
        roles.give(
            session,
            marek,
            person_id=ben.person_id,
            role=Role.REVIEWER,
            unit_id=None,
            names=False,
            last=None,
            now=NOW,
        )
    assert asked(org_id) == {ben.person_id}
    with writing() as session:
        (grant,) = [
            one
            for one in roles.roles(session, marek, now=NOW).given
            if one.person_id == ben.person_id
        ]
        roles.take(session, marek, grant_id=grant.id, now=NOW)
    assert asked(org_id) == set()


def test_a_unit_that_comes_below_another_brings_its_people_under_the_rules_there(org_id, world):
    store(org_id, rule(within(org_id, "Governance")))
    marek, revenues = world.viewer("marek"), unit(org_id, "Revenues")
    governance = unit(org_id, "Governance")
    with writing() as session:
        structure.move(session, marek, unit_id=revenues, below=governance, now=NOW)
    assert world.viewer("amira").person_id in asked(org_id)


def test_every_hour_days_that_have_come_and_modules_that_were_published_are_followed(
    org_id, monkeypatch
):
    monkeypatch.setattr(start, "now", lambda: NOW)
    store(org_id, rule(), target="M08", starts=TODAY)
    start.follow()
    assert not asked(org_id, "M08")
    publish(org_id, "M08")
    start.follow()
    assert len(asked(org_id, "M08")) == len(FERNLEIGH)
