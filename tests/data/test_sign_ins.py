"""A sign-in's token: changed with the rights behind it, ended everywhere at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from db import sign_ins
from db.engine import reading, writing
from db.people import GRANT
from db.tables import RoleGrant, core
from modules import access
from modules.api import door
from modules.settings import ROOT
from modules.shell import session as signed

UI = ROOT / "modules" / "shell" / "ui.py"


@pytest.fixture
def grace(world, monkeypatch):
    """Grace's token, made with the rights she has; the clock stands at the world's moment."""
    monkeypatch.setattr(signed, "now", lambda: world.now)
    viewer = world.viewer("grace")
    with writing() as session:
        return sign_ins.start(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            now=world.now,
            hours=12,
            provider="work",
            provider_session="s-1",
            rights=access.rights_of(viewer),
        )


def who(token, now):
    with reading() as session:
        found = access.by_token(session, token_hash=sign_ins.hash_of(token), now=now)
    return found.name if found else None


def take_her_role(world):
    with writing() as session:
        her = GRANT.person_id == world.viewer("grace").person_id
        session.connection().execute(delete(core(RoleGrant)).where(her))


def test_a_token_stays_while_the_rights_behind_it_do(world, grace):
    assert door.signed_in(grace) == (True, None)


def test_a_change_of_rights_changes_the_token_and_the_old_one_lasts_ten_minutes(world, grace):
    take_her_role(world)
    inside, fresh = door.signed_in(grace)
    assert inside
    assert fresh
    assert fresh != grace
    assert door.signed_in(fresh) == (True, None)
    assert who(grace, world.now + timedelta(minutes=9)) == "Grace Okafor"
    assert who(grace, world.now + timedelta(minutes=10)) is None
    assert who(fresh, world.now + timedelta(hours=11)) == "Grace Okafor"
    # The old one is nobody's to renew again.
    assert door.signed_in(grace) == (True, None)


def test_signing_out_with_the_old_token_ends_the_new_one_too(world, grace):
    take_her_role(world)
    _, fresh = door.signed_in(grace)
    with writing() as session:
        sign_ins.end(session, token=grace, now=world.now)
    assert who(fresh, world.now) is None


def test_the_page_that_finds_changed_rights_brings_the_new_cookie(world, grace):
    async def page(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})

    client = TestClient(door.Door(page), cookies={signed.COOKIE: grace})
    assert "set-cookie" not in client.get("/nowhere").headers
    take_her_role(world)
    told = client.get("/nowhere").headers["set-cookie"]
    assert told.startswith(f"{signed.COOKIE}=")
    assert grace not in told
    assert "HttpOnly" in told


def test_signing_out_everywhere_ends_every_browser_and_nobody_elses(world, grace):
    second, tom = world.sign_in("grace"), world.sign_in("tom")
    viewer = world.viewer("grace")
    with writing() as session:
        done = sign_ins.end_all(
            session, org_id=viewer.org_id, person_ids=[viewer.person_id], now=world.now
        )
    assert done == 2
    assert (who(grace, world.now), who(second, world.now)) == (None, None)
    assert who(tom, world.now) == "Tom Ashdown"


@pytest.mark.parametrize(
    ("provider", "its", "ended"), [("work", "s-1", 1), ("work", "s-2", 0), ("other", "s-1", 0)]
)
def test_a_provider_ends_the_sign_ins_of_its_own_session(world, grace, provider, its, ended):
    with writing() as session:
        done = sign_ins.end_of_provider(session, provider=provider, its_session=its, now=world.now)
    assert done == ended
    assert (who(grace, world.now) is None) == bool(ended)


def test_a_page_whose_token_is_over_leads_back_by_the_door_which_knows_a_newer_one(
    database, monkeypatch
):
    monkeypatch.setattr(signed, "token", lambda: "x")
    # Ten minutes after a change of rights the browser has another token than its open pages.
    app = AppTest.from_file(str(UI), default_timeout=60).run()
    (link,) = [
        one.proto.body for one in app.get("html") if '<a class="sw-primary"' in one.proto.body
    ]
    assert 'href="/"' in link
