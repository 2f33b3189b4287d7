"""Nobody writes to invented people, whatever mail server is set; and administrators see alarms."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from db import outbox, whois
from db.engine import reading
from modules.access import Role
from modules.admin import mailing
from modules.basics import BadInput
from modules.identity import links
from modules.post import watch
from tests.data import mails
from tests.data.mails import AMIRA, MONDAY, change, rows, run


@pytest.fixture
def sink(world, monkeypatch):
    """A mail server for bodies that are invented."""
    with mails.mailing(monkeypatch) as kept:
        yield kept


def test_nothing_goes_to_an_invented_address_and_the_log_says_why(world, database, sink):
    run()
    assert sink.mails == []
    assert {(row.state, row.failure) for row in rows()} == {("dropped", outbox.INVENTED)}
    assert len(rows()) > 10


def test_what_was_logged_as_not_sent_is_not_planned_again_the_next_day(world, database, sink):
    run()
    before = len(rows())
    run(MONDAY + timedelta(days=1))
    assert len(rows()) == before


def test_whoever_puts_in_an_address_of_her_own_gets_mail(world, database, sink):
    change(world, "amira", email="amira@fernleigh.gov.uk")
    run()
    assert [to for [to], _ in sink.mails] == ["amira@fernleigh.gov.uk"]


def test_no_link_and_no_test_goes_to_an_invented_address(world, database, sink):
    amira = world.viewer("amira")
    with reading() as session:
        known = whois.by_id(session, org_id=amira.org_id, person_id=amira.person_id, now=world.now)
    assert not links.send(known, "http://steward.test/x", purpose=links.INVITE)
    with pytest.raises(BadInput, match="invented"):
        mailing.test(world.viewer("marek"))
    assert sink.mails == []


def test_real_people_are_written_to_whatever_their_address(world, database, sink):
    mails.real()
    run()
    assert AMIRA in sink.letters


def test_administrators_are_told_of_a_run_that_did_not_happen_and_nobody_else_is(
    world, database, sink
):
    late = MONDAY + timedelta(hours=2)

    def rung(viewer):
        with reading() as session:
            return watch.rung(session, viewer, now=late)

    marek = world.viewer("marek")
    assert rung(marek) == "missed"
    assert rung(world.viewer("amira")) == ""
    assert rung(dataclasses.replace(world.viewer("tom"), roles=frozenset({Role.MANAGER}))) == ""
    run(late)
    assert rung(marek) == ""


def test_without_a_mail_server_there_is_no_alarm(world, database):
    with reading() as session:
        assert watch.rung(session, world.viewer("marek"), now=MONDAY + timedelta(hours=2)) == ""
