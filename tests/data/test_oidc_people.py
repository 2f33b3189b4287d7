"""Whom a provider’s subject stands for, after she left, came back or lost a role."""

from __future__ import annotations

import re

from sqlalchemy import delete

from db.engine import writing
from db.people import GRANT
from db.tables import Person, RoleGrant, core
from tests.data.signing_in import NUMBER, UNKNOWN, link, refused, sign_in


def test_unknown_and_deactivated_people_read_the_same_page(world, work):
    work.claims = {"sub": "s-nobody"}
    stranger = sign_in(work).answer
    refused(stranger, UNKNOWN)
    world.leave("amira")
    work.claims = {"sub": "s-amira"}
    left = sign_in(work).answer
    refused(left, UNKNOWN)
    assert re.sub(NUMBER, "", stranger.text) == re.sub(NUMBER, "", left.text)


def test_whoever_is_hired_again_signs_in_with_the_same_identity(world, work):
    viewer = world.viewer("amira")
    world.leave("amira")
    refused(sign_in(work).answer, UNKNOWN)
    with writing() as session:
        session.get(Person, (viewer.org_id, viewer.person_id)).left_on = None
    assert sign_in(work).name == "Amira Khan"


def test_whoever_leaves_is_out_at_once_though_the_provider_knows_nothing_of_it(world, work):
    done = sign_in(work)
    assert done.client.get("/").status_code == 200
    world.leave("amira")
    assert done.client.get("/").headers["location"] == "/sign-in"


def test_a_role_taken_away_is_gone_with_the_next_page_and_the_token_changes(world, work):
    link(world, "grace", "s-grace")
    work.claims = {"sub": "s-grace"}
    done = sign_in(work)
    before = done.token
    assert "lead" in {str(role) for role in done.viewer.roles}
    with writing() as session:
        her = GRANT.person_id == world.viewer("grace").person_id
        session.connection().execute(delete(core(RoleGrant)).where(her))
    assert done.client.get("/").status_code == 200
    assert done.token != before
    assert "lead" not in {str(role) for role in done.viewer.roles}
