"""Which errors of a database pass by themselves, and what the desk does about those."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from db.engine import engine, make_engine, writing
from modules.learn import rounds
from modules.learn.desk import LearnerDesk
from modules.shell.outage import away
from tests.postgres import free_port
from tests.walk import MODULE, Walk


def failure(url, statement):
    made = make_engine(url)
    try:
        with made.connect() as connection:
            connection.execute(text(statement))
    except OperationalError as error:
        return error
    finally:
        made.dispose()
    raise AssertionError("the statement worked")


def test_a_server_that_nobody_runs_is_away():
    url = f"postgresql+psycopg://steward@127.0.0.1:{free_port()}/steward"
    assert away(failure(url, "SELECT 1"))


def test_a_connection_that_the_server_ends_is_away(cluster):
    url = cluster.create("ended").replace("postgresql:", "postgresql+psycopg:")
    assert away(failure(url, "SELECT pg_terminate_backend(pg_backend_pid())"))
    cluster.drop("ended")


def test_a_locked_file_is_away_and_a_missing_table_is_a_bug(tmp_path):
    url = f"sqlite:///{tmp_path}/one.db"
    made = make_engine(url)
    with made.connect() as first:
        first.execution_options(writes=True).execute(text("CREATE TABLE one (a)"))
        with made.connect() as second:
            second.connection.driver_connection.execute("PRAGMA busy_timeout=1")
            with pytest.raises(OperationalError) as locked:
                second.execution_options(writes=True).execute(text("SELECT 1"))
    made.dispose()
    assert away(locked.value)
    assert not away(failure(url, "SELECT * FROM nowhere"))


def test_a_full_disk_is_not_waited_for(tmp_path):
    made = make_engine(f"sqlite:///{tmp_path}/full.db")
    with made.connect() as connection:
        run = connection.execution_options(writes=True).exec_driver_sql
        run("CREATE TABLE one (a)")
        run("PRAGMA max_page_count=3")
        with pytest.raises(OperationalError) as full:
            for _ in range(40):
                run("INSERT INTO one VALUES (randomblob(4000))")
    made.dispose()
    assert not away(full.value)


def test_an_answer_repeated_after_a_lost_acknowledgement_finds_itself(world):
    """The first try commits, and its connection breaks before the desk hears of it."""
    walk = Walk(world)
    walk.do(rounds.begin, module=MODULE)
    moments = iter(range(100))
    broken = []

    def clock():
        return walk.now + timedelta(seconds=next(moments))

    def patient(call, records=False):
        given = call()
        if records and not broken:
            broken.append(given)
            return call()
        return given

    desk = LearnerDesk(walk.viewer, MODULE, clock, lambda place: None, patient)
    sheet = desk.journey.sheet("pre")
    slot = walk.module.forms["pre"][0]
    stands = desk.answer(sheet, slot, walk.right(sheet, slot), "half")
    assert broken == [stands]
    assert desk.earlier == frozenset()


def test_a_statement_that_is_wrong_is_never_repeated(database):
    with pytest.raises((OperationalError, ProgrammingError)) as wrong, writing() as session:
        session.connection().exec_driver_sql("SELECT nothing FROM nowhere")
    assert not (isinstance(wrong.value, OperationalError) and away(wrong.value))
    engine().dispose()
