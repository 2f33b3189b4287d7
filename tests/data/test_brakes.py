"""The brake in the database: counted before it is checked, for all processes together."""

from __future__ import annotations

import threading
from datetime import timedelta

from sqlalchemy import select

from db import brakes as kept
from db.brakes import BRAKE
from db.engine import reading, writing
from modules.identity.brakes import ACCOUNT, ADDRESS
from tests.world import NOW


def take(now=NOW, **keys):
    keys = keys or {"one": ACCOUNT}
    with writing() as session:
        return kept.take(session, keys={k: s.next for k, s in keys.items()}, now=now)


def test_the_first_slips_cost_nothing_and_then_each_waits_twice_as_long(database):
    assert [take() for _ in range(4)] == [None] * 4
    assert take() is None
    assert take() == NOW + timedelta(seconds=1)
    assert take(NOW + timedelta(seconds=1)) is None
    assert take(NOW + timedelta(seconds=2)) == NOW + timedelta(seconds=3)


def test_what_must_wait_is_not_counted_under_any_key(database):
    for _ in range(5):
        take()
    assert take(one=ACCOUNT, two=ADDRESS) is not None
    with reading() as session:
        found = session.connection().execute(select(BRAKE.key, BRAKE.failures)).all()
        rows = dict(found)
    assert rows == {"one": 5, "two": 0}


def test_the_right_secret_clears_and_the_address_gets_its_try_back(database):
    for _ in range(5):
        take(one=ACCOUNT, two=ADDRESS)
    with writing() as session:
        kept.clear(session, keys=["one"])
        kept.give_back(session, key="two", now=NOW)
    with reading() as session:
        found = session.connection().execute(select(BRAKE.key, BRAKE.failures)).all()
        rows = dict(found)
    assert rows == {"two": 4}
    assert take() is None


def test_of_thirty_tries_at_once_five_get_through(database):
    got, start = [], threading.Barrier(10)

    def press():
        start.wait(timeout=20)
        got.extend(take(one=ACCOUNT, two=ADDRESS) for _ in range(3))

    threads = [threading.Thread(target=press) for _ in range(10)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    assert len(got) == 30
    assert sum(one is None for one in got) == 5
