"""The outbox: claimed by one, handed over once, tried again with patience, given up at last."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta

from sqlalchemy import select

from db import outbox
from db.engine import reading, writing
from db.handing import Marks
from db.outbox import MAIL
from modules.post import claims, sending
from modules.post.sending import MOST_TRIES, later
from modules.settings import settings
from tests.killing import plan
from tests.post_sender import compose
from tests.postgres import free_port


def rows():
    with reading() as session:
        return session.connection().execute(select(MAIL).order_by(MAIL.day)).all()


def states():
    return [row.state for row in rows()]


def send(now):
    return sending.send_due(compose, clock=lambda: now)


def test_what_is_due_goes_out_and_is_marked(world, database, sink):
    plan(world, 3)
    done = send(world.now)
    assert sum(done.sent.values()) == 3
    assert states() == ["sent"] * 3
    assert sorted(to for [to], _ in sink.mails) == [f"p{n}@fernleigh.example" for n in range(3)]
    assert len({text.split("Message-ID: ")[1].split()[0] for _, text in sink.mails}) == 3
    assert sum(send(world.now).sent.values()) == 0


def test_a_line_that_begins_with_a_dot_arrives_as_it_was(world, database, sink):
    plan(world, 1)
    send(world.now)
    [(_, text)] = sink.mails
    assert text.replace("\r\n", "\n").endswith("\n\n.\n..\nOne line.\n")


def test_nothing_goes_out_before_its_moment(world, database, sink):
    plan(world, 1)
    assert sum(send(world.now - timedelta(minutes=1)).sent.values()) == 0
    assert states() == ["waiting"]


def test_a_second_planning_changes_nothing(world, database):
    plan(world, 2)
    plan(world, 2)
    assert len(rows()) == 2


def test_two_processes_never_claim_the_same_mail(world, database):
    plan(world, 10)
    with writing() as session:
        first = outbox.claim(session, by="one", now=world.now, most=6)
    with writing() as session:
        second = outbox.claim(session, by="two", now=world.now, most=6)
    assert (len(first), len(second)) == (6, 4)
    assert not {one.id for one in first} & {one.id for one in second}


def test_what_a_process_that_is_gone_had_claimed_goes_out_by_another(world, database, sink):
    plan(world, 2)
    process = subprocess.Popen(
        [sys.executable, "-c", "from modules.post import claims; print(claims.own(), flush=True)"],
        stdout=subprocess.PIPE,
        text=True,
    )
    dead = process.communicate(timeout=60)[0].strip()
    with writing() as session:
        outbox.claim(session, by=dead, now=world.now, most=2)
    assert claims.gone(dead)
    assert sum(send(world.now).sent.values()) == 2


def test_a_claim_of_a_process_that_lives_is_left_alone_until_its_time_is_over(
    world, database, sink
):
    plan(world, 1)
    alive = claims.own()
    assert not claims.gone(alive)
    with writing() as session:
        outbox.claim(session, by=alive, now=world.now, most=1)
    assert sum(send(world.now).sent.values()) == 0
    late = world.now + claims.LEASE + timedelta(seconds=1)
    assert sum(send(late).sent.values()) == 1


def test_a_claim_from_elsewhere_is_nobodys_to_call_gone():
    assert not claims.gone("another/machine|1|1|abc")
    machine = claims.own().partition("|")[0]
    assert claims.gone(f"{machine}|{os.getpid()}|1|abc")
    assert not claims.gone("nonsense")


def test_what_had_been_handed_over_is_told_and_not_sent_again(world, database, sink):
    plan(world, 1)
    machine = claims.own().partition("|")[0]
    dead = f"{machine}|{os.getpid()}|1|abc"
    with writing() as session:
        [one] = outbox.claim(session, by=dead, now=world.now, most=1)
    marks = Marks(dead)
    assert marks.hand(one.id, now=world.now)
    marks.close()
    assert states() == ["handed"]
    assert sum(send(world.now).sent.values()) == 0
    assert states() == ["unconfirmed"]
    assert sink.mails == []


def test_who_lost_a_claim_while_asleep_hands_nothing_over(world, database, sink):
    plan(world, 1)
    with writing() as session:
        [one] = outbox.claim(session, by="sleeper", now=world.now, most=1)
    later_on = world.now + claims.LEASE + timedelta(minutes=1)
    assert sum(send(later_on).sent.values()) == 1
    marks = Marks("sleeper")
    assert not marks.hand(one.id, now=later_on)
    marks.settled(one.id, {"state": "failed"})
    marks.close()
    assert states() == ["sent"]


def test_a_mail_server_that_is_away_counts_for_no_mail(world, database, sink, monkeypatch):
    plan(world, 2)
    monkeypatch.setenv("STEWARD_SMTP_PORT", str(free_port()))
    settings.cache_clear()
    assert send(world.now).failure == "ConnectionRefusedError"
    assert [(row.state, row.tries) for row in rows()] == [("waiting", 0)] * 2


def test_a_recipient_that_is_refused_for_good_fails_at_once_and_the_others_go_out(
    world, database, sink
):
    sink.refuse = {"p1@fernleigh.example": "550 5.1.1 Nobody p1@fernleigh.example here"}
    plan(world, 3)
    done = send(world.now)
    assert sum(done.sent.values()) == 2
    assert states() == ["sent", "failed", "sent"]
    # What the server said may hold the address: it is not kept.
    assert rows()[1].failure == "recipient 550 5.1.1"


def test_a_recipient_that_is_refused_for_now_is_tried_again_later(world, database, sink):
    sink.refuse = {"p0@fernleigh.example": "451 4.7.1 Greylisted"}
    plan(world, 1)
    send(world.now)
    [row] = rows()
    assert (row.state, row.tries, row.failure) == ("waiting", 1, "recipient 451 4.7.1")
    assert row.next_at > world.now
    sink.refuse = {}
    assert sum(send(world.now).sent.values()) == 0
    assert sum(send(row.next_at).sent.values()) == 1


def test_a_connection_that_breaks_on_the_way_is_opened_again(world, database, sink):
    sink.refuse = {"p0@fernleigh.example": "421 4.3.0 Closing"}
    plan(world, 3)
    assert sum(send(world.now).sent.values()) == 2
    assert states() == ["waiting", "sent", "sent"]


def test_waits_grow_differ_and_end(world):
    waits = []
    for tries in range(1, MOST_TRIES):
        values = later(tries, "recipient 451", world.now)
        waits.append(values["next_at"] - world.now)
    assert waits == sorted(waits)
    assert waits[-1] <= timedelta(hours=3)
    assert len({later(1, "x", world.now)["next_at"] for _ in range(9)}) > 1
    assert later(MOST_TRIES, "recipient 451", world.now)["failure"] == "gave up: recipient 451"


def test_a_mail_of_a_day_that_has_passed_is_not_sent_late(world, database):
    plan(world, 3)
    amira = world.viewer("amira")
    with writing() as session:
        assert outbox.drop_late(session, org_id=amira.org_id, days={"": date(2000, 1, 3)}) == 2
    assert states() == ["dropped", "dropped", "waiting"]
