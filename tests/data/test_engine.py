"""The two doors to the database: what is written whole is durable, what fails leaves no trace."""

from __future__ import annotations

import threading
import time
import traceback
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from db.engine import database_url, engine, insert_new, reading, writing
from db.tables import Answer, Organisation, Person, Refusal, core, new_id
from modules.learn import actions, rounds

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def organisation(name="Fernleigh", at=NOW):
    return Organisation(name=name, invented=True, created_at=at)


def names():
    with reading() as session:
        return sorted(session.connection().execute(select(core(Organisation).c.name)).scalars())


def test_a_naive_time_is_refused(database):
    with pytest.raises(StatementError, match="naive"), writing() as session:
        session.add(organisation(at=datetime(2026, 11, 22, 10)))  # noqa: DTZ001
    assert names() == []


def test_a_moment_in_another_zone_comes_back_as_the_same_moment_in_utc(database):
    with writing() as session:
        session.add(organisation(at=NOW.astimezone(timezone(timedelta(hours=5)))))
    with reading() as session:
        found = session.connection().execute(select(core(Organisation).c.created_at)).scalar_one()
    assert found == NOW
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "signal", [RerunException(RerunData()), StopException(), KeyboardInterrupt(), ValueError("bug")]
)
def test_whatever_ends_a_writing_block_early_rolls_it_back(database, signal):
    with pytest.raises(type(signal)), writing() as session:
        session.add(organisation())
        session.flush()
        raise signal
    assert names() == []


@pytest.mark.parametrize("values", [{}, {"joined_on": None}])
def test_an_error_tells_which_rule_was_broken_and_nobodys_name_or_address(world, values):
    known = world.viewer("amira")
    row = {"org_id": known.org_id, "id": new_id(), "email": known.email, "name": "Zed Young"}
    row |= {"given_name": "Zed", "joined_on": NOW.date(), **values}
    with pytest.raises(IntegrityError) as broken, writing() as session:
        session.connection().execute(core(Person).insert().values(row))
    said = "".join(traceback.format_exception(broken.value))
    assert "onstraint" in said
    assert not [one for one in (known.email, "Zed") if one in said]


def test_what_a_writing_block_wrote_is_there_when_it_ends(database):
    with writing() as session:
        session.add(organisation())
    engine().dispose()
    assert names() == ["Fernleigh"]


def test_reading_keeps_nothing_of_what_it_did(database):
    with reading() as session:
        session.add(organisation())
        session.flush()
    assert names() == []


def test_two_writers_wait_for_each_other_instead_of_failing(database):
    inside, done = threading.Event(), []

    def first():
        with writing() as session:
            session.add(organisation("First"))
            session.flush()
            inside.set()
            time.sleep(0.4)
        done.append("first")

    def second():
        inside.wait(5)
        with writing() as session:
            # Reads before it writes: as a deferred transaction this could not go on.
            session.connection().execute(select(func.count()).select_from(core(Organisation)))
            session.add(organisation("Second"))
        done.append("second")

    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(first), pool.submit(second)]:
            job.result(20)
    assert names() == ["First", "Second"]
    if engine().dialect.name == "sqlite":
        assert done == ["first", "second"]


def test_many_writers_at_once_all_get_through(database):
    def write(number):
        with writing() as session:
            session.add(organisation(f"O{number:02}"))

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(write, range(36)))
    assert len(names()) == 36


def test_the_same_row_is_inserted_once(database):
    org = new_id()
    row = {"id": org, "created_at": NOW, "name": "A", "zone": "UTC", "language": "en"}
    row |= {"invented": True, "target": 0.8, "trained_from": 0.5, "least": 10}
    with writing() as session:
        assert insert_new(session, Organisation, row) is True
        assert insert_new(session, Organisation, row | {"name": "B"}) is False
    with writing() as session:
        assert insert_new(session, Organisation, row | {"name": "C"}) is False
    assert names() == ["A"]


def test_a_row_that_belongs_to_nobody_is_refused(database):
    row = Refusal(org_id=uuid.uuid4(), person_id=uuid.uuid4(), what="x", at=NOW)
    with pytest.raises(IntegrityError), writing() as session:
        session.add(row)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_is_set_to_survive_a_power_cut(database):
    with engine().connect() as connection:
        found = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 2, 1, 15000]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_postgresql_compiles_no_query_and_the_connection_still_rolls_back(database):
    with reading() as session:
        assert session.connection().exec_driver_sql("SHOW jit").scalar_one() == "off"
        session.connection().exec_driver_sql("CREATE TABLE passing (id int)")
    with reading() as session:
        found = session.connection().exec_driver_sql("SELECT to_regclass('passing')")
        assert found.scalar_one() is None


def test_a_plain_postgres_address_is_understood(monkeypatch):
    for plain in ("postgres://u@h/d", "postgresql://u@h/d"):
        monkeypatch.setenv("DATABASE_URL", plain)
        assert database_url() == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize("round_", range(3))
def test_two_submissions_at_once_give_one_row_and_the_same_receipt(world, round_):
    amira = world.viewer("amira")
    with writing() as session:
        rounds.begin(session, amira, module="M01", now=world.now)
    with reading() as session:
        opened = rounds.opened(session, amira, module="M01")
    item = opened.journey.module.forms["pre"][0]
    gate = threading.Barrier(8)

    def submit(number):
        gate.wait(10)
        with writing() as session:
            return actions.answer(
                session,
                amira,
                of=opened,
                sheet=opened.journey.pre,
                slot=item,
                response={"choice": "abc"[number % 3]},
                sure=None,
                now=world.now + timedelta(milliseconds=number),
            )

    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(submit, range(8)))
    assert len(set(map(repr, receipts))) == 1
    with reading() as session:
        rows = session.connection().execute(
            select(core(Answer).c.response).where(core(Answer).c.slot == item)
        )
        kept = rows.scalars().all()
    assert kept == [dict(receipts[0].response)]


def test_two_tabs_that_begin_at_once_share_one_round(world):
    amira = world.viewer("amira")
    gate = threading.Barrier(4)

    def begin(_):
        gate.wait(10)
        with writing() as session:
            rounds.begin(session, amira, module="M01", now=world.now)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(begin, range(4)))
    with reading() as session:
        assert len(rounds.opened(session, amira, module="M01").ids) == 2


def test_two_tabs_that_keep_a_draft_at_once_both_go_on(world):
    amira = world.viewer("amira")
    with writing() as session:
        rounds.begin(session, amira, module="M01", now=world.now)
    with reading() as session:
        opened = rounds.opened(session, amira, module="M01")
    gate = threading.Barrier(6)

    def keep(number):
        gate.wait(10)
        with writing() as session:
            actions.save(
                session,
                amira,
                of=opened,
                sheet=opened.journey.pre,
                slot="M01-Q01",
                body={"sure": None, "response": {"choice": "abc"[number % 3]}},
                now=world.now,
            )

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(keep, range(6)))
    with reading() as session:
        assert len(rounds.opened(session, amira, module="M01").drafts) == 1
