"""The weekly mail about one's people: turned off and on by its reader, and nothing else with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db import digests
from db.engine import reading, writing
from db.tables import Placement, core
from modules.api.server import routes
from modules.manage import weekly
from modules.post import weekly as links
from modules.shell import session as door
from tests.data.mails import AMIRA, MONDAY, TOM, change, run

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def client(world, monkeypatch):
    monkeypatch.setattr(door, "now", lambda: MONDAY)
    only = [one for one in routes if getattr(one, "path", "").startswith("/digest/")]
    return TestClient(Starlette(routes=only))


def is_off(world, short="tom"):
    who = world.viewer(short)
    with reading() as session:
        return digests.off_since(session, org_id=who.org_id, person_id=who.person_id) is not None


def link(mail):
    """The address that a mail program reads from the header."""
    return mail["List-Unsubscribe"].strip("<>").removeprefix("http://steward.test")


def test_one_click_in_the_mail_turns_it_off_without_signing_in_and_the_button_on_again(
    world, database, sink, client
):
    run()
    _, text, mail = sink.letters[TOM]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = link(mail)
    assert f"http://steward.test{path}" in text
    answer = client.post(path, data=ONE_CLICK)
    assert (answer.status_code, is_off(world)) == (200, True)
    sink.mails.clear()
    run(NEXT)
    assert TOM not in sink.letters
    assert "Turn it on again" in client.get(path).text
    assert client.post(path, data={"digest": "on"}).status_code == 200
    assert not is_off(world)
    run(NEXT + timedelta(days=7))
    assert TOM in sink.letters


def test_looking_at_the_link_changes_nothing(world, database, sink, client):
    run()
    path = link(sink.letters[TOM][2])
    for _ in range(2):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Tom" not in answer.text
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Cache-Control"] == "no-store"
    assert not is_off(world)


def test_a_link_that_was_altered_made_up_or_is_of_somebody_gone_does_nothing(
    world, database, sink, client
):
    run()
    path = link(sink.letters[TOM][2])
    whole = path.removeprefix("/digest/")
    amira = links.address(world.viewer("amira").org_id, world.viewer("amira").person_id)
    mixed = amira.rpartition("/")[2][:43] + whole[43:]
    wrong = ["x", "=", "%00", "A" * 86, "A" * 4000, whole[:-2], whole[1:], mixed, whole + "AAAA"]
    for token in wrong:
        for answer in (client.get(f"/digest/{token}"), client.post(f"/digest/{token}")):
            assert answer.status_code == 404
            assert "no longer" not in answer.text
    change(world, "tom", left_on=date(2026, 11, 23))
    assert client.post(path, data=ONE_CLICK).status_code == 404
    assert not any(is_off(world, short) for short in ("amira", "grace"))


def test_reminders_of_ones_own_training_cannot_be_turned_off_and_say_so(world, database, sink):
    run()
    _, text, mail = sink.letters[AMIRA]
    assert "these reminders cannot be turned off" in text
    assert "List-Unsubscribe" not in mail
    assert "/digest/" not in text


def test_whoever_turned_it_off_still_reads_of_her_own_training(world, database, sink):
    # Cora reports to Amira, who has a duty of her own.
    with writing() as session:
        session.connection().execute(
            update(core(Placement))
            .where(core(Placement).c.person_id == world.viewer("cora").person_id)
            .values(line_manager_id=world.viewer("amira").person_id)
        )
    with writing() as session:
        weekly.want(session, world.viewer("amira"), on=False, now=MONDAY)
    run()
    _, text, _ = sink.letters[AMIRA]
    assert "Cora" not in text
    assert "is due on" in text


def test_a_manager_turns_it_off_and_on_for_herself_alone(world, database):
    tom = world.viewer("tom")
    for on in (False, False, True):
        with writing() as session:
            weekly.want(session, tom, on=on, now=MONDAY)
        with reading() as session:
            assert weekly.wanted(session, tom) is on
        assert not is_off(world, "grace")


def test_what_was_turned_off_between_planning_and_sending_does_not_go_out(world, database, sink):
    run(MONDAY.replace(hour=5))
    with writing() as session:
        weekly.want(session, world.viewer("tom"), on=False, now=MONDAY)
    run()
    assert TOM not in sink.letters
