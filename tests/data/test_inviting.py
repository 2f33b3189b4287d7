"""Invitations by an administrator: as far as her role reaches, by mail alone."""

from __future__ import annotations

import dataclasses
import os
import re

import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from db import one_time
from db.engine import reading, writing
from db.people import ORGANISATION, UNIT
from db.tables import Organisation, core
from modules.access import Grant, Role
from modules.basics import Denied
from modules.identity import inviting, providers
from modules.identity.providers import Provider
from modules.settings import ROOT
from modules.shell import session as door
from modules.shell.menu import script
from tests.data.accounts import with_passphrase
from tests.data.mails import mailing


def of_unit(world, name):
    """Marek as administrator of one unit only."""
    with reading() as session:
        unit = session.connection().execute(select(UNIT.id).where(UNIT.name == name)).scalar_one()
    return dataclasses.replace(
        world.viewer("marek"), grants=(Grant(Role.ADMINISTRATOR, unit_id=unit),)
    )


def test_who_waits_is_found_as_far_as_the_role_reaches(world):
    amira = with_passphrase(world, "amira")
    with reading() as session:
        everybody = inviting.waiting(session, world.viewer("marek"), now=world.now)
        revenues = inviting.waiting(session, of_unit(world, "Revenues"), now=world.now)
    assert amira.person_id not in everybody
    assert set(revenues) < set(everybody)
    assert world.viewer("tom").person_id in revenues
    assert world.viewer("priya").person_id not in revenues
    assert world.viewer("uma").person_id not in everybody


@pytest.mark.parametrize("who", ["priya", "uma"])
def test_nobody_outside_the_unit_or_of_another_body_is_invited(world, who):
    viewer = of_unit(world, "Revenues")
    with writing() as session, pytest.raises(Denied):
        inviting.invite(session, viewer, person_id=world.viewer(who).person_id, now=world.now)


def test_who_has_a_pass_phrase_is_not_invited_again(world):
    amira = with_passphrase(world, "amira")
    with writing() as session, pytest.raises(Denied):
        inviting.invite(session, world.viewer("marek"), person_id=amira.person_id, now=world.now)


@pytest.fixture
def real(world, monkeypatch):
    """The world as a real body, opened by Marek."""
    with writing() as session:
        session.connection().execute(
            update(core(Organisation))
            .where(ORGANISATION.name == "Fernleigh")
            .values(invented=False)
        )
    token = world.sign_in("marek")
    monkeypatch.setattr(door, "token", lambda: token)
    monkeypatch.setattr(door, "now", lambda: world.now)
    return world


def opened():
    ui = ROOT / "modules" / "shell" / "ui.py"
    app = AppTest.from_file(str(ui), default_timeout=120).run()
    return app.switch_page(os.path.relpath(script("people"), ui.parent)).run()


def test_everybody_without_a_way_is_mailed_a_link_of_her_own_by_one_press(real, monkeypatch):
    with mailing(monkeypatch) as sink:
        monkeypatch.setattr(door, "token", lambda: real.sign_in("marek"))
        monkeypatch.setattr(door, "now", lambda: real.now)
        app = opened()
        (button,) = [one for one in app.button if one.key == "people/invite-all"]
        number = int(re.search(r"\d+", button.label)[0])
        app = button.click().run()
        assert not app.exception
        assert f"{number} invitations sent" in " ".join(one.value for one in app.success)
        assert len(sink.mails) == number
        links = {
            re.search(r"/sign-in/choose/[\w-]+", text.replace("=\r\n", "").replace("=3D", "="))[0]
            for _, text in sink.mails
        }
        assert len(links) == number
        assert len({to for (to,), _ in sink.mails}) == number


def test_a_mail_server_that_is_away_leaves_nobody_half_invited(real, monkeypatch):
    with mailing(monkeypatch):
        monkeypatch.setattr(door, "token", lambda: real.sign_in("marek"))
        monkeypatch.setattr(door, "now", lambda: real.now)
        monkeypatch.setattr(inviting, "send", lambda *_: False)
        app = opened()
        app = next(one for one in app.button if one.key == "people/invite-all").click().run()
        assert "0 were sent" in " ".join(one.value for one in app.error)
    marek = real.viewer("marek")
    with reading() as session:
        purposes = ["invite"]
        kept = one_time.open_links(session, org_id=marek.org_id, purposes=purposes, now=real.now)
    assert kept == frozenset()


def test_without_mail_the_page_names_the_command_and_shows_no_link(real):
    app = opened()
    assert "account invite EMAIL" in " ".join(one.value for one in app.caption)
    assert [one for one in app.button if (one.key or "").startswith("people/invite")] == []


def test_where_work_accounts_open_the_door_by_themselves_the_page_says_so(real, monkeypatch):
    told = " ".join(one.value for one in opened().markdown)
    assert "have no way to sign in yet" in told
    work = Provider(
        name="work",
        title="Sign in with your work account",
        organisation=real.viewer("marek").organisation,
        issuer="https://sign-in.example.org",
        client_id="steward",
        authentication="none",
        link="email",
        owns_addresses=["fernleigh.example"],
    )
    monkeypatch.setattr(providers, "all_of_them", lambda: {"work": work})
    told = " ".join(one.value for one in opened().markdown)
    assert "have not signed in yet" in told and "“Sign in with your work account”" in told
    assert "have no way to sign in yet" not in told
